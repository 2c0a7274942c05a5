from __future__ import annotations

import json
from typing import Any

import pytest
from pydantic import ValidationError

from data.contract import CONTRACT
from data.frames import arrow_schema
from serving.contract_rows import ROW_MODELS, RowsByTable, rows_to_tables

CALL = {
    "call_id": "a",
    "lead_id": "b",
    "talk_seconds": 3,
    "disposition": "callback",
    "occurred_at": "2026-06-17T10:00:00+02:00",
}
LEAD = {"lead_id": "b", "campaign_id": "g", "company_id": "k", "occurred_at": "2026-06-01T00:00:00Z"}


def read(**tables: list[dict[str, Any]]) -> Any:
    return rows_to_tables(RowsByTable.model_validate_json(json.dumps(tables)))


def test_rows_become_contract_tables() -> None:
    tables = read(calls=[CALL], leads=[LEAD | {"attributes": {"beds": 4, "chain": "Nørd"}}])
    assert set(tables) == {"calls", "leads"}
    assert tables["calls"].schema == arrow_schema(CONTRACT["calls"])
    row = tables["calls"].to_pylist()[0]
    assert row["occurred_at"].isoformat() == "2026-06-17T08:00:00+00:00"
    assert row["known_at"] == row["occurred_at"]
    assert row["agent_id"] is None
    assert tables["leads"].to_pylist()[0]["attributes"] == '{"beds": 4, "chain": "Nørd"}'


def test_whole_numbers_keep_every_digit() -> None:
    most = 2**63 - 1
    deal = {"deal_id": "d", "lead_id": "b", "amount_minor": most, "currency": "DKK", "occurred_at": CALL["occurred_at"]}
    lower = deal | {"deal_id": "e", "amount_minor": 1, "margin_minor": None}
    assert read(deals=[deal, lower])["deals"]["amount_minor"].to_pylist() == [most, 1]


def test_every_table_but_the_scores_has_a_model_with_its_fields() -> None:
    assert set(ROW_MODELS) == set(CONTRACT) - {"scores"}
    for name, model in ROW_MODELS.items():
        assert set(model.model_fields) == {*CONTRACT[name].names, "superseded_at"}


@pytest.mark.parametrize(
    "change",
    [
        {"talk_seconds": -1},
        {"talk_seconds": "3"},
        {"talk_seconds": 3.5},
        {"talk_seconds": 2**63},
        {"talk_seconds": None},
        {"disposition": "hung up"},
        {"occurred_at": "2026-06-17T10:00:00"},
        {"occurred_at": "1200-01-01T00:00:00Z"},
        {"occurred_at": "2026-02-30T00:00:00Z"},
        {"known_at": "9999-12-31T23:59:59Z"},
        {"lead_id": ""},
        {"lead_id": "a\x00b"},
        {"lead_id": "x" * 201},
        {"duration": 4},
    ],
)
def test_what_the_contract_refuses(change: dict[str, Any]) -> None:
    with pytest.raises(ValidationError) as caught:
        read(calls=[CALL | change])
    assert "input_value" not in str(caught.value)


def test_a_share_is_a_finite_number_up_to_one() -> None:
    stage = {"opportunity_stage_id": "s", "opportunity_id": "o", "stage": "demo", "occurred_at": CALL["occurred_at"]}
    assert read(opportunity_stages=[stage | {"stated_probability": 1}])
    for wrong in (1.01, -0.1, float("nan"), float("inf")):
        with pytest.raises(ValidationError):
            read(opportunity_stages=[stage | {"stated_probability": wrong}])
