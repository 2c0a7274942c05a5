"""CSV files for people: they open in a spreadsheet as they are, no text runs as a formula, and they read back."""

from __future__ import annotations

import csv
import re
from typing import TYPE_CHECKING

import pandas as pd

from data.errors import SourceError, tell_unwritable
from data.imports.formats.header import TEXT
from data.imports.formats.sources import open_source, read_chunks

if TYPE_CHECKING:
    from pathlib import Path

DELIMITER = ";"
GUARD = "'"
LIVE = ("=", "+", "-", "@", "\t", "\r")
"""First signs of a cell that a spreadsheet may run as a formula (OWASP, CSV injection)."""

NUMBER = re.compile(r"[+-]?\d+([.,]\d+)*", re.ASCII)


def guard_text(text: str) -> str:
    """Put an apostrophe before a text that a spreadsheet would take for a formula, and before one that has such.

    >>> guard_text("=1+1"), guard_text("-12,50"), guard_text("+45 33 12 34 56"), guard_text("'quoted'")
    ("'=1+1", '-12,50', "'+45 33 12 34 56", "''quoted'")
    """
    live = text.startswith(LIVE) and not NUMBER.fullmatch(text)
    return GUARD + text if live or text.startswith(GUARD) else text


def release_text(text: str) -> str:
    """Undo :func:`guard_text`; also where the spreadsheet took the apostrophe away when it saved the file."""
    return text.removeprefix(GUARD)


def write_spreadsheet(rows: pd.DataFrame, path: Path) -> None:
    """Write rows as CSV: UTF-8 with its mark, semicolons, texts guarded; nothing where a value is missing.

    Raises:
        EnvironmentFault: the file cannot be written.
    """
    with tell_unwritable(path), path.open("w", encoding="utf-8-sig", newline="") as file:
        writer = csv.writer(file, delimiter=DELIMITER, quoting=csv.QUOTE_MINIMAL)
        writer.writerow([guard_text(str(name)) for name in rows.columns])
        for row in rows.itertuples(index=False):
            writer.writerow(["" if pd.isna(value) else guard_text(str(value)) for value in row])


def read_spreadsheet(path: Path, wanted: frozenset[str]) -> pd.DataFrame:
    """Read such a file back, also as a spreadsheet saved it; the index is the row as the spreadsheet counts it.

    Raises:
        SourceError: it cannot be read, has no rows, or lacks one of the columns ``wanted``.
    """
    source = open_source(path, wanted=wanted)
    if source.format != TEXT:
        problem = f"it is {source.format}, where dates and numbers are no longer written as they were"
        raise SourceError(problem, file=path, remedy="save it as CSV (UTF-8)")
    frames = list(read_chunks(source))
    if not frames:
        raise SourceError("the file has a header line and no rows", file=path, row=1, remedy="export it again")
    rows = pd.concat(frames)
    return rows.rename(columns=release_text).map(release_text)
