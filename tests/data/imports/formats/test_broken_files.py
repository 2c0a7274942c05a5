"""Files that chance wrote or broke: each is read, or refused in one sentence, and leaves nothing behind."""

from __future__ import annotations

import io
from contextlib import suppress
from datetime import UTC, datetime
from functools import cache
from typing import TYPE_CHECKING
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pyarrow as pa
import pyarrow.parquet
import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from data.errors import MappingError, SourceError
from data.imports.formats.sources import open_source, read_chunks
from data.imports.importing import import_source
from data.imports.mapping import read_mapping
from data.imports.suggest import suggest_mapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.imports.mapping import Mapping
    from data.store import Store

TEXT = 'id;Oprettet;Status;Beløb\n1;13-02-2025;won;"12,50"\n2;14-02-2025;lost;\n' * 3
PIECES = (
    '"',
    ";",
    ",",
    "\n",
    "\r",
    "\0",
    "'",
    "=cmd|' /C calc'!A0",
    "\ufeff",
    "é",
    "x" * 70_000,
    "\t",
    "1e999",
    "<v>",
    "]]>",
)
FORMATS = ("csv", "xlsx", "parquet")


@cache
def sound_file(form: str) -> bytes:
    """A small sound file of a format."""
    stream = io.BytesIO()
    if form == "csv":
        return TEXT.encode()
    if form == "parquet":
        columns = {"id": [1, 2], "Oprettet": [datetime(2025, 2, 3, tzinfo=UTC), None], "Status": ["won", "lost"]}
        pa.parquet.write_table(pa.table(columns), stream)
        return stream.getvalue()
    book = openpyxl.Workbook()
    for line in TEXT.splitlines()[:3]:
        book.active.append(line.split(";"))  # type: ignore[union-attr]
    book.active.append([3, datetime.fromisoformat("2025-02-03"), True, 1.5])  # type: ignore[union-attr]
    book.save(stream)
    return stream.getvalue()


def replace(content: bytes, edits: list[tuple[int, int, bytes]]) -> bytes:
    for place, length, new in edits:
        start = place % (len(content) + 1)
        content = content[:start] + new + content[start + length :]
    return content


def replace_part(content: bytes, number: int, edits: list[tuple[int, int, bytes]]) -> bytes:
    """A workbook with one of its parts edited, so that the archive around it is sound."""
    stream = io.BytesIO()
    with ZipFile(io.BytesIO(content)) as old, ZipFile(stream, "w", ZIP_DEFLATED) as new:
        for place, name in enumerate(old.namelist()):
            part = old.read(name)
            new.writestr(name, replace(part, edits) if place == number % len(old.namelist()) else part)
    return stream.getvalue()


pieces = st.binary(max_size=12) | st.sampled_from(PIECES).map(str.encode)
edits = st.lists(st.tuples(st.integers(0, 20_000), st.integers(0, 40), pieces), min_size=1, max_size=4)


def take(path: Path) -> None:
    """Read a file to its end, and suggest a mapping for it; only what tells in a sentence may be raised."""
    with suppress(SourceError, MappingError):
        list(read_chunks(open_source(path)))
    with suppress(SourceError, MappingError):
        suggest_mapping(path)


few = hypothesis_settings(
    max_examples=25, deadline=5000, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)


@pytest.mark.parametrize("form", FORMATS)
@few
@given(edits=edits)
def test_a_broken_file_is_told(tmp_path: Path, form: str, edits: list[tuple[int, int, bytes]]) -> None:
    path = tmp_path / f"f.{form}"
    path.write_bytes(replace(sound_file(form), edits))
    take(path)


@few
@given(number=st.integers(0, 20), edits=edits)
def test_a_workbook_with_a_broken_part_is_told(
    tmp_path: Path, number: int, edits: list[tuple[int, int, bytes]]
) -> None:
    path = tmp_path / "f.xlsx"
    path.write_bytes(replace_part(sound_file("xlsx"), number, edits))
    take(path)


@few
@given(
    start=st.sampled_from([b"", b"PK\x03\x04", b"PAR1", b"\x1f\x8b", b"\xff\xfe", b"\xef\xbb\xbf"]), rest=st.binary()
)
def test_bytes_of_no_format_are_told(tmp_path: Path, start: bytes, rest: bytes) -> None:
    path = tmp_path / "f.dat"
    path.write_bytes(start + rest)
    take(path)


@pytest.mark.parametrize("form", FORMATS)
def test_huge_cells_and_many_columns_are_read(tmp_path: Path, form: str) -> None:
    path = tmp_path / f"f.{form}"
    names = [f"c{i}" for i in range(2_000)]
    cell = "x" * (30_000 if form == "xlsx" else 10_000_000)
    if form == "csv":
        path.write_text(";".join(names) + "\n" + cell + ";" * 1_999 + "\n")
    elif form == "parquet":
        pa.parquet.write_table(pa.table({name: [cell if name == "c0" else ""] for name in names}), path)
    else:
        book = openpyxl.Workbook()
        book.active.append(names)  # type: ignore[union-attr]
        book.active.append([cell])  # type: ignore[union-attr]
        book.save(path)
    (rows,) = read_chunks(open_source(path))
    assert rows.shape == (1, 2_000)
    assert rows.iloc[0, 0] == cell


@pytest.mark.parametrize("form", ["xlsx", "parquet"])
def test_a_file_that_breaks_off_leaves_the_store_as_it_was(
    store: Store,
    contents: Callable[[], dict[str, list[object]]],
    tmp_path: Path,
    monkeypatch: pytest.MonkeyPatch,
    form: str,
) -> None:
    path = tmp_path / f"f.{form}"
    names = [str(i) for i in range(300)]
    if form == "parquet":
        monkeypatch.setattr("data.imports.formats.parquet.CELLS_PER_CHUNK", 200)
        pa.parquet.write_table(pa.table({"id": [*names, "x"], "Status": ["won"] * 300 + ["\0"]}), path)
    else:
        monkeypatch.setattr("data.imports.formats.workbook.CELLS_PER_CHUNK", 200)
        book = openpyxl.Workbook()
        for row in [["id", "Status"], *([name, "won"] for name in names), ["x", "won", "beside"]]:
            book.active.append(row)  # type: ignore[union-attr]
        book.save(path)
    before, merged = contents(), []
    with pytest.raises(SourceError):
        import_source(
            store,
            path,
            company_mapping(),
            arrived_at=datetime(2026, 1, 1, tzinfo=UTC),
            progress=lambda _, rows: merged.append(rows),
        )
    assert (merged, contents()) == ([100, 200, 300], before)


def company_mapping() -> Mapping:
    return read_mapping(
        """
        [tables.clients]
        client_id = { value = "n" }
        name = { value = "Client" }
        currency = { value = "DKK" }
        time_zone = { value = "UTC" }
        occurred_at = { value = "2020-01-01" }
        [tables.companies]
        company_id = "id"
        client_id = { value = "n" }
        name = "Status"
        occurred_at = { value = "2020-01-01" }
        """,
        "m",
    )
