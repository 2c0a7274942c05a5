"""CSV for spreadsheets: no live formula, and what is written reads back."""

from __future__ import annotations

import tempfile
from pathlib import Path

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import SourceError
from data.imports.formats.spreadsheet import LIVE, guard_text, read_spreadsheet, release_text, write_spreadsheet

TEXT = st.text(st.characters(exclude_characters="\0\r", exclude_categories=["Cs"]), max_size=8)


@pytest.mark.parametrize(
    ("text", "guarded"),
    [
        ("=1+1", "'=1+1"),
        ("+45 33", "'+45 33"),
        ("-12", "-12"),
        ("-1.234,50", "-1.234,50"),
        ("+3.5", "+3.5"),
        ("-2+3", "'-2+3"),
        ("@x", "'@x"),
        ("\tx", "'\tx"),
        ("\rx", "'\rx"),
        ("'x", "''x"),
        ("x=1", "x=1"),
        ("", ""),
    ],
)
def test_live_texts_are_guarded(text: str, guarded: str) -> None:
    assert guard_text(text) == guarded
    assert release_text(guarded) == text


@given(text=TEXT)
def test_no_guarded_text_is_live(text: str) -> None:
    guarded = guard_text(text)
    assert release_text(guarded) == text
    assert not guarded.startswith(LIVE) or guarded.lstrip("+-")[0].isdigit()


@given(rows=st.lists(st.tuples(TEXT, TEXT.map(str.strip)), min_size=1, max_size=5))
def test_what_is_written_reads_back(rows: list[tuple[str, str]]) -> None:
    frame = pd.DataFrame(rows, columns=["a;b", "=c"], dtype="str")
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "q.csv"
        write_spreadsheet(frame, path)
        found = read_spreadsheet(path, frozenset({"a;b"}))
    assert found.columns.tolist() == ["a;b", "=c"]
    assert found.index.tolist() == list(range(2, len(rows) + 2))
    assert found.to_numpy().tolist() == frame.to_numpy().tolist()


def test_a_header_alone_is_told(tmp_path: Path) -> None:
    write_spreadsheet(pd.DataFrame({"a": [], "b": []}), tmp_path / "q.csv")
    with pytest.raises(SourceError, match="a header line and no rows"):
        read_spreadsheet(tmp_path / "q.csv", frozenset())
