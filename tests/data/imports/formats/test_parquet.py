"""Parquet files: every plain type as text without loss, others refused with the column named."""

from __future__ import annotations

import math
from datetime import date, datetime, time, timedelta
from decimal import Decimal
from typing import TYPE_CHECKING, Any

import pandas as pd
import pyarrow as pa
import pyarrow.parquet
import pytest

from data.errors import SourceError
from data.imports.formats.header import Signs
from data.imports.formats.sources import open_source, read_chunks

if TYPE_CHECKING:
    from pathlib import Path

MOMENT = datetime.fromisoformat("2025-02-03T04:05:06.123456")


def write(path: Path, **columns: pa.Array) -> Path:
    pa.parquet.write_table(pa.table(columns), path / "f.parquet", row_group_size=2)
    return path / "f.parquet"


def read(path: Path, **options: Any) -> pd.DataFrame:
    return pd.concat(list(read_chunks(open_source(path, **options))))


@pytest.mark.parametrize(
    ("kind", "value", "text"),
    [
        (pa.string(), "007", "007"),
        (pa.large_string(), "Ærø", "Ærø"),
        (pa.dictionary(pa.int8(), pa.string()), "IT", "IT"),
        (pa.int64(), -(2**63), "-9223372036854775808"),
        (pa.uint64(), 2**64 - 1, "18446744073709551615"),
        (pa.bool_(), True, "true"),
        (pa.float64(), 1e-07, "0.0000001"),
        (pa.float64(), 12.0, "12"),
        (pa.float32(), 0.1, "0.1"),
        (pa.float64(), math.nan, "NaN"),
        (pa.decimal128(20, 2), Decimal("12345678901234567.50"), "12345678901234567.50"),
        (pa.date32(), date(2025, 2, 3), "2025-02-03"),
        (pa.timestamp("us"), MOMENT, "2025-02-03 04:05:06.123456"),
        (pa.timestamp("ms"), datetime.fromisoformat("2025-02-03"), "2025-02-03"),
        (pa.timestamp("us", "Europe/Copenhagen"), MOMENT, "2025-02-03 04:05:06.123456Z"),
        (pa.timestamp("s", "UTC"), datetime.fromisoformat("2025-02-03"), "2025-02-03 00:00:00Z"),
        (pa.time32("s"), time(9, 5), "09:05:00"),
        (pa.duration("s"), timedelta(hours=26, seconds=5), "26:00:05"),
    ],
)
def test_each_type_is_text_without_loss(tmp_path: Path, kind: pa.DataType, value: Any, text: str) -> None:
    assert read(write(tmp_path, a=pa.array([value, None, value], kind)))["a"].tolist() == [text, "", text]


def test_a_column_of_nothing_is_empty(tmp_path: Path) -> None:
    assert read(write(tmp_path, a=pa.nulls(2), b=pa.array(["x", "y"])))["a"].tolist() == ["", ""]


def test_rows_are_counted_over_row_groups_and_numbers_take_their_sign(tmp_path: Path) -> None:
    path = write(tmp_path, a=pa.array([0.5, 1.5, 2.25, None]), b=pa.array([0.5] * 4))
    rows = read(path, signs=Signs(",", {"b": "."}))
    assert rows.index.tolist() == [2, 3, 4, 5]
    assert rows["a"].tolist() == ["0,5", "1,5", "2,25", ""]
    assert rows["b"].tolist() == ["0.5"] * 4


def test_a_wide_file_comes_in_shorter_chunks(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.imports.formats.parquet.CELLS_PER_CHUNK", 6)
    path = write(tmp_path, a=pa.array(range(5)), b=pa.array(range(5)))
    assert [list(rows.index) for rows in read_chunks(open_source(path))] == [[2, 3, 4], [5, 6]]


@pytest.mark.parametrize(
    ("array", "kind"),
    [
        (pa.array([[1]]), "list<element: int64>"),
        (pa.array([{"x": 1}]), "struct<x: int64>"),
        (pa.array([b"\xff"]), "binary"),
    ],
)
def test_what_is_no_single_value_is_refused(tmp_path: Path, array: pa.Array, kind: str) -> None:
    path = write(tmp_path, id=pa.array([1]), lines=array)
    with pytest.raises(SourceError) as raised:
        open_source(path)
    assert str(raised.value).startswith(f"{path}, column 'lines': it holds {kind}, and a field holds one text")


def test_each_fault_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"row 1, column 'Beløb': the file has no such column; rename 'beloeb'"):
        open_source(write(tmp_path, beloeb=pa.array([1])), wanted=frozenset({"Beløb"}))
    path = write(tmp_path, a=pa.array(["x", "y", "z\0"]))
    with pytest.raises(SourceError, match=r"f\.parquet, row 4, column 'a': the text holds NUL characters"):
        read(path)
    path.write_bytes(path.read_bytes()[:-8])
    with pytest.raises(SourceError, match=r"f\.parquet: it cannot be read as a Parquet file \(.*\); copy or export"):
        open_source(path)
