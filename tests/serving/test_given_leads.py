from __future__ import annotations

import json
from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pyarrow as pa
import pyarrow.compute as pc
import pytest

from data.contract import CONTRACT, Kind
from serving.graded_scores import grade_scores
from training import ask_open_leads, explain_scores, score_questions

NOON = datetime(2026, 6, 17, 10, 0, tzinfo=UTC)
LATER = NOON + timedelta(microseconds=1)


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
        "probability_low",
        "probability_high",
        "probability_180_days",
        "probability_90_days",
        "score",
        "expected_amount_minor",
        "expected_value_minor",
    ):
        assert [row[name] for row in given] == offline[name].tolist()
    assert {row["model_version"] for row in given} == {world.artefact.version}
    assert {len(row["reasons"]) for row in given} == {3}
    strongest = [[abs(why["effect"]) for why in row["reasons"]] for row in given]
    assert all(effects == sorted(effects, reverse=True) for effects in strongest)


def test_score_and_grade_are_those_of_one_lead_and_of_the_list(
    world: Any, visitor: Any, bearer: dict[str, str], question: dict[str, Any]
) -> None:
    given = visitor.post("/score", json=question, headers=bearer).json()["scores"]
    asked = pd.DataFrame({"lead_id": question["lead_ids"], "as_of": pd.Timestamp(NOON).as_unit("us")})
    offline = score_questions(world.tables, asked, world.artefact).scores
    graded = grade_scores(world.store, offline, world.artefact, world.settings.grading)
    assert [(row["score"], row["grade"]) for row in given] == list(zip(graded["score"], graded["grade"], strict=True))
    assert {row["trend"] for row in given} == {None}  # nothing was scored before noon
    later = visitor.post("/score", json=question | {"as_of": LATER.isoformat()}, headers=bearer).json()["scores"]
    assert {row["trend"] for row in later} <= {"up", "steady", "down"}
    assert {row["score"] for row in later} == {int(world.artefact.scale.score(row["probability"])) for row in later}


def test_the_trend_of_another_clients_leads_is_not_told(
    visitor: Any, other_client: dict[str, str], question: dict[str, Any], world: Any
) -> None:
    clients = world.tables["campaigns"].to_pandas().set_index("campaign_id")["client_id"]
    campaigns = world.tables["leads"].to_pandas().set_index("lead_id")["campaign_id"]
    later = question | {"as_of": LATER.isoformat()}
    given = visitor.post("/score", json=later, headers=other_client).json()["scores"]
    foreign = [row["trend"] for row in given if clients[campaigns[row["lead_id"]]] == clients[world.campaign]]
    assert foreign
    assert set(foreign) == {None}


@pytest.mark.parametrize(
    ("ask", "address", "header"),
    [({"language": "da"}, "/score", "en"), ({}, "/score?lang=da", "en"), ({}, "/score", "da-DK, en;q=0.5")],
)
def test_reasons_in_danish(
    world: Any, visitor: Any, bearer: dict[str, str], question: dict[str, Any], ask: Any, address: str, header: str
) -> None:
    one = question | {"lead_ids": question["lead_ids"][:1]} | ask
    answer = visitor.post(address, json=one, headers=bearer | {"Accept-Language": header})
    asked = pd.DataFrame({"lead_id": one["lead_ids"], "as_of": pd.Timestamp(NOON).as_unit("us")})
    scored = score_questions(world.tables, asked, world.artefact)
    (reasons,) = explain_scores(world.artefact, scored.matrix, language="da")
    assert answer.json()["scores"][0]["reasons"] == [
        {
            "group": why.group,
            "feature": why.feature,
            "text": why.text,
            "effect": why.effect,
            "direction": why.direction,
        }
        for why in reasons
    ]


def test_a_language_that_is_not_known_is_refused(
    visitor: Any, bearer: dict[str, str], question: dict[str, Any]
) -> None:
    answer = visitor.post("/score?lang=sv", json=question, headers=bearer)
    assert (answer.status_code, answer.json()["error"]) == (
        400,
        "the language 'sv' is not known; use one of en, da.",
    )


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
