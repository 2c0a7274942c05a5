"""Slips in how a command is written, told as every other refusal is: in one sentence."""

from __future__ import annotations

import sys
from typing import Any, NoReturn

from typer import TyperException
from typer.core import TyperGroup

from data.errors import BadInput

PROGRAM = "callworth"


class PlainGroup(TyperGroup):
    """The commands; typer alone would draw a box around what it refuses."""

    def main(self, *arguments: Any, **named: Any) -> NoReturn:
        """Run a command and end the process.

        Raises:
            BadInput: an option or argument is unknown, missing or wrong.
        """
        try:
            status = super().main(*arguments, **named | {"prog_name": PROGRAM, "standalone_mode": False})
        except TyperException as error:
            if not (problem := error.format_message()):  # nothing was asked, and the help is shown
                sys.exit(error.exit_code)
            context = getattr(error, "ctx", None)
            raise BadInput(say_problem(problem, context.command_path if context else PROGRAM)) from error
        sys.exit(status)


def say_problem(problem: str, command: str) -> str:
    """Typer's words as one sentence that says where to read on.

    >>> say_problem("No such command 'scoer'. Did you mean 'score'?", "callworth")
    "no such command 'scoer', did you mean 'score'; see callworth --help."
    """
    words = problem.replace(". Did", ", did").rstrip(".?")
    return f"{words[0].lower()}{words[1:]}; see {command} --help."
