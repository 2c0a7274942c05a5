"""Exchanging files of the home folder for others, with a way back until the database has followed."""

from __future__ import annotations

import shutil
from contextlib import contextmanager
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator, Sequence
    from pathlib import Path

NEW, OLD = "-restored", "-before-restore"


@contextmanager
def exchange_files(home: Path, names: Sequence[str]) -> Iterator[Exchange]:
    """A block in which prepared files may be put in place; where it fails, those from before are back.

    Args:
        home: the folder.
        names: of files or folders; the new ones stand beside them with ``-restored`` after their name, and where there
            is no new one the old one goes.
    """
    exchange = Exchange(home, names)
    try:
        yield exchange
        exchange.finish()
    finally:
        exchange.take_back()


class Exchange:
    """Files of a folder and those that are to come in their place."""

    def __init__(self, home: Path, names: Sequence[str]) -> None:
        self._home, self._names = home, names
        self._aside: list[str] = []
        self._placed: list[str] = []

    def path(self, name: str) -> Path:
        """Where the new file is prepared."""
        return self._home / f"{name}{NEW}"

    def put_in_place(self) -> None:
        """Set the old files aside and the new ones in their place."""
        for name in self._names:
            if (self._home / name).exists():
                (self._home / name).replace(self._home / f"{name}{OLD}")
                self._aside.append(name)
            if self.path(name).exists():
                self.path(name).replace(self._home / name)
                self._placed.append(name)

    def finish(self) -> None:
        """Let go of the old files."""
        for name in self._aside:
            _remove(self._home / f"{name}{OLD}")
        self._aside, self._placed = [], []

    def take_back(self) -> None:
        """Put back what was set aside and not let go, and remove what was prepared."""
        for name in self._placed:
            _remove(self._home / name)
        for name in self._aside:
            (self._home / f"{name}{OLD}").replace(self._home / name)
        self._aside, self._placed = [], []
        for name in self._names:
            _remove(self.path(name))


def _remove(path: Path) -> None:
    if path.is_dir():
        shutil.rmtree(path)
    else:
        path.unlink(missing_ok=True)
