"""Workbooks: values as they stand, rows as the sheet counts them, and each fault told in one sentence."""

from __future__ import annotations

import io
from datetime import datetime, time, timedelta
from typing import TYPE_CHECKING, Any
from zipfile import ZIP_DEFLATED, ZipFile

import openpyxl
import pandas as pd
import pytest

from data.errors import SourceError
from data.imports.formats.sources import open_source, read_chunks
from data.imports.formats.spreadsheet import read_spreadsheet

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

DAY = datetime.fromisoformat("2025-02-03T09:05:30")


@pytest.fixture
def write_workbook(tmp_path: Path) -> Callable[..., Path]:
    """Write rows to the first sheet of a workbook, and what is added to its parts."""

    def write(*rows: list[Any], **sheets: list[Any]) -> Path:
        book = openpyxl.Workbook()
        for row in rows:
            book.active.append(row)  # type: ignore[union-attr]
        for title, names in sheets.items():
            book.create_sheet(title).append(names)
        book.save(tmp_path / "f.xlsx")
        return tmp_path / "f.xlsx"

    return write


def read(path: Path, **options: Any) -> pd.DataFrame:
    return pd.concat(list(read_chunks(open_source(path, **options))))


def repack(path: Path, part: str, change: Callable[[bytes], bytes]) -> Path:
    """The workbook with one of its parts changed."""
    with ZipFile(path) as archive:
        parts = {name: archive.read(name) for name in archive.namelist()}
    parts[part] = change(parts[part])
    with ZipFile(path, "w", ZIP_DEFLATED) as archive:
        for name, content in parts.items():
            archive.writestr(name, content)
    return path


@pytest.mark.parametrize(
    ("value", "text"),
    [
        ("007", "007"),
        (12.0, "12"),
        (12, "12"),
        (0.1, "0.1"),
        (1e-07, "0.0000001"),
        (True, "true"),
        (DAY, "2025-02-03T09:05:30"),
        (datetime.fromisoformat("2025-02-03"), "2025-02-03"),
        (time(9, 5), "09:05:00"),
        (timedelta(hours=26, seconds=5), "26:00:05"),
        ("#N/A", "#N/A"),
        (" Ærø ", " Ærø "),
        ("to\nlinjer", "to\nlinjer"),
    ],
)
def test_a_cell_is_the_text_that_a_person_would_type(
    write_workbook: Callable[..., Path], value: Any, text: str
) -> None:
    assert read(write_workbook(["a", "b"], [value, "x"]))["a"].tolist() == [text]


def test_numbers_are_written_in_the_sign_in_which_they_are_read(write_workbook: Callable[..., Path]) -> None:
    from data.imports.formats.header import Signs

    path = write_workbook(["a", "b"], [12.125, 12.125])
    assert read(path, signs=Signs(",", {"b": "."})).to_numpy().tolist() == [["12,125", "12.125"]]


def test_rows_are_those_of_the_sheet(write_workbook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.imports.formats.workbook.CELLS_PER_CHUNK", 4)
    path = write_workbook(["a", " b ", None], [1], [None], ["", None, ""], [2, 3], *[[i] for i in range(4)], [None, ""])
    rows = read(path)
    assert list(rows.columns) == ["a", "b"]
    assert list(rows.index) == [2, 5, 6, 7, 8, 9]
    assert rows.loc[[2, 5]].to_numpy().tolist() == [["1", ""], ["2", "3"]]


def test_the_sheet_that_is_named_is_read(write_workbook: Callable[..., Path]) -> None:
    path = write_workbook(["a"], Leads=["b"])
    assert (open_source(path).columns, open_source(path, sheet="Leads").columns) == (("a",), ("b",))
    with pytest.raises(SourceError, match=r"it has no sheet 'leads'; its sheets are Sheet, Leads: say one under"):
        open_source(path, sheet="leads")


FAULTS: dict[str, tuple[list[list[Any]], str]] = {
    "no rows at all": ([], "row 1: its first row is empty; export it again with its header row first."),
    "a title above the header": ([[None], ["a"]], "row 1: its first row is empty"),
    "a column twice": ([["a", "a"]], "row 1, column 'a': the header has it twice"),
    "a column without a name": ([["a", None, "b"]], "row 1, column '2': the header has a column without a name"),
    "a value beside the columns": (
        [["a"], ["1"], ["2", None, "x"]],
        "row 3, column 'C', value 'x': a value stands where the header names no column; name the column",
    ),
    "a formula that was never calculated": (
        [["a", "b"], ["1", "=1+1"]],
        "row 2, column 'B': a formula has no value, since it was never calculated; open it in Excel and save it.",
    ),
}


@pytest.mark.parametrize("case", FAULTS)
def test_each_fault_is_told(write_workbook: Callable[..., Path], case: str) -> None:
    rows, says = FAULTS[case]
    path = write_workbook(*rows)
    with pytest.raises(SourceError) as raised:
        list(read_chunks(open_source(path)))
    assert str(raised.value).startswith(f"{path}, {says}")


def test_a_formula_with_its_value_is_the_value(write_workbook: Callable[..., Path]) -> None:
    path = repack(
        write_workbook(["a", "b"], ["=1+1", "=A2"]),
        "xl/worksheets/sheet1.xml",
        lambda xml: (
            xml.replace(b"<f>1+1</f><v></v>", b"<f>1+1</f><v>2</v>")
            .replace(b"<f>1+1</f><v />", b"<f>1+1</f><v>2</v>")
            .replace(b'<c r="B2">', b'<c r="B2" t="str">')
        ),
    )
    assert read(path).to_numpy().tolist() == [["2", ""]]


@pytest.mark.parametrize(
    ("part", "change"),
    [
        ("xl/worksheets/sheet1.xml", lambda xml: xml[:-40]),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'r="A2"', b'r="A2A"')),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>1</v>", b"<v>x</v>")),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b'<c r="A2"', b'<c s="x" r="A2"')),
        ("xl/worksheets/sheet1.xml", lambda xml: xml.replace(b't="n"', b't="s"')),
        ("xl/workbook.xml", lambda xml: xml[:90]),
        ("[Content_Types].xml", lambda _: b""),
    ],
)
def test_a_broken_workbook_is_told(
    write_workbook: Callable[..., Path], part: str, change: Callable[[bytes], bytes]
) -> None:
    path = repack(write_workbook(["a"], [1]), part, change)
    with pytest.raises(
        SourceError, match=r"f\.xlsx(, row \d+)?: it (cannot be read as an Excel workbook|has no sheet)"
    ):
        list(read_chunks(open_source(path)))


def test_the_row_in_which_a_workbook_breaks_is_told(write_workbook: Callable[..., Path]) -> None:
    path = write_workbook(["a"], [1], [2], [3])
    repack(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"<v>2</v>", b"<v>2x</v>"))
    with pytest.raises(SourceError, match=r"f\.xlsx, row 3: it cannot be read as an Excel workbook \(invalid literal"):
        list(read_chunks(open_source(path)))


@pytest.mark.parametrize(
    ("name", "limit"), [("xl/media/x", "MOST_UNPACKED_BYTES"), ("xl/sharedStrings.xml", "MOST_TEXT_BYTES")]
)
def test_a_workbook_that_would_fill_the_memory_is_refused(
    write_workbook: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, name: str, limit: str
) -> None:
    path = write_workbook(["a"], ["x"])
    with ZipFile(path, "a", ZIP_DEFLATED) as archive, archive.open(name, "w") as part:
        part.write(bytes(1 << 20))
    monkeypatch.setattr(f"data.imports.formats.workbook.{limit}", 1 << 20 if name.endswith("x") else (1 << 20) - 1)
    with pytest.raises(SourceError, match=r"it unpacks to more than .* its texts to more than .* MiB; save it as CSV"):
        open_source(path)


def test_a_sheet_that_counts_past_its_end_is_refused(write_workbook: Callable[..., Path]) -> None:
    change = b'<row r="99999999"><c r="A99999999"><v>1</v></c></row></sheetData>'
    path = write_workbook(["a"], [1])
    repack(path, "xl/worksheets/sheet1.xml", lambda xml: xml.replace(b"</sheetData>", change))
    with pytest.raises(SourceError, match=r"row 1048577: it has more than 1,048,576 rows"):
        list(read_chunks(open_source(path)))


def test_by_its_name_a_workbook(write_file: Callable[..., Path]) -> None:
    with pytest.raises(SourceError, match=r"by its name it is an Excel workbook, and it does not begin as one"):
        open_source(write_file("f.xlsx", "a;b\n1;2\n"))


def test_a_packed_workbook_is_told(write_workbook: Callable[..., Path], write_file: Callable[..., Path]) -> None:
    import gzip

    content = write_workbook(["a"], [1]).read_bytes()
    with pytest.raises(SourceError, match=r"f\.gz: it is an Excel workbook, packed once more; unpack it\.$"):
        open_source(write_file("f.gz", gzip.compress(content)))


def test_rows_from_quarantine_come_back_as_text(write_workbook: Callable[..., Path]) -> None:
    with pytest.raises(SourceError, match="dates and numbers are no longer written as they were; save it as CSV"):
        read_spreadsheet(write_workbook(["a"], ["1"]), frozenset())


def test_another_zip_archive_is_told(write_file: Callable[..., Path]) -> None:
    stream = io.BytesIO()
    with ZipFile(stream, "w") as archive:
        archive.writestr("a.txt", "x")
    with pytest.raises(SourceError, match="it cannot be read as an Excel workbook"):
        open_source(write_file("f.zip", stream.getvalue()))
