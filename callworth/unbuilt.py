"""Commands of the plan that this version does not have yet: each says so."""

from __future__ import annotations

from typing import TYPE_CHECKING, Annotated

import typer

from data.errors import NotBuilt

if TYPE_CHECKING:
    from collections.abc import Callable

UNBUILT = {
    "trace": "the rows behind a figure",
    "audit": "random leads followed from first call to closed deal",
}

Anything = Annotated[list[str] | None, typer.Argument(help="Not read yet.")]


def add_commands(app: typer.Typer) -> None:
    """Add the commands."""
    for name, purpose in UNBUILT.items():
        settings = {"ignore_unknown_options": True}
        app.command(name, help=f"(not built yet) {purpose.capitalize()}.", context_settings=settings)(
            _refuse(name, purpose)
        )


def _refuse(name: str, purpose: str) -> Callable[[list[str] | None], None]:
    def refuse(arguments: Anything = None) -> None:
        del arguments
        raise NotBuilt(f"callworth {name} ({purpose}) is not built yet in this version.")

    return refuse
