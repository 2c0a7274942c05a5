"""The commands, gathered."""

from __future__ import annotations

import typer

from callworth import duplicates, keeping, learning, running, selling, sourcing, tending, unbuilt
from callworth.usage import PROGRAM, PlainGroup

app = typer.Typer(
    name=PROGRAM,
    cls=PlainGroup,
    help="What is each call worth? Scores, call lists and ROI for business-to-business telemarketing.",
    no_args_is_help=True,
    rich_markup_mode="rich",
    pretty_exceptions_enable=False,
    context_settings={"help_option_names": ["-h", "--help"]},
)

for room in (running, sourcing, tending, duplicates, keeping, learning, selling, unbuilt):
    room.add_commands(app)
