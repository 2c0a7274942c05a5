"""A reader that goes away, as ``| head`` does, is no fault: no noise, and exit status 0."""

from __future__ import annotations

import os
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.callworth.conftest import BINARY

if TYPE_CHECKING:
    from tests.callworth.conftest import CommandLine


@pytest.mark.parametrize("command", [("mapping", "list"), ("mapping", "list", "--json"), ("import", "--help")])
def test_nobody_reads(run: CommandLine, command: tuple[str, ...]) -> None:
    reader, writer = os.pipe()
    os.close(reader)
    done = subprocess.run(
        [str(BINARY), *command],
        stdout=writer,
        stderr=subprocess.PIPE,
        env=run.environment,
        stdin=subprocess.DEVNULL,
        check=False,
        text=True,
    )
    os.close(writer)
    assert (done.returncode, done.stderr) == (0, "")
