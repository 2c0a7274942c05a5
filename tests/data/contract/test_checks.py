"""Checks of contract rows, and the declaration that they are read off."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from data.contract import CONTRACT, Kind
from data.contract.checks import LONGEST_KEY, explain, find_violations

CALL = {
    "call_id": "x",
    "lead_id": "l",
    "agent_id": None,
    "talk_seconds": 0,
    "disposition": "busy",
    "logged_by": None,
    "occurred_at": pd.Timestamp("2025-01-01", tz="UTC"),
    "known_at": pd.Timestamp("2025-01-01", tz="UTC"),
    "known_at_assumed": True,
}


def check(table: str, *rows: dict[str, Any]) -> list[tuple[int, str, str]]:
    found = find_violations(table, pd.DataFrame(list(rows)).convert_dtypes())
    return [(int(row["index"]), row["column"], row["check"]) for row in found.to_dict("records")]


def test_good_rows_have_no_violations() -> None:
    assert check("calls", CALL, CALL | {"agent_id": "a", "logged_by": "hand", "call_id": "é" * LONGEST_KEY}) == []


@pytest.mark.parametrize(
    ("change", "column", "rule", "says"),
    [
        ({"talk_seconds": -1}, "talk_seconds", "minimum", "talk_seconds must be at least 0 seconds"),
        ({"talk_seconds": None}, "talk_seconds", "required", "talk_seconds (time spoken) is required and empty"),
        ({"disposition": "bussy"}, "disposition", "code", "it is not a known disposition"),
        ({"call_id": "x" * (LONGEST_KEY + 1)}, "call_id", "length", "call_id is longer than 500 characters"),
        ({"lead_id": None}, "lead_id", "required", "lead_id (the lead) is required and empty"),
    ],
)
def test_each_violation_is_found_and_explained(change: dict[str, Any], column: str, rule: str, says: str) -> None:
    if column == "lead_id":
        says = says.replace("the lead", "who was called")
    assert check("calls", CALL, CALL | change, CALL) == [(1, column, rule)]
    reason, remedy = explain("calls", column, rule)
    assert reason == says
    assert remedy


@pytest.mark.parametrize(
    ("column", "value", "says"),
    [
        ("currency", "kr", "it is not an ISO 4217 code of three capital letters"),
        ("country", "Danmark", "it is not an ISO 3166 code of two capital letters"),
        ("time_zone", "Copenhagen", "it is not an IANA time zone, as Europe/Copenhagen"),
    ],
)
def test_texts_that_others_rely_on_have_a_form(column: str, value: str, says: str) -> None:
    clocks = {name: CALL[name] for name in ("occurred_at", "known_at", "known_at_assumed")}
    good = {"client_id": "n", "name": "N", "country": "DK", "currency": "DKK", "time_zone": "Europe/Copenhagen"}
    assert check("clients", good | {"shares_training": None} | clocks) == []
    assert check("clients", good | {"shares_training": None, column: value} | clocks) == [(0, column, "form")]
    assert explain("clients", column, "form")[0] == says


def test_all_violations_of_a_row_are_found() -> None:
    bad = CALL | {"talk_seconds": -1, "disposition": "x"}
    assert sorted(check("calls", bad)) == [(0, "disposition", "code"), (0, "talk_seconds", "minimum")]


@pytest.mark.parametrize("table", CONTRACT.values(), ids=list(CONTRACT))
def test_the_declaration_is_sound(table: Any) -> None:
    names = [field.name for field in table.columns]
    assert len(set(names)) == len(names)
    assert table.fields[0].name == table.key
    assert table[table.key].required
    assert table.grain.startswith("one row per ")
    so_far = list(CONTRACT)[: list(CONTRACT).index(table.name) + 1]
    assert all(parent in so_far for _, parent in table.references())
    for field in table.columns:
        assert bool(field.codes) == (field.kind is Kind.CODE)
        assert (field.kind is Kind.MONEY) == field.name.endswith("_minor")
        assert (field.kind is Kind.MOMENT) == field.name.endswith("_at")
    with pytest.raises(KeyError, match=f"table {table.name} has no field nonsense"):
        table["nonsense"]
