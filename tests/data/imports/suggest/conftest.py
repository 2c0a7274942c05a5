"""Workbooks of won and lost leads, with cells as a spreadsheet types them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import openpyxl

if TYPE_CHECKING:
    from pathlib import Path


def write_workbook(path: Path, *rows: list[object]) -> Path:
    """Write rows of id, date, status and amount under their header."""
    book = openpyxl.Workbook()
    for row in [["Id", "Oprettet", "Status", "Beløb"], *rows]:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    return path
