from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from data.contract import CONTRACT, Kind
from training import ask_open_leads, score_questions

NOON = datetime(2026, 6, 17, 10, 0, tzinfo=UTC)


ROWS_OF = (
    "clients",
    "campaigns",
    "companies",
    "contacts",
    "consents",
    "lists",
    "leads",
    "lead_stages",
    "trigger_signals",
    "calls",
    "meetings",
    "meeting_outcomes",
    "touches",
    "opportunities",
    "opportunity_stages",
    "deals",
)


def jsonable(name: str, row: dict[str, Any]) -> dict[str, Any]:
    kinds = {field.name: field.kind for field in CONTRACT[name].columns}
    return {
        column: value.isoformat()
        if isinstance(value, datetime)
        else json.loads(value)
        if kinds.get(column) is Kind.ATTRIBUTES and value is not None
        else value
        for column, value in row.items()
    }


@pytest.fixture(scope="module")
def question(world: Any) -> dict[str, Any]:
    """Ten open leads with their rows; entities and the rest of the tables are sent whole."""
    leads = ask_open_leads(world.tables, NOON)["lead_id"].tolist()[:10]
    chosen = world.tables["leads"].filter(pc.is_in(world.tables["leads"]["lead_id"], pa.array(leads)))
    rows = {}
    for name in ROWS_OF:
        table = world.tables[name]
        for key in ("lead_id", "campaign_id", "company_id", "contact_id", "list_id"):
            if key in table.column_names and (key == "lead_id" or CONTRACT[name].key == key):
                table = table.filter(pc.is_in(table[key], chosen[key].combine_chunks()))
                break
        rows[name] = [jsonable(name, row) for row in table.to_pylist()]
    return {"lead_ids": leads, "as_of": NOON.isoformat(), "tables": rows}


def test_the_same_probabilities_as_offline_bit_for_bit(
    world: Any, visitor: Any, bearer: dict[str, str], question: dict[str, Any]
) -> None:
    answer = visitor.post("/score", json=question, headers=bearer)
    assert answer.status_code == 200
    given = answer.json()["scores"]
    asked = pd.DataFrame({"lead_id": question["lead_ids"], "as_of": pd.Timestamp(NOON).as_unit("us")})
    offline = score_questions(world.tables, asked, world.artefact).scores
    for name in (
        "lead_id",
        "probability",
        "probability_180_days",
        "probability_90_days",
        "expected_amount_minor",
        "expected_value_minor",
    ):
        assert [row[name] for row in given] == offline[name].tolist()
    assert {row["model_version"] for row in given} == {world.artefact.version}
    assert {len(row["reasons"]) for row in given} == {3}
    strongest = [[abs(why["effect"]) for why in row["reasons"]] for row in given]
    assert all(effects == sorted(effects, reverse=True) for effects in strongest)


def test_no_reasons_when_none_are_wanted(visitor: Any, bearer: dict[str, str], question: dict[str, Any]) -> None:
    answer = visitor.post("/score", json=question | {"reasons": 0}, headers=bearer)
    assert [row["reasons"] for row in answer.json()["scores"]] == [[]] * 10


def test_a_lead_without_rows_is_refused_in_one_sentence(
    visitor: Any, bearer: dict[str, str], question: dict[str, Any]
) -> None:
    answer = visitor.post("/score", json=question | {"lead_ids": ["nobody"]}, headers=bearer)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("the lead nobody is not visible at 2026-06-17")


def test_an_unknown_table_is_refused(visitor: Any, bearer: dict[str, str], question: dict[str, Any]) -> None:
    answer = visitor.post("/score", json=question | {"tables": {"ledes": []}}, headers=bearer)
    assert answer.status_code == 400
    assert answer.json()["error"].startswith("field 'tables.ledes' is not known; correct its name or leave it out.")
