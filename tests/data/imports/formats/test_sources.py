"""Reading files: each thing that can be wrong with one is told in one sentence."""

from __future__ import annotations

import gzip
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from data.errors import SourceError
from data.imports.formats.sources import open_source, read_chunks

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

TEXT = 'navn;by\nÆrø Køl;Århus\n"Bo; & Søn";"to\nlinjer"\n'


def read(path: Path, **options: str | None) -> list[list[str]]:
    source = open_source(path, **options)  # type: ignore[arg-type]
    rows = pd.concat(list(read_chunks(source)))
    return [list(source.columns), *rows.to_numpy().tolist()]


@pytest.mark.parametrize(
    ("encoding", "found"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8-sig"),
        ("cp1252", "cp1252"),
        ("utf-16", "utf-16"),
        ("utf-32", "utf-32"),
    ],
)
def test_danish_letters_are_read_in_each_encoding(write_file: Callable[..., Path], encoding: str, found: str) -> None:
    path = write_file("f.csv", TEXT, encoding)
    assert open_source(path).encoding == found
    expected = [["navn", "by"], ["Ærø Køl", "Århus"], ["Bo; & Søn", "to\nlinjer"]]
    assert read(path) == read(path, encoding=encoding) == expected


def test_a_mark_before_utf8_is_no_letter(write_file: Callable[..., Path]) -> None:
    assert read(write_file("f.csv", TEXT, "utf-8-sig"), encoding="utf-8")[0] == ["navn", "by"]


def test_what_is_said_stands_where_the_bytes_do_not_contradict_it(write_file: Callable[..., Path]) -> None:
    assert read(write_file("f.csv", "a;b\n1;2\n"), encoding="cp1252") == [["a", "b"], ["1", "2"]]
    assert read(write_file("f.csv", "a;b\nø;2\n", "cp865"), encoding="cp865")[1] == ["ø", "2"]


def test_windows_text_that_ends_in_a_letter_is_told_from_utf8(write_file: Callable[..., Path]) -> None:
    assert open_source(write_file("f.csv", "navn\nÅ".encode("cp1252"))).encoding == "cp1252"


@pytest.mark.parametrize("sign", [";", ",", "\t", "|"])
def test_the_delimiter_is_found(write_file: Callable[..., Path], sign: str) -> None:
    path = write_file("f.csv", f"a{sign}b\r\n1{sign}2\r\n")
    assert open_source(path).delimiter == sign
    assert read(path) == [["a", "b"], ["1", "2"]]


def test_packed_files_and_other_line_ends_are_read(write_file: Callable[..., Path]) -> None:
    assert read(write_file("f.csv.gz", gzip.compress(TEXT.encode()))) == read(write_file("g.csv", TEXT))
    assert read(write_file("h.csv", "a;b\n1;2\n\n3;4")) == [["a", "b"], ["1", "2"], ["3", "4"]]


def test_rows_are_counted_as_a_spreadsheet_counts_them(write_file: Callable[..., Path]) -> None:
    path = write_file("f.csv", "a;b\n" + "1;2\n" * 100)
    frames = list(read_chunks(open_source(path), block_bytes=40))
    assert len(frames) > 2
    assert [row for frame in frames for row in frame.index] == list(range(2, 102))


BAD = {
    "an empty file": (b"", {}, "f.csv, row 1: the file is empty; export it again with its header line first."),
    "an empty first line": (b"\na;b\n", {}, "row 1: its first line is empty; export it again"),
    "too few fields": (b"a;b\n1;2\n3\n", {}, "row 3: it has 1 fields where the header has 2; put quotes around text"),
    "too many fields": (b"a;b\n1;2;3\n", {}, "row 2: it has 3 fields where the header has 2; put quotes"),
    "another delimiter": (
        b"a,b\n1,2\n",
        {"delimiter": ";", "wanted": frozenset("ab")},
        "row 1: its fields are not divided by ';'; say delimiter = ',' in the mapping.",
    ),
    "no delimiter": (
        b"ab\n12\n",
        {"wanted": frozenset("ab")},
        "row 1: its fields are not divided by ';'; export it",
    ),
    "a missing column": (
        b"Firma;Status\n",
        {"wanted": frozenset({"Statuss"})},
        "row 1, column 'Statuss': the file has no such column; rename 'Status', or map that.",
    ),
    "a column that is like none": (
        b"Source;Firma\n",
        {"wanted": frozenset({"Score"})},
        "column 'Score': the file has no such column; add it, or map one of those there (Source, Firma).",
    ),
    "a header that is too short": (
        b"a;b\n1;2;3\n",
        {"wanted": frozenset({"c"})},
        "f.csv, row 2: it has 3 fields where the header has 2; put quotes",
    ),
    "a header that is too long": (
        b"a;b;c\n\n1;2\n",
        {"wanted": frozenset({"d"})},
        "f.csv, row 2: it has 2 fields where the header has 3; put quotes",
    ),
    "a column twice": (b"a;b;a\n", {}, "row 1, column 'a': the header has it twice; rename one of them."),
    "a column without a name": (
        b"a;b;\n",
        {},
        "row 1, column '3': the header has a column without a name; name it, or take the column out.",
    ),
    "a quote left open": (
        b'a;b\n1;2\n3;"x\n5;6\n7;8\n',
        {},
        "row 3, column 'b', value 'x\\n5;6\\n7;8\\n': a quote is opened and never closed",
    ),
    "a quote left open in the header": (b'a;"b\n1;2\n', {}, "row 1: the header line cannot be read"),
    "NUL": (b"a;b\n1;x\0y\n", {}, "row 2, column 'b': the text holds NUL characters; say encoding = 'utf-16-le'"),
    "UTF-16 without its mark": ("a;b\n1;2\n".encode("utf-16-le"), {}, "row 1: the text holds NUL characters; say"),
    "neither encoding": (b"a;b\n\x81\xe6;2\n", {}, "its text is neither UTF-8 (from byte 5) nor Windows-1252; say"),
    "Windows-1252 said to be UTF-8": (
        b"a;b\n\xe6;2\n",
        {"encoding": "utf-8"},
        "f.csv: it is not utf-8 text (from byte 5); say encoding = 'cp1252' under [source] in the mapping.",
    ),
    "Windows-1252 said to be UTF-8, in its header": (
        b"\xe6;b\n1;2\n",
        {"encoding": "utf-8"},
        "f.csv: it is not utf-8 text (from byte 1); say encoding = 'cp1252'",
    ),
    "Windows-1252 said to be UTF-8, far down": (
        b"a;b\n" + b"1;2\n" * 5000 + b"\xe6;2\n",
        {"encoding": "utf-8"},
        "f.csv: it is not utf-8 text (from byte 20,005); say encoding = 'cp1252'",
    ),
    "neither, and said to be UTF-8": (
        b"a;b\n\x81\xe6;2\n",
        {"encoding": "utf-8"},
        "f.csv: it is not utf-8 text (from byte 5); correct encoding in the mapping.",
    ),
    "UTF-8 said to be Windows-1252": (
        "a;b\nRødby;2\n".encode(),
        {"encoding": "cp1252"},
        "f.csv: it is not cp1252 text; say encoding = 'utf-8' under [source] in the mapping.",
    ),
    "UTF-8 said to be Latin 1, far down": (
        ("a;b\n" + "1;2\n" * 5000 + "ø;2").encode(),
        {"encoding": "latin-1"},
        "f.csv: it is not latin-1 text; say encoding = 'utf-8'",
    ),
    "UTF-16 said to be UTF-8": (
        "a;b\n1;2\n".encode("utf-16"),
        {"encoding": "utf-8"},
        "f.csv: it is not utf-8 text; say encoding = 'utf-16'",
    ),
    "not the other encoding that was said": (
        "a;b\n".encode("utf-16-le") + b"x",
        {"encoding": "utf-16-le"},
        "cannot be read on as utf-16-le text",
    ),
    "a workbook that is broken": (
        b"PK\x03\x04....",
        {},
        "it is a broken Excel workbook or another zip archive; copy or export it again.",
    ),
    "a workbook with a password": (
        b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1",
        {},
        "it is an old Excel workbook, or one with a password; open it and save it as .xlsx without a password",
    ),
    "a broken Parquet file": (b"PAR1\x00\x00PAR1", {}, "f.csv: it cannot be read as a Parquet file ("),
}


@pytest.mark.parametrize("case", BAD)
def test_each_fault_is_told(write_file: Callable[..., Path], case: str) -> None:
    content, options, says = BAD[case]
    path = write_file("f.csv", content)
    with pytest.raises(SourceError) as raised:
        list(read_chunks(open_source(path, **options)))  # type: ignore[arg-type]
    assert says in str(raised.value)
    assert str(raised.value).startswith(str(path))
    assert raised.value.exit_status == 2


def test_a_packed_file_that_is_none_or_breaks_off_is_told(write_file: Callable[..., Path]) -> None:
    whole = gzip.compress(("a;b\n" + "1;2\n" * 5000).encode())
    for content in (b"a;b\n", whole[:-20]):
        with pytest.raises(SourceError, match="copy or export it again"):
            list(read_chunks(open_source(write_file("f.csv.gz", content))))


def test_what_is_no_file_is_told(tmp_path: Path) -> None:
    with pytest.raises(SourceError, match=r"none\.csv: there is no such file; correct the path\.$"):
        open_source(tmp_path / "none.csv")
    with pytest.raises(SourceError, match=r"it is a folder; name a file in it\.$"):
        open_source(tmp_path)


def test_an_open_quote_is_not_seen_where_text_has_lines_and_inches(write_file: Callable[..., Path]) -> None:
    path = write_file("f.csv", 'a;b\n1;5" rør\n2;"to\nlinjer"\n')
    assert read(path)[1:] == [["1", '5" rør'], ["2", "to\nlinjer"]]


def test_ten_thousand_columns(write_file: Callable[..., Path]) -> None:
    names = [f"c{i}" for i in range(10_000)]
    rows = read(write_file("f.csv", ";".join(names) + "\n" + ";".join("1" * 10_000) + "\n"))
    assert rows[0] == names
    assert rows[1] == ["1"] * 10_000
