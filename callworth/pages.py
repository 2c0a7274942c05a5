"""Pages written to files, to be opened in a browser without a network."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import BadInput, tell_unwritable

if TYPE_CHECKING:
    from pathlib import Path


def require_page_path(path: Path) -> None:
    """Refuse a place to which no page can be written, before anything is computed for it.

    Raises:
        BadInput: it does not end with .html, or its folder is not there.
    """
    if path.suffix != ".html":
        raise BadInput(f"'{path}' does not end with .html; name a page, as backtest.html.")
    if not path.parent.is_dir():
        raise BadInput(f"'{path}' cannot be written (there is no folder '{path.parent}'); make it, or choose another.")


def write_page(page: str, path: Path) -> None:
    """Write a page of HTML; one that stood there is replaced.

    Raises:
        EnvironmentFault: it cannot be written there.
    """
    with tell_unwritable(path):
        path.write_text(page, encoding="utf-8")
