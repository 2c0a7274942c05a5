"""Runs callworth's command line in processes that are forked, not started anew, so that one costs milliseconds.

Reads a line of JSON at a time. ``{"start": [arguments], "environment": {...}, "out": path}`` starts a process, whose
outputs go to ``path.out`` and ``path.err``, and answers with its number; ``{"wait": number}`` answers with how it
ended: its exit status, or minus the signal that killed it.
"""

from __future__ import annotations

import json
import os
import sys
from pathlib import Path

import callworth.app
import data.imports.importing  # noqa: F401 - what the command would load
from callworth.__main__ import main


def serve() -> None:
    """Answer until there is nothing more to read; returns in each process started as well, to end as a command does."""
    for line in iter(sys.stdin.readline, ""):
        order = json.loads(line)
        if "wait" in order:
            _, status = os.waitpid(order["wait"], 0)
            answer(os.waitstatus_to_exitcode(status))
            continue
        number = os.fork()
        if number == 0:
            run(order["start"], order["environment"], order["out"])
            return
        answer(number)


def answer(number: int) -> None:
    """One number a line."""
    sys.stdout.write(f"{number}\n")
    sys.stdout.flush()


def run(arguments: list[str], environment: dict[str, str], out: str) -> None:
    """Become the command."""
    os.environ.update(environment)
    for stream, ending in ((sys.stdout, "out"), (sys.stderr, "err")):
        file = os.open(f"{out}.{ending}", os.O_WRONLY | os.O_CREAT | os.O_TRUNC)
        os.dup2(file, stream.fileno())
    sys.argv = ["callworth", *arguments]
    main()


if __name__ == "__main__":
    sys.path.insert(0, str(Path(callworth.__file__).parents[1]))
    serve()
