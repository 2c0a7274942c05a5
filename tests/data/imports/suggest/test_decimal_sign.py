"""The decimal signs of a file: tables of columns, the signs that they tell, and what stays open and is asked for."""

from __future__ import annotations

import pandas as pd
import pytest

from data.imports.suggest.decimal_sign import SignSurvey, explain_choice


def survey(*chunks: list[list[str]]) -> tuple[str, dict[str, str], list[str]]:
    found = SignSurvey()
    for columns in chunks:
        rows = pd.DataFrame({f"c{i}": pd.Series(column, dtype="str") for i, column in enumerate(columns)})
        found.add(rows.fillna(""))
    signs, still_open = found.settle()
    return signs.decimal, dict(signs.decimals), list(still_open)


@pytest.mark.parametrize(
    ("columns", "sign", "own", "open_columns"),
    [
        ([["12.500", "7"]], ".", {}, ["c0"]),
        ([["1.250.000", "12.500"]], ",", {}, []),
        ([["12.500,75", "12.500"]], ",", {}, []),
        ([["12,5"], ["12.500"]], ",", {}, []),  # a file with a decimal comma parts thousands with the point
        ([["62.01"], ["12.500"]], ".", {}, ["c1"]),  # beside a decimal point it can be either
        ([["62,01"], ["12,500"]], ",", {}, ["c1"]),
        ([["62.01"], ["1,5"], ["12.500"]], ",", {"c0": "."}, ["c2"]),  # columns that differ settle nothing
        ([["62.01"], ["1,5"], ["12,500"]], ",", {"c0": "."}, ["c2"]),
        ([["62.01", "12.500"]], ".", {}, []),
        ([["12,500"], ["12.5"]], ".", {}, []),
        ([["12,500"]], ".", {}, ["c0"]),
        ([["12,500.75", "12,500"]], ".", {}, []),
        ([["0.125", "12.500"]], ".", {}, []),
        ([["55.676098", "55.676"], ["12.568", "9.921"]], ".", {}, ["c1"]),
        ([["55.676098"], ["12.500,75"]], ",", {"c0": "."}, []),
        ([["55.676", "12.568"], ["", "-1.000"]], ".", {}, ["c0", "c1"]),
        ([["1234.567"]], ".", {}, []),
        ([["03.02.2025", "04.02.2025"], ["Aps, Ltd.", ""]], ".", {}, []),
        ([["n/a", "12,5"]], ",", {}, []),
        ([["12.500,75", "12,500.75"]], ".", {}, []),  # no sign reads both: a text
        ([["1", "2"], ["", ""]], ".", {}, []),
    ],
)
def test_what_columns_tell(columns: list[list[str]], sign: str, own: dict[str, str], open_columns: list[str]) -> None:
    assert survey(columns) == (sign, own, open_columns)


def test_the_last_row_of_the_last_chunk_counts() -> None:
    assert survey([["12.500"]], [["1"]], [["7.250"]]) == (".", {}, ["c0"])
    assert survey([["12.500"]], [["1"]], [["7.25"]]) == (".", {}, [])
    assert survey([["12.500"]], [["1"]], [["7,25"]]) == (",", {}, [])


@pytest.mark.parametrize(
    ("text", "says"),
    [
        ("12.500", "'12.500' can be 12.5 (decimals: '.') or 12500 (','), as three digits follow each point; keep one."),
        ("12,500", "'12,500' can be 12500 (decimals: '.') or 12.5 (','), as three digits follow each comma; keep one."),
    ],
)
def test_what_stays_open_is_asked(text: str, says: str) -> None:
    assert explain_choice("Pris", text) == f"Column 'Pris': {says}"
