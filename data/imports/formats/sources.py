"""Reading source files: whatever the format, rows come in chunks, all as text, counted as a spreadsheet counts."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import SourceError
from data.imports.formats.delimited import BLOCK_BYTES, open_text_file, read_text_file
from data.imports.formats.encodings import read_start
from data.imports.formats.header import PARQUET, TEXT, WORKBOOK, Signs, Source
from data.imports.formats.parquet import open_parquet, read_parquet
from data.imports.formats.workbook import open_workbook, read_workbook

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

FORMATS = {b"PK\x03\x04": WORKBOOK, b"PAR1": PARQUET}
SUFFIXES = {".xlsx": WORKBOOK, ".xlsm": WORKBOOK, ".parquet": PARQUET}
SEALED = b"\xd0\xcf\x11\xe0"
"""How both an Excel workbook of before 2007 and one with a password begin: a compound file."""


def open_source(
    path: Path,
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
    sheet: str | None = None,
    signs: Signs | None = None,
    wanted: frozenset[str] = frozenset(),
) -> Source:
    """Look at a file and find out how it is written: its format is told from how it begins, not from its name.

    Args:
        path: the file; ``.gz`` is unpacked while reading.
        delimiter: of a text, as the mapping says, or None to find it in the header line.
        encoding: of a text, as the mapping says, or None to find it.
        sheet: of a workbook, or None for the first.
        signs: the decimal signs in which numbers are read, and so are written where a file holds numbers.
        wanted: columns that must be there.

    Raises:
        SourceError: no such file, an empty one, one that cannot be read as its format, or a missing column.
    """
    kind = _find_format(path)
    if kind == WORKBOOK:
        return open_workbook(path, sheet=sheet, signs=signs or Signs(), wanted=wanted)
    if kind == PARQUET:
        return open_parquet(path, signs=signs or Signs(), wanted=wanted)
    return open_text_file(path, delimiter=delimiter, encoding=encoding, wanted=wanted)


def read_chunks(source: Source, block_bytes: int = BLOCK_BYTES) -> Iterator[pd.DataFrame]:
    """Read the rows of a source, some ten or hundred thousand at a time.

    Yields:
        Frames of text, one column per column of the file, empty text where a field is empty. The index is
        the row as a spreadsheet counts it; the header is row 1.

    Raises:
        SourceError: a row that cannot be read.
    """
    if source.format == WORKBOOK:
        return read_workbook(source)
    if source.format == PARQUET:
        return read_parquet(source)
    return read_text_file(source, block_bytes)


def _find_format(path: Path) -> str:
    start = read_start(path)
    if start.startswith(SEALED):
        remedy = "open it and save it as .xlsx without a password, or as CSV (UTF-8)"
        raise SourceError("it is an old Excel workbook, or one with a password", file=path, remedy=remedy)
    kind = next((kind for mark, kind in FORMATS.items() if start.startswith(mark)), TEXT)
    if kind != TEXT and path.suffix == ".gz":
        raise SourceError(f"it is {kind}, packed once more", file=path, remedy="unpack it")
    named = SUFFIXES.get(path.suffix.lower(), kind)
    if named != kind:
        remedy = "export it again, or name it as what it is"
        raise SourceError(f"by its name it is {named}, and it does not begin as one", file=path, remedy=remedy)
    return kind
