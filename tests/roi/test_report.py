"""The whole report: the worked example, and that every split adds up."""

from __future__ import annotations

import json
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from data.errors import BadInput
from roi import DIMENSIONS, describe_measures
from roi.measures import COSTS, COUNTS

if TYPE_CHECKING:
    from collections.abc import Callable

ADDITIVE = (*COUNTS, *COSTS, "cost_minor")


def worked_example() -> dict[str, list[dict[str, Any]]]:
    """250,000 kr: 125 days of 8 hours at 200 kr, and 50,000 kr for data. 18 cases, of which 6 are won."""
    leads = [f"l{place:02d}" for place in range(40)]
    cases, won = leads[:18], leads[:6]
    return {
        "leads": [{"lead_id": lead} for lead in leads],
        "agent_hours": [{"worked_seconds": 28_800, "hourly_rate_minor": 20_000}] * 125,
        "costs": [{"campaign_id": "k1", "category": "data", "amount_minor": 5_000_000}],
        "lead_stages": [{"lead_id": lead, "stage": "qualified"} for lead in leads],
        "opportunities": [{"opportunity_id": f"o-{lead}", "lead_id": lead} for lead in cases],
        "opportunity_stages": [
            {"opportunity_id": f"o-{lead}", "stage": "proposal", "amount_minor": 10_000_000} for lead in cases
        ],
        "deals": [{"lead_id": lead, "amount_minor": 20_000_000, "occurred_at": "2026-05-05"} for lead in won],
    }


def test_the_worked_example(make_tables: Callable[..., Any], report: Any) -> None:
    done = report(make_tables(**worked_example()), {f"l{place:02d}": 0.5 for place in range(6, 40)})
    expected = {
        "qualified_leads": 40,
        "opportunities": 18,
        "deals": 6,
        "revenue_minor": 120_000_000,
        "weighted_pipeline_minor": 60_000_000,
        "cost_minor": 25_000_000,
        "cost_hours_minor": 20_000_000,
        "roi_closed": 3.8,
        "roi_with_pipeline": 6.2,
        "cpl_minor": 625_000,
        "cpa_minor": 4_166_667,
    }
    assert {name: done.total[name] for name in expected} == expected
    assert {name: done.rows[name].iloc[0] for name in expected} == expected
    assert done.currency == "DKK"
    assert done.rows["ref"].tolist() == ["roi:campaign=k1:2026-01-01:2026-07-01:period"]
    assert done.rows["label"].tolist() == ["Campaign"]


def test_flat_data_has_no_calls_and_says_so(make_tables: Callable[..., Any], report: Any) -> None:
    tables = make_tables(
        leads=[{"lead_id": "l1", "segment": "IT"}, {"lead_id": "l2", "segment": "Food"}],
        costs=[{"lead_id": lead, "amount_minor": 500} for lead in ("l1", "l2")],
        deals=[{"lead_id": "l1", "amount_minor": 3000}],
    )
    done = report(tables, {"l2": 0.2}, by="segment")
    assert done.rows["roi_closed"].tolist() == [-1.0, 5.0]
    assert done.total.contact_rate is None
    assert done.notes[0].startswith("There is no call data")


def test_as_json_is_plain(make_tables: Callable[..., Any], report: Any) -> None:
    done = report(make_tables(**worked_example()))
    told = json.loads(json.dumps(done.as_json(), allow_nan=False))
    assert (told["by"], told["basis"], told["currency"]) == ("campaign", "period", "DKK")
    assert told["start"] == "2026-01-01T00:00:00+00:00"
    assert list(told["total"]) == list(describe_measures())
    assert told["rows"][0]["cpa_minor"] == 4_166_667
    assert told["rows"][0]["contact_rate"] is None
    assert told["total"]["ref"] == "roi:campaign=*:2026-01-01:2026-07-01:period"
    assert tuple(told["notes"]) == done.notes


def test_an_unknown_dimension(make_tables: Callable[..., Any], report: Any) -> None:
    with pytest.raises(BadInput, match="campaign, segment, agent, month, client, list"):
        report(make_tables(), by="weekday")


PLACES = st.integers(0, 5)
DAYS = st.sampled_from(["2025-11-20", "2025-12-31T23:30:00", "2026-01-20", "2026-03-31T22:30:00", "2026-06-30"])
AGENTS = st.sampled_from(["a1", "a2", None])
CAMPAIGN = st.sampled_from(["k1", "k2", "k3", None])
LEAD = PLACES.map(lambda place: f"l{place}")  # l5 is not known
AMOUNT = st.integers(0, 10**7)


def rows(**columns: st.SearchStrategy[Any]) -> st.SearchStrategy[list[dict[str, Any]]]:
    return st.lists(st.fixed_dictionaries({**columns, "occurred_at": DAYS}), max_size=6)


WORLDS = st.fixed_dictionaries(
    {
        "leads": st.lists(
            st.fixed_dictionaries(
                {
                    "campaign_id": st.sampled_from(["k1", "k2", "k3"]),
                    "segment": st.sampled_from(["IT", "Food", None]),
                    "list_id": st.sampled_from(["b1", "b2", None]),
                    "occurred_at": DAYS,
                }
            ),
            min_size=5,
            max_size=5,
        ).map(lambda leads: [{"lead_id": f"l{place}", **lead} for place, lead in enumerate(leads)]),
        "calls": rows(lead_id=LEAD, agent_id=AGENTS, disposition=st.sampled_from(["busy", "callback"])),
        "meetings": rows(lead_id=LEAD, call_id=st.sampled_from(["calls-0", "calls-1", None])),
        "opportunities": rows(lead_id=LEAD),
        "opportunity_stages": rows(
            opportunity_id=PLACES.map(lambda place: f"opportunities-{place}"),
            stage=st.sampled_from(["demo", "proposal", "lost"]),
            amount_minor=AMOUNT,
        ),
        "deals": rows(lead_id=LEAD, amount_minor=AMOUNT),
        "deal_reversals": rows(deal_id=PLACES.map(lambda place: f"deals-{place}"), amount_minor=AMOUNT),
        "agent_hours": rows(
            campaign_id=st.sampled_from(["k1", "k3"]),
            agent_id=st.sampled_from(["a1", "a3"]),
            worked_seconds=st.integers(0, 86_400),
            hourly_rate_minor=st.integers(0, 50_000),
        ),
        "costs": rows(
            client_id=st.sampled_from(["n1", "n2"]),
            campaign_id=CAMPAIGN,
            lead_id=st.one_of(st.none(), LEAD),
            agent_id=AGENTS,
            category=st.sampled_from(["data", "technology"]),
            amount_minor=AMOUNT,
        ),
    }
)

AGENCY = {
    "clients": [{"client_id": "n1"}, {"client_id": "n2", "time_zone": "America/New_York"}],
    "campaigns": [{"campaign_id": f"k{place}", "client_id": f"n{1 + place // 3}"} for place in (1, 2, 3)],
}


@settings(max_examples=8, deadline=None, derandomize=True)
@given(
    world=WORLDS,
    chances=st.lists(st.floats(0, 1), min_size=5, max_size=5),
    basis=st.sampled_from(["period", "cohort"]),
)
def test_every_split_adds_up_to_the_same_total(
    make_tables: Callable[..., Any], report: Any, world: dict[str, Any], chances: list[float], basis: str
) -> None:
    tables = make_tables(**AGENCY, **world)
    given_chances = {f"l{place}": chance for place, chance in enumerate(chances)}
    totals = set()
    for by in DIMENSIONS:
        done = report(tables, given_chances, by=by, basis=basis)
        assert {name: int(done.rows[name].sum()) for name in ADDITIVE} == {name: done.total[name] for name in ADDITIVE}
        totals.add(tuple(done.total[name] for name in ADDITIVE))
    assert len(totals) == 1


def test_nothing_booked_is_lost(make_tables: Callable[..., Any], report: Any) -> None:
    world = worked_example()
    world["costs"] += [
        {"amount_minor": 3},
        {"campaign_id": "k9", "amount_minor": 5},
        {"lead_id": "x", "amount_minor": 7},
    ]
    for by in DIMENSIONS:
        assert report(make_tables(**world), by=by).total.cost_minor == 25_000_015
