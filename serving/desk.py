"""The desk: what every request needs, opened once for the life of the service."""

from __future__ import annotations

from datetime import UTC, datetime
from functools import partial
from typing import TYPE_CHECKING, ParamSpec, TypeVar

import adbc_driver_manager
import anyio
import anyio.to_thread
import sqlalchemy as sa

from data.errors import StoreUnavailable
from features import FeatureComputer
from serving.champion import Champion
from serving.standing import Judge

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.settings import Settings
    from data.store import Store

Given = ParamSpec("Given")
Answer = TypeVar("Answer")

THREADS = 8
"""Blocking work at a time; each may hold two of the pool's 20 connections."""

ANSWERS_WITHIN_SECONDS = 2.0


def read_clock() -> datetime:
    """The present moment."""
    return datetime.now(UTC)


class Desk:
    """The store, the champion, the clock, and the threads that work which blocks is sent to.

    Args:
        settings: where the registry and the reports are.
        store: an open store.
        clock: gives the present moment.
    """

    def __init__(self, settings: Settings, store: Store, clock: Callable[[], datetime] = read_clock) -> None:
        self.settings = settings
        self.store = store
        self.clock = clock
        self.champion = Champion(settings)
        self.computer = FeatureComputer(threads=1)
        self._limiter = anyio.CapacityLimiter(THREADS)

    @property
    def judge(self) -> Judge | None:
        """Who reads probabilities as scores for people; None while no model is loaded."""
        return Judge.of(self.champion.artefact, self.settings.grading) if self.champion.loaded else None

    async def run(self, function: Callable[Given, Answer], *given: Given.args, **named: Given.kwargs) -> Answer:
        """Run a function that blocks in a thread.

        Raises:
            StoreUnavailable: the database stopped answering.
        """
        try:
            return await anyio.to_thread.run_sync(partial(function, *given, **named), limiter=self._limiter)
        except (sa.exc.OperationalError, sa.exc.TimeoutError, adbc_driver_manager.OperationalError) as error:
            raise StoreUnavailable("the database does not answer; try again in a moment.") from error

    async def is_ready(self) -> bool:
        """Whether a model is loaded and the store answers."""
        if not self.champion.loaded:
            return False
        with anyio.move_on_after(ANSWERS_WITHIN_SECONDS):
            try:
                return await self.run(self._ask_store)
            except StoreUnavailable:
                return False
        return False

    def close(self) -> None:
        """Close what the desk opened; the store belongs to who gave it."""
        self.computer.close()

    def _ask_store(self) -> bool:
        with self.store.transaction() as connection:
            return bool(connection.exec_driver_sql("SELECT TRUE").scalar_one())
