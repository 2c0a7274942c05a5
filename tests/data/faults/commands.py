"""Commands that a test starts, kills at a moment of its choosing, and hears the end of."""

from __future__ import annotations

import json
import os
import re
import signal
import subprocess
import sys
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from itertools import count
from pathlib import Path
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Iterator

ARRIVED = "2026-06-01T08:00:00+00:00"
SENTENCE = re.compile(r"callworth: the (embedded )?database [^\n]*\.\n")
NURSERY = Path(__file__).with_name("nursery.py")


@dataclass(frozen=True)
class Ended:
    """How a command ended: its exit status or minus the signal, and what it said."""

    status: int
    out: str
    err: str


class Commands:
    """Starts commands in processes of their own; each sees the environment given."""

    def __init__(self, process: subprocess.Popen[str], folder: Path) -> None:
        self._process, self._folder, self._names = process, folder, count()

    def start(self, *arguments: str, environment: dict[str, str]) -> Command:
        """Start a command."""
        out = self._folder / str(next(self._names))
        number = self._ask({"start": arguments, "environment": environment, "out": str(out)})
        return Command(self, number, out)

    def start_import(self, folder: Path, environment: dict[str, str]) -> Command:
        """Start an import of contract tables; it always arrives at the same moment."""
        options = ("--mapping", "contract", "--as-of", ARRIVED, "--json")
        return self.start("import", str(folder), *options, environment=environment)

    def _ask(self, order: dict[str, object]) -> int:
        assert self._process.stdin
        assert self._process.stdout
        self._process.stdin.write(json.dumps(order) + "\n")
        self._process.stdin.flush()
        return int(self._process.stdout.readline())


class Command:
    """A command that runs."""

    def __init__(self, commands: Commands, number: int, out: Path) -> None:
        self.number = number
        self._commands, self._out = commands, out

    def kill(self) -> None:
        """As ``kill -9``; nothing where it has ended already."""
        with suppress(ProcessLookupError):
            os.kill(self.number, signal.SIGKILL)

    def wait(self) -> Ended:
        """Hear its end."""
        status = self._commands._ask({"wait": self.number})
        said = [self._out.with_suffix(ending).read_text(encoding="utf-8") for ending in (".out", ".err")]
        return Ended(status, *said)


def require_one_sentence(ended: Ended) -> None:
    """The command says what went wrong in one sentence, after its lines of progress, and ends with 3."""
    told = [line for line in ended.err.splitlines(keepends=True) if not line.startswith("importing ")]
    assert len(told) == 1, ended.err
    assert SENTENCE.fullmatch(told[0]), ended.err
    assert (ended.status, ended.out) == (3, "")


@contextmanager
def open_commands(folder: Path) -> Iterator[Commands]:
    """A place to start commands from."""
    path = os.pathsep.join(filter(None, sys.path))
    with subprocess.Popen(
        [sys.executable, NURSERY],
        stdin=subprocess.PIPE,
        stdout=subprocess.PIPE,
        text=True,
        env=os.environ | {"PYTHONPATH": path, "COLUMNS": "1000"},
    ) as process:
        yield Commands(process, folder)
        assert process.stdin
        process.stdin.close()
