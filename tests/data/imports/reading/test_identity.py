"""Identity of rows without a key."""

from __future__ import annotations

import pandas as pd
from hypothesis import given
from hypothesis import strategies as st

from data.imports.reading.identity import RowIdentifier, hash_content

ROWS = st.lists(st.tuples(st.text(max_size=3), st.text(max_size=3)), min_size=1, max_size=20)


def identify(rows: list[tuple[str, str]], source: str = "s", chunk: int = 1000) -> list[str]:
    frame, identifier = pd.DataFrame(rows, columns=["a", "b"], dtype="object"), RowIdentifier(source)
    pieces = [identifier.identify(frame[start : start + chunk]) for start in range(0, len(frame), chunk)]
    return pd.concat(pieces).tolist()


@given(rows=ROWS, chunk=st.integers(1, 5))
def test_rows_differ_and_chunks_do_not_matter(rows: list[tuple[str, str]], chunk: int) -> None:
    found = identify(rows)
    assert len(set(found)) == len(rows)
    assert identify(rows, chunk=chunk) == found
    assert not set(identify(rows, "other")) & set(found)


def test_equal_rows_are_told_apart_by_which_they_are() -> None:
    row, other = ("x", "y"), ("a", "b")
    assert identify([row, other, row])[:2] == identify([row, other])
    assert set(identify([other, row, row])) == set(identify([row, other, row]))


def test_fields_do_not_run_into_each_other() -> None:
    assert hash_content("s", ("ab", "c")) != hash_content("s", ("a", "bc"))
    assert hash_content("s", ("a\x1fb",)) != hash_content("s", ("a", "b"))
