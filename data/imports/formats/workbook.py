"""Excel workbooks (.xlsx): values and not formulas, one sheet, a header row; real dates become ISO text."""

from __future__ import annotations

import struct
import warnings
import zlib
from contextlib import contextmanager
from itertools import islice
from typing import TYPE_CHECKING, Any
from zipfile import BadZipFile, ZipFile

import pandas as pd

from data.errors import SourceError
from data.imports.formats.cells import write_cell
from data.imports.formats.formulas import find_uncalculated
from data.imports.formats.header import HEADER_ROW, WORKBOOK, Signs, Source, check_names, require_columns
from data.imports.names import list_names

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

MOST_ROWS = 1_048_576  # of a sheet, as Excel has it
MOST_UNPACKED_BYTES = 1 << 30
MOST_TEXT_BYTES = 1 << 28  # of the texts that a workbook keeps beside its sheets; they are held in memory
TEXTS = "xl/sharedStrings.xml"
CELLS_PER_CHUNK = 1_000_000

BROKEN = (
    *(ArithmeticError, AttributeError, BadZipFile, EOFError, LookupError, OSError, RuntimeError),
    *(SyntaxError, TypeError, ValueError, struct.error, zlib.error),
)
"""What openpyxl and the libraries under it raise where a workbook is not written as it must be."""


def open_workbook(path: Path, *, sheet: str | None, signs: Signs, wanted: frozenset[str]) -> Source:
    """Look at a workbook.

    Args:
        path: the file.
        sheet: the one to read; the first if None.
        signs: in which its numbers are written as text.
        wanted: columns that must be there.

    Raises:
        SourceError: it cannot be read, unpacks to more than 1 GiB, lacks the sheet or a column.
    """
    _require_size(path)
    with _open(path) as book:
        sheets = tuple(each.title for each in book.worksheets)
        if not sheets or (sheet is not None and sheet not in sheets):
            remedy = f"its sheets are {list_names(sheets)}: say one under [source] in the mapping"
            raise SourceError(f"it has no sheet '{sheet or ''}'", file=path, remedy=remedy)
        chosen = sheet or sheets[0]
        names = [write_cell(value) for value in next(_list_rows(book, chosen), ())]
        while names and not names[-1].strip():
            names.pop()
        _require_calculated(path, book[chosen]._worksheet_path)
    source = Source(path, check_names(path, names), format=WORKBOOK, sheet=chosen, sheets=sheets, signs=signs)
    require_columns(source, wanted)
    return source


def read_workbook(source: Source) -> Iterator[pd.DataFrame]:
    """Read the rows of a workbook's sheet; rows in which nothing stands are left out, and counted.

    Yields:
        Frames of text, indexed by the row of the sheet.

    Raises:
        SourceError: it is broken, or a value stands outside the columns that the header names.
    """
    size = max(1, CELLS_PER_CHUNK // len(source.columns))
    with _open(source.path) as book:
        rows = enumerate(_list_rows(book, source.sheet or ""), HEADER_ROW)
        next(rows, None)
        while taken := _take(rows, size):
            filled = [(row, values) for row, values in taken if any(value not in (None, "") for value in values)]
            if filled:
                yield _write_rows(source, filled)


def _take(rows: Iterator[tuple[int, tuple[Any, ...]]], size: int) -> list[tuple[int, tuple[Any, ...]]]:
    with warnings.catch_warnings():  # on what openpyxl leaves out: colours, validations, dates outside its calendar
        warnings.simplefilter("ignore")
        return list(islice(rows, size))


def _write_rows(source: Source, rows: list[tuple[int, tuple[Any, ...]]]) -> pd.DataFrame:
    from openpyxl.utils import get_column_letter

    width = len(source.columns)
    for row, values in rows:
        for place, value in enumerate(values[width:], width + 1):
            if value not in (None, ""):
                raise SourceError(
                    "a value stands where the header names no column",
                    file=source.path,
                    row=row,
                    column=get_column_letter(place),
                    value=write_cell(value)[:40],
                    remedy="name the column in the header row, or clear the cell",
                )
    columns = {}
    for place, name in enumerate(source.columns):
        sign = source.signs.find(name)
        columns[name] = [write_cell(values[place], sign) if place < len(values) else "" for _, values in rows]
    return pd.DataFrame(columns, index=[row for row, _ in rows], dtype="str")


def _list_rows(book: Any, title: str) -> Iterator[tuple[Any, ...]]:
    sheet = book[title]
    sheet.reset_dimensions()  # what a workbook says of its own size need not be so
    row = HEADER_ROW - 1
    try:
        for row, values in enumerate(sheet.iter_rows(values_only=True), HEADER_ROW):
            if row > MOST_ROWS:
                remedy = "export it again, or as CSV (UTF-8)"
                raise SourceError(f"it has more than {MOST_ROWS:,} rows", file=book.path, row=row, remedy=remedy)
            yield values
    except BROKEN as error:
        raise _explain(book.path, error, row + 1) from error


@contextmanager
def _open(path: Path) -> Iterator[Any]:
    import openpyxl  # half a second that only workbooks need

    try:
        with path.open("rb") as stream:
            with warnings.catch_warnings():
                warnings.simplefilter("ignore")
                book = openpyxl.load_workbook(stream, read_only=True, data_only=True, keep_links=False)
            book.path = path
            yield book
    except SourceError:
        raise
    except BROKEN as error:
        raise _explain(path, error) from error


def _explain(path: Path, error: BaseException, row: int | None = None) -> SourceError:
    reason = (str(error).splitlines() or [""])[0][:80] or type(error).__name__
    remedy = "open it and save it again, or as CSV (UTF-8)"
    return SourceError(f"it cannot be read as an Excel workbook ({reason})", file=path, row=row, remedy=remedy)


def _require_calculated(path: Path, part: str) -> None:
    if found := find_uncalculated(path, part):
        row, column = found
        problem, remedy = "a formula has no value, since it was never calculated", "open it in Excel and save it"
        raise SourceError(problem, file=path, row=row, column=column, remedy=remedy)


def _require_size(path: Path) -> None:
    """Refuse a workbook that would unpack to more than memory and patience allow; no more is unpacked than it says."""
    try:
        with ZipFile(path) as archive:
            sizes = {part.filename: part.file_size for part in archive.infolist()}
    except BROKEN as error:
        remedy = "copy or export it again"
        raise SourceError("it is a broken Excel workbook or another zip archive", file=path, remedy=remedy) from error
    if sum(sizes.values()) > MOST_UNPACKED_BYTES or sizes.get(TEXTS, 0) > MOST_TEXT_BYTES:
        most = f"{MOST_UNPACKED_BYTES >> 30} GiB, or its texts to more than {MOST_TEXT_BYTES >> 20} MiB"
        raise SourceError(f"it unpacks to more than {most}", file=path, remedy="save it as CSV (UTF-8)")
