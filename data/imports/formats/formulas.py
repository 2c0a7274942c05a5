"""Formulas whose value was never calculated: a workbook that a program wrote has them, and reads as empty there."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING
from zipfile import ZipFile

if TYPE_CHECKING:
    from pathlib import Path

BLOCK_BYTES = 1 << 20
LONGEST_CELL_BYTES = 1 << 16  # a formula has at most 8,192 characters
UNCALCULATED = re.compile(
    rb'<c r="([A-Z]{1,3})(\d{1,7})"(?:(?!t="str")[^>])*><f(?:[^>]*/>|[^>]*>[^<]*</f>)(?:<v ?/>|<v></v>)?</c>'
)
"""A cell with a formula and no value; a formula that gives the empty text says so with its type, ``str``."""


def find_uncalculated(path: Path, part: str) -> tuple[int, str] | None:
    """Row and column letters of the first formula without a value in one sheet of a workbook.

    Args:
        path: the workbook.
        part: the name of the sheet's file in it.
    """
    kept = b""
    with ZipFile(path) as archive, archive.open(part.removeprefix("/")) as sheet:
        while block := sheet.read(BLOCK_BYTES):
            kept += block
            if found := UNCALCULATED.search(kept):
                return int(found[2]), found[1].decode()
            kept = kept[-LONGEST_CELL_BYTES:]
    return None
