"""What every command needs: the settings, an open store, and the moment that it is about."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Annotated

import typer

from data import Store, open_store, read_settings
from data.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from data import Settings

LOCAL_TIME = "without a zone, in this machine's local time"
AsOf = Annotated[
    str | None,
    typer.Option(
        "--as-of",
        help=f"The moment it is about, as 2026-05-01 or 2026-05-01T14:00+02:00; {LOCAL_TIME}; now if not given.",
        metavar="TIME",
    ),
]
Json = Annotated[bool, typer.Option("--json", help="One JSON object on standard output, nothing else there.")]


@contextmanager
def use_store(settings: Settings | None = None) -> Iterator[Store]:
    """The store of the settings, closed at the end."""
    store = open_store(settings or read_settings())
    try:
        yield store
    finally:
        store.close()


def read_moment(text: str | None, option: str = "--as-of") -> datetime:
    """Read a moment, in UTC: without a zone it is this machine's local time, and now where there is none.

    Raises:
        BadInput: it is no date.

    >>> read_moment("2026-05-01T14:00+02:00").isoformat()
    '2026-05-01T12:00:00+00:00'
    """
    if text is None:
        return datetime.now(UTC)
    try:
        return datetime.fromisoformat(text).astimezone(UTC)
    except (ValueError, OverflowError) as error:
        raise BadInput(f"{option} '{text}' is not a date; write 2026-05-01 or 2026-05-01T14:00+02:00.") from error
