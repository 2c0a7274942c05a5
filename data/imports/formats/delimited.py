"""Delimited text, as CSV: encoding and delimiter found where that is safe, rows in chunks."""

from __future__ import annotations

import csv
import re
from contextlib import suppress
from itertools import islice
from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
import pyarrow.csv

from data.errors import SourceError
from data.imports.formats.encodings import find_encoding, open_bytes, open_text
from data.imports.formats.header import HEADER_ROW, Source, check_names, require_columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

BLOCK_BYTES = 16 * 1024 * 1024
DELIMITERS = (";", ",", "\t", "|")


def open_text_file(
    path: Path,
    *,
    delimiter: str | None = None,
    encoding: str | None = None,
    wanted: frozenset[str] = frozenset(),
) -> Source:
    """Look at a text and find out how it is written.

    Args:
        path: the file; ``.gz`` is unpacked while reading.
        delimiter: as the mapping says, or None to find it in the header line.
        encoding: as the mapping says, or None to find it.
        wanted: columns that must be there.

    Raises:
        SourceError: no such file, an empty one, an encoding that cannot be told, a delimiter that does not
            divide the header line, or a missing column.
    """
    found = find_encoding(path, encoding)
    header = _read_line(path, found)
    sign = delimiter or max(DELIMITERS, key=header.count)
    if sign not in header and len(wanted) > 1:
        other = max(DELIMITERS, key=header.count)
        remedy = f"say delimiter = '{other}' in the mapping" if other in header else "export it as CSV"
        raise SourceError(f"its fields are not divided by '{sign}'", file=path, row=HEADER_ROW, remedy=remedy)
    columns = _read_columns(path, found, sign)
    source = Source(path, columns, sign, found)
    if not wanted <= set(columns):
        _require_even(source)
    require_columns(source, wanted)
    return source


def read_text_file(source: Source, block_bytes: int = BLOCK_BYTES) -> Iterator[pd.DataFrame]:
    """Read the rows of a text, some hundred thousand at a time.

    Yields:
        Frames of text, one column per column of the file, empty text where a field is empty. The index is
        the row as a spreadsheet counts it (empty lines not counted); the header is row 1.

    Raises:
        SourceError: a row with more or fewer fields than the header, a quote that is not closed, or text that is
            not in the encoding.
    """
    broken: list[pyarrow.csv.InvalidRow] = []

    def remember(row: pyarrow.csv.InvalidRow) -> str:
        broken.append(row)
        return "skip"

    row = HEADER_ROW + 1
    try:
        with open_bytes(source.path) as stream:
            for batch in pyarrow.csv.open_csv(stream, *_options(source, remember, block_bytes)):
                if broken:
                    break
                _require_clean(source, batch, row)
                frame = batch.to_pandas()
                frame.index = range(row, row + len(frame))
                row += len(frame)
                yield frame
    except (pa.ArrowException, UnicodeError, OSError, EOFError) as error:
        raise _explain(source, error, row) from error
    if broken:
        raise _explain_uneven(source, broken[0].number, broken[0].actual_columns)


def _require_even(source: Source) -> None:
    """Refuse a header that is longer or shorter than the row below it, before a column is missed in it."""
    first: list[str] = []
    with open_text(source.path, source.encoding) as text, suppress(csv.Error):
        rows = filter(None, csv.reader(text, delimiter=source.delimiter))
        first = next(islice(rows, 1, None), [])
    if first and len(first) != len(source.columns):
        raise _explain_uneven(source, HEADER_ROW + 1, len(first))


def _explain_uneven(source: Source, row: int, fields: int) -> SourceError:
    return SourceError(
        f"it has {fields} fields where the header has {len(source.columns)}",
        file=source.path,
        row=row,
        remedy="put quotes around text that holds the delimiter, or correct the header line or the delimiter",
    )


def _options(source: Source, remember: object, block_bytes: int) -> tuple[object, object, object]:
    read = pyarrow.csv.ReadOptions(
        block_size=block_bytes,
        encoding=source.encoding,
        use_threads=False,
        column_names=list(source.columns),
        skip_rows_after_names=1,
    )
    parse = pyarrow.csv.ParseOptions(delimiter=source.delimiter, newlines_in_values=True, invalid_row_handler=remember)
    convert = pyarrow.csv.ConvertOptions(
        column_types=dict.fromkeys(source.columns, pa.string()),
        strings_can_be_null=False,
        quoted_strings_can_be_null=False,
    )
    return read, parse, convert


def _require_clean(source: Source, batch: pa.RecordBatch, row: int) -> None:
    """Refuse NUL characters, which PostgreSQL cannot keep, and a field that swallowed the rows after it."""
    swallowed = f"(?s)\n.*{re.escape(source.delimiter)}" if len(source.columns) > 1 else r"\n"
    for name, column in zip(batch.schema.names, batch.columns, strict=True):
        if pc.any(found := pc.match_substring_regex(column, swallowed)).as_py() and _has_open_quote(source):
            raise SourceError(
                "a quote is opened and never closed, so that the field takes in the rows after it",
                file=source.path,
                row=row + found.index(True).as_py(),
                column=name,
                value=column[found.index(True).as_py()].as_py()[:40],
                remedy="close the quote",
            )
        if pc.any(found := pc.match_substring(column, "\0")).as_py():
            raise SourceError(
                "the text holds NUL characters",
                file=source.path,
                row=row + found.index(True).as_py(),
                column=name,
                remedy="say encoding = 'utf-16-le' in the mapping if it is UTF-16, or export it again",
            )


def _has_open_quote(source: Source) -> bool:
    with open_text(source.path, source.encoding) as text:
        return sum(block.count('"') for block in iter(lambda: text.read(1 << 20), "")) % 2 == 1


def _explain(source: Source, error: BaseException, row: int) -> SourceError:
    if "straddl" in str(error):
        problem, remedy = "a field has no end", "close the quote that is open, or end the last line"
    elif isinstance(error, (OSError, EOFError)):
        problem, remedy = f"it cannot be read to its end ({_first_line(error)})", "copy or export it again"
    else:
        problem = f"it cannot be read on as {source.encoding} text ({_first_line(error)})"
        remedy = "say the right encoding in the mapping, or export it again"
    return SourceError(problem, file=source.path, row=row, remedy=remedy)


def _read_line(path: Path, encoding: str) -> str:
    with open_text(path, encoding) as text:
        header = text.readline()
    if not header.strip():
        problem = "its first line is empty" if header else "the file is empty"
        raise SourceError(problem, file=path, row=HEADER_ROW, remedy="export it again with its header line first")
    if "\0" in header:
        raise SourceError(
            "the text holds NUL characters",
            file=path,
            row=HEADER_ROW,
            remedy="say encoding = 'utf-16-le' in the mapping if it is UTF-16, or export it again",
        )
    return header


def _read_columns(path: Path, encoding: str, delimiter: str) -> tuple[str, ...]:
    try:
        with open_text(path, encoding) as text:
            names = next(csv.reader(text, delimiter=delimiter, strict=True))
    except csv.Error as error:
        raise SourceError(
            f"the header line cannot be read ({error})", file=path, row=HEADER_ROW, remedy="correct it"
        ) from error
    return check_names(path, names)


def _first_line(error: BaseException) -> str:
    return (str(error).splitlines() or [type(error).__name__])[0][:120]
