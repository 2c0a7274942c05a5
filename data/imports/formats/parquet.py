"""Parquet files: a row group at a time, typed columns as text without loss."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow as pa
import pyarrow.compute as pc
from pyarrow.parquet import ParquetFile

from data.errors import SourceError
from data.imports.formats.cells import write_cell
from data.imports.formats.header import HEADER_ROW, PARQUET, Signs, Source, check_names, require_columns

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import pandas as pd

CELLS_PER_CHUNK = 1_000_000
MOST_METADATA_BYTES = 1 << 27
FRACTION_OF_NOTHING = r"\.0+$"
MIDNIGHT = " 00:00:00$"


def open_parquet(path: Path, *, signs: Signs, wanted: frozenset[str]) -> Source:
    """Look at a Parquet file.

    Args:
        path: the file.
        signs: in which its numbers are written as text.
        wanted: columns that must be there.

    Raises:
        SourceError: it cannot be read, or a column holds lists, records or bytes, or is missing.
    """
    try:
        with _open(path) as file:
            schema = file.schema_arrow
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _explain(path, error) from error
    source = Source(path, check_names(path, schema.names), format=PARQUET, signs=signs)
    require_columns(source, wanted)
    for column in schema:
        if not _is_plain(column.type):
            raise SourceError(
                f"it holds {column.type}, and a field holds one text, number, date or yes and no",
                file=path,
                column=column.name,
                remedy="write one column for each part, or leave it out",
            )
    return source


def read_parquet(source: Source) -> Iterator[pd.DataFrame]:
    """Read the rows of a Parquet file; the first is row 2, as if it were a sheet with a header.

    Yields:
        Frames of text. Moments with a zone are written in UTC.

    Raises:
        SourceError: it is broken, or a text holds NUL characters.
    """
    row = HEADER_ROW + 1
    try:
        with _open(source.path) as file:
            for batch in file.iter_batches(batch_size=max(1, CELLS_PER_CHUNK // len(source.columns))):
                batch.validate(full=True)
                frame = _write_batch(source, batch, row).to_pandas()
                frame.index = range(row, row + len(frame))
                row += len(frame)
                yield frame
    except (pa.ArrowException, OSError, ValueError) as error:
        raise _explain(source.path, error, row) from error


def _open(path: Path) -> ParquetFile:
    limits = {"thrift_string_size_limit": MOST_METADATA_BYTES, "thrift_container_size_limit": MOST_METADATA_BYTES}
    return ParquetFile(path, page_checksum_verification=True, **limits)


def _is_plain(kind: pa.DataType) -> bool:
    if pa.types.is_dictionary(kind):
        kind = kind.value_type
    tests = ("boolean", "integer", "floating", "decimal", "date", "timestamp", "time", "duration", "null")
    texts = ("string", "large_string", "string_view")
    return any(getattr(pa.types, f"is_{name}")(kind) for name in (*tests, *texts))


def _write_batch(source: Source, batch: pa.RecordBatch, row: int) -> pa.RecordBatch:
    texts = [
        _write_column(column, source.signs.find(name))
        for name, column in zip(source.columns, batch.columns, strict=True)
    ]
    for name, text in zip(source.columns, texts, strict=True):
        if pc.any(found := pc.match_substring(text, "\0")).as_py():
            raise SourceError(
                "the text holds NUL characters",
                file=source.path,
                row=row + found.index(True).as_py(),
                column=name,
                remedy="take them out, and write the file again",
            )
    return pa.record_batch(texts, names=list(source.columns))


def _write_column(column: pa.Array, sign: str) -> pa.Array:
    if pa.types.is_dictionary(column.type):
        column = column.dictionary_decode()
    kind = column.type
    if pa.types.is_timestamp(kind):
        text = _write_moments(column)
    elif pa.types.is_floating(kind) or pa.types.is_decimal(kind) or pa.types.is_duration(kind):
        text = _write_each(column, sign)
    elif pa.types.is_time(kind):
        text = pc.replace_substring_regex(column.cast(pa.string()), FRACTION_OF_NOTHING, "")
    else:
        text = column.cast(pa.string())
    return pc.fill_null(text, "")


def _write_moments(column: pa.Array) -> pa.Array:
    """Moments as ISO text: in UTC where they have a zone, else the date alone where they are at midnight."""
    local = column.cast(pa.timestamp(column.type.unit)).cast(pa.string())
    text = pc.replace_substring_regex(local, FRACTION_OF_NOTHING, "")
    if column.type.tz is not None:
        return pc.binary_join_element_wise(text, "Z", "")
    return pc.replace_substring_regex(text, MIDNIGHT, "")


def _write_each(column: pa.Array, sign: str) -> pa.Array:
    codes = column.dictionary_encode()
    single = column.type in (pa.float16(), pa.float32())
    values = (float(str(value)) for value in codes.dictionary.to_numpy()) if single else codes.dictionary.to_pylist()
    texts = pa.array([write_cell(value, sign) for value in values], pa.string())
    return texts.take(codes.indices)


def _explain(path: Path, error: BaseException, row: int | None = None) -> SourceError:
    if isinstance(error, SourceError):
        return error
    reason = (str(error).splitlines() or [type(error).__name__])[0][:120]
    return SourceError(
        f"it cannot be read as a Parquet file ({reason})", file=path, row=row, remedy="copy or export it again"
    )
