from __future__ import annotations

from typing import Any

import pytest
from pydantic import ValidationError

from data.contract.codes import DISPOSITIONS
from serving.messages import LEADS_MOST, CallReport, ScoreQuestion

CALL: dict[str, Any] = {
    "call_id": "c",
    "lead_id": "l",
    "agent_id": "a",
    "occurred_at": "2026-06-17T10:00:00Z",
    "talk_seconds": 0,
    "disposition": "busy",
}


@pytest.mark.parametrize("disposition", DISPOSITIONS)
def test_every_disposition_of_the_contract_can_be_reported(disposition: str) -> None:
    assert CallReport.model_validate(CALL | {"disposition": disposition}).disposition == disposition


@pytest.mark.parametrize(
    "change",
    [
        {"disposition": "BUSY"},
        {"talk_seconds": -1},
        {"talk_seconds": 86_401},
        {"talk_seconds": True},
        {"occurred_at": "17/06/2026"},
        {"occurred_at": "2026-06-17T10:00:00"},
        {"call_id": ""},
        {"note": "spoke to her"},
    ],
)
def test_what_cannot_be_reported(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError):
        CallReport.model_validate(CALL | change)


@pytest.mark.parametrize("leads", [[], ["l"] * (LEADS_MOST + 1)])
def test_how_many_leads_may_be_scored_at_once(leads: list[str]) -> None:
    with pytest.raises(ValidationError):
        ScoreQuestion.model_validate({"lead_ids": leads, "tables": {}})
