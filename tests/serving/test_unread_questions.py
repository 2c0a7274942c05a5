from __future__ import annotations

import logging
from typing import Any

import pytest
from pydantic import BaseModel, ValidationError

from serving.messages import CallReport, ScoreQuestion
from serving.unread_questions import explain_question

CALL: dict[str, Any] = CallReport.model_json_schema()["example"]
SCORE: dict[str, Any] = ScoreQuestion.model_json_schema()["example"]
MOMENT = "must be a moment with its time zone, as 2026-06-17T08:12:30Z"
NAME = "Bjørn Åkesen"


def explain(model: type[BaseModel], body: object) -> str:
    with pytest.raises(ValidationError) as raised:
        model.model_validate(body)
    return str(explain_question("a_route", raised.value))


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"call_id": ""}, "field 'call_id' must not be empty"),
        ({"call_id": "x" * 201}, "field 'call_id' must have 200 characters or fewer"),
        ({"call_id": "\0"}, "field 'call_id' must not contain a zero byte"),
        ({"talk_seconds": "8"}, "field 'talk_seconds' must be a whole number"),
        ({"talk_seconds": -1}, "field 'talk_seconds' must be 0 or more"),
        ({"talk_seconds": 86_401}, "field 'talk_seconds' must be 86400 or less"),
        ({"occurred_at": "yesterday"}, f"field 'occurred_at' {MOMENT}"),
        ({"occurred_at": "2026-06-17T08:12:30"}, f"field 'occurred_at' {MOMENT}"),
        ({"occurred_at": "1066-10-14T08:00:00Z"}, "field 'occurred_at' is wrong: give a moment between 1900 and 2200"),
        ({"disposition": NAME}, "field 'disposition' is wrong: use one of no_answer, busy,"),
        ({"name": NAME}, "field 'name' is not known; correct its name or leave it out"),
        ({"lead_id": 1, "agent_id": None}, "field 'lead_id' must be text; field 'agent_id' must be text. "),
    ],
)
def test_the_field_what_is_wrong_and_what_is_wanted(change: dict[str, Any], says: str) -> None:
    sentence = explain(CallReport, CALL | change)
    assert sentence.startswith(says)
    assert NAME not in sentence


@pytest.mark.parametrize(
    ("change", "says"),
    [
        ({"tables": {"leads": [{}]}}, "field 'tables.leads[0].lead_id' is missing; "),
        ({"tables": {"leads": {}}}, "field 'tables.leads' must be a list"),
        ({"reasons": "all"}, "field 'reasons' must be a whole number"),
        ({"lead_ids": [f"l{number}" for number in range(5_001)]}, "field 'lead_ids' must hold 5000 or fewer"),
        (
            {"tables": {"leads": [SCORE["tables"]["leads"][0] | {"attributes": {"x": [1]}}]}},
            "field 'tables.leads[0].attributes.x' must be text, a number, true, false or null. The",
        ),
    ],
)
def test_a_place_deep_in_the_body_is_named(change: dict[str, Any], says: str) -> None:
    assert explain(ScoreQuestion, SCORE | change).startswith(says)


def test_of_many_faults_some_are_told() -> None:
    sentence = explain(CallReport, {f"field {number}": number for number in range(10)})
    assert sentence.count("field '") == 5
    assert "; 11 more. " in sentence


def test_the_log_is_told_the_kinds_of_fault_alone(caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.WARNING):
        explain(CallReport, CALL | {NAME: NAME, "lead_id": 1})
    (record,) = caplog.records
    assert "extra_forbidden, string_type" in record.getMessage()
    assert NAME not in record.getMessage()
