"""The decimal sign of a file: tables of columns, the sign that they tell, and what stays open and is said."""

from __future__ import annotations

import pandas as pd
import pytest

from data.imports.decimal_sign import find_decimal_sign


@pytest.mark.parametrize(
    ("columns", "sign", "open_columns"),
    [
        ([["12.500", "7"]], ",", [0]),
        ([["1.250.000", "12.500"]], ",", []),
        ([["12.500,75", "12.500"]], ",", []),
        ([["12,5"], ["12.500"]], ",", []),
        ([["12,500"], ["12,5"]], ",", []),
        ([["12,500"]], ".", [0]),
        ([["12,500.75", "12,500"]], ".", []),
        ([["0.125", "12.500"]], ".", []),
        ([["55.676098", "55.676"], ["12.568", "9.921"]], ".", [1]),
        ([["55.676098"], ["12.500,75"]], ",", [0]),
        ([["55.676", "12.568"], ["", "-1.000"]], ",", [0, 1]),
        ([["1234.567"]], ".", []),
        ([["03.02.2025", "04.02.2025"], ["Aps, Ltd.", ""]], ".", []),
        ([["n/a", "12,5"]], ",", []),
        ([["1", "2"], ["", ""]], ".", []),
    ],
)
def test_what_columns_tell(columns: list[list[str]], sign: str, open_columns: list[int]) -> None:
    rows = pd.DataFrame({f"c{i}": pd.Series(column, dtype="str") for i, column in enumerate(columns)}).fillna("")
    found, notes = find_decimal_sign(rows)
    assert found == sign
    assert [note.partition(":")[0] for note in notes] == [f"Column 'c{i}'" for i in open_columns]


@pytest.mark.parametrize(
    ("column", "other", "says"),
    [
        ("12.500", "", "'12.500' is read as 12500, and could be 12.5, since three digits follow each point; if so, "
                       'write decimal = "." under [source].'),
        ("12,500", "", "'12,500' is read as 12500, and could be 12.5, since three digits follow each comma; if so, "
                       'write decimal = "," under [source].'),
        ("12.500", "0.5", "'12.500' is read as 12.5, and could be 12500, since three digits follow each point; if so, "
                          'write decimal = "," under [source].'),
        ("0.5", "1,5", "'0.5' is no number where the decimal sign is the comma, so it is taken as text."),
    ],
)  # fmt: skip
def test_what_stays_open_is_said(column: str, other: str, says: str) -> None:
    _, notes = find_decimal_sign(pd.DataFrame({"Pris": [column], "andet": [other]}, dtype="str"))
    assert notes == [f"Column 'Pris': {says}"]
