"""The command line, run as people run it: in a process of its own, in a home of its own."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import pytest

BINARY = Path(sys.executable).with_name("callworth")


@dataclass(frozen=True)
class Result:
    """What a command left: exit status, standard output and standard error."""

    status: int
    out: str
    err: str

    @property
    def json(self) -> Any:
        """Standard output as one JSON object."""
        return json.loads(self.out)


class CommandLine:
    """Runs ``callworth`` with a home folder."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.environment = os.environ | {"CALLWORTH_HOME": str(home), "PYTHONWARNINGS": "", "COLUMNS": "200"}

    def __call__(self, *arguments: object, **environment: str) -> Result:
        """Run a command; nothing is typed into it."""
        command = [str(BINARY), *map(str, arguments)]
        done = subprocess.run(
            command,
            capture_output=True,
            text=True,
            env=self.environment | environment,
            stdin=subprocess.DEVNULL,
            check=False,
        )
        return Result(done.returncode, done.stdout, done.stderr)


@pytest.fixture
def run(tmp_path: Path) -> CommandLine:
    """The command line on an empty home."""
    return CommandLine(tmp_path / "home")


@pytest.fixture(scope="session")
def demo(tmp_path_factory: pytest.TempPathFactory) -> tuple[CommandLine, Result]:
    """A small demo that was run once; its own store and registry are the home of the command line given."""
    home = tmp_path_factory.mktemp("demo")
    result = CommandLine(home)(
        "demo", "--no-serve", "--leads", 4_000, "--months", 24, "--as-of", "2026-06-03T12:00+02:00", "--json"
    )
    return CommandLine(home / "demo"), result
