"""The champion in use: loaded from the registry, exchanged while serving when another version is promoted."""

from __future__ import annotations

import asyncio
import logging
from typing import TYPE_CHECKING

import anyio

from data.errors import ArtefactRejected, EnvironmentFault
from training import find_alias, load_version

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

    from data.settings import Settings
    from training import Artefact

logger = logging.getLogger(__name__)

LOOK_EVERY_SECONDS = 20.0


class Champion:
    """Holds the artefact that serves.

    A version that cannot be loaded, or whose hash is wrong, is refused and the one before it keeps serving.

    Args:
        settings: say where the registry is.

    Attributes:
        looked: set once the registry was looked at while watching.
    """

    def __init__(self, settings: Settings) -> None:
        self._settings = settings
        self._artefact: Artefact | None = None
        self._refused = ""
        self.looked = asyncio.Event()

    @property
    def loaded(self) -> bool:
        """Whether there is a model to score with."""
        return self._artefact is not None

    @property
    def artefact(self) -> Artefact:
        """The artefact that serves.

        Raises:
            ArtefactRejected: none has been loaded yet.
        """
        if self._artefact is None:
            raise ArtefactRejected("no model is loaded yet; run callworth train, and look at the log of the service.")
        return self._artefact

    def refresh(self) -> bool:
        """Look at the registry once; returns whether another version serves now."""
        before = self._artefact.version if self._artefact else None
        try:
            version = find_alias(self._settings, "champion")
            if version is None or version == before:
                return False
            self._artefact = load_version(self._settings, version)
        except EnvironmentFault as error:
            self._report(str(error))
            return False
        self._refused = ""
        if before is None:
            logger.info("model version %s serves now", version)
        else:
            logger.info(
                "model version %s serves now in place of %s; run callworth score to rank by it", version, before
            )
        return True

    async def watch(
        self, run: Callable[[Callable[[], bool]], Awaitable[bool]], seconds: float = LOOK_EVERY_SECONDS
    ) -> None:
        """Look at the registry again and again until cancelled.

        Args:
            run: runs a blocking function in a thread.
            seconds: between two looks.
        """
        while True:
            await run(self.refresh)
            self.looked.set()
            await anyio.sleep(seconds)

    def _report(self, sentence: str) -> None:
        if sentence != self._refused:  # once, not at every look
            logger.error("%s", sentence)
        self._refused = sentence
