"""Open opportunities and what they are worth."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.errors import BadInput
from roi.pipeline import register_probabilities

if TYPE_CHECKING:
    from collections.abc import Callable

LEADS = {"leads": [{"lead_id": "l1"}, {"lead_id": "l2", "segment": "IT"}, {"lead_id": "l3", "segment": "Food"}]}


def open_case(lead: str, **more: Any) -> dict[str, Any]:
    return {"opportunity_id": f"o-{lead}", "lead_id": lead, **more}


def stage(lead: str, name: str, amount: int | None, day: str = "2026-02-01") -> dict[str, Any]:
    return {"opportunity_id": f"o-{lead}", "stage": name, "amount_minor": amount, "occurred_at": day}


@pytest.mark.parametrize(
    ("stages", "expected"),
    [
        ([stage("l1", "demo", 1000)], 250),
        ([stage("l1", "demo", 1000), stage("l1", "proposal", 2000, "2026-03-01")], 500),
        ([stage("l1", "demo", 1000), stage("l1", "proposal", None, "2026-03-01")], 250),  # latest stated
        ([], 100),  # the campaign's usual deal
        ([stage("l1", "demo", 1000), stage("l1", "lost", None, "2026-03-01")], 0),
        ([stage("l1", "lost", 1000), stage("l1", "demo", None, "2026-03-01")], 250),  # opened again
        ([stage("l1", "demo", 1000), stage("l1", "lost", None, "2026-07-01")], 250),  # lost, but later
        ([stage("l1", "won", 1000)], 0),
    ],
)
def test_amount_times_probability(
    make_tables: Callable[..., Any], report: Any, stages: list[dict[str, Any]], expected: int
) -> None:
    campaigns = [{"campaign_id": "k1", "deal_amount_minor": 400}]
    tables = make_tables(**LEADS, campaigns=campaigns, opportunities=[open_case("l1")], opportunity_stages=stages)
    assert report(tables, {"l1": 0.25}).total.weighted_pipeline_minor == expected


@pytest.mark.parametrize(
    "ending",
    [
        {"deals": [{"lead_id": "l1", "amount_minor": 5, "occurred_at": "2026-03-01"}]},
        {"lead_stages": [{"lead_id": "l1", "stage": "lost", "occurred_at": "2026-03-01"}]},
    ],
)
def test_a_lead_with_an_outcome_has_no_open_case(
    make_tables: Callable[..., Any], report: Any, ending: dict[str, Any]
) -> None:
    tables = make_tables(
        **LEADS, opportunities=[open_case("l1")], opportunity_stages=[stage("l1", "demo", 1000)], **ending
    )
    assert report(tables, {"l1": 0.5}).total.weighted_pipeline_minor == 0


def test_groups_are_rounded_to_the_rounded_total(make_tables: Callable[..., Any], report: Any, by_key: Any) -> None:
    # a third of 100 three times is 100 in all; by itself each group would be 33
    tables = make_tables(
        **LEADS,
        opportunities=[open_case(lead) for lead in ("l1", "l2", "l3")],
        opportunity_stages=[stage(lead, "demo", 100) for lead in ("l1", "l2", "l3")],
    )
    done = report(tables, dict.fromkeys(("l1", "l2", "l3"), 1 / 3), by="segment")
    assert by_key(done, "weighted_pipeline_minor") == {"Food": 34, "IT": 33, "not stated": 33}
    assert done.total.weighted_pipeline_minor == 100


def test_what_is_not_weighted_is_said(make_tables: Callable[..., Any], report: Any) -> None:
    tables = make_tables(
        **LEADS,
        opportunities=[open_case("l1"), open_case("l2")],
        opportunity_stages=[stage("l1", "demo", 100)],
    )
    done = report(tables, {"l2": 0.5, "l3": 0.5})
    assert done.total.weighted_pipeline_minor == 0
    assert "1 open opportunities have no close probability and are not in the weighted pipeline." in done.notes
    assert "1 open opportunities have no amount and are not in the weighted pipeline." in done.notes
    assert "1 open leads with a close probability have no opportunity and are not in the pipeline." in done.notes


def test_by_month_a_case_stands_where_it_was_taken_over(
    make_tables: Callable[..., Any], report: Any, by_key: Any
) -> None:
    cases = [open_case("l1", occurred_at="2025-11-10"), open_case("l2", occurred_at="2026-02-10")]
    stages = [stage(lead, "demo", 100) for lead in ("l1", "l2")]
    tables = make_tables(**LEADS, opportunities=cases, opportunity_stages=stages)
    done = report(tables, {"l1": 0.5, "l2": 0.1}, by="month")
    assert by_key(done, "weighted_pipeline_minor") == {"2025-11": 50, "2026-02": 10}
    assert "1 open opportunities from before the window stand in their own, earlier months." in done.notes


@pytest.mark.parametrize(
    ("columns", "says"),
    [
        ({"lead_id": ["l1"]}, "no column probability"),
        ({"lead_id": ["l1", "l1"], "probability": [0.1, 0.2]}, "the lead l1 has two probabilities"),
        ({"lead_id": ["l1"], "probability": [1.5]}, "the probability 1.5 of lead l1 is not within 0 and 1"),
    ],
)
def test_probabilities_that_are_none(columns: dict[str, Any], says: str) -> None:
    with pytest.raises(BadInput) as refused:
        register_probabilities(None, pd.DataFrame(columns))
    assert says in str(refused.value)
