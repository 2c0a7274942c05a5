"""Costs that are tied to a group directly."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

TWO_CAMPAIGNS = [{"campaign_id": "k1"}, {"campaign_id": "k2"}, {"campaign_id": "k3"}]


def test_hours_are_divided_last_and_rounded_once(make_tables: Callable[..., Any], report: Any, by_key: Any) -> None:
    # 20 minutes at 1.00 kr: 33 1/3 øre per campaign, in two entries each; 100 øre in all
    hours = [
        {"campaign_id": campaign, "worked_seconds": seconds, "hourly_rate_minor": 100}
        for campaign in ("k1", "k2", "k3")
        for seconds in (500, 700)
    ]
    done = report(make_tables(campaigns=TWO_CAMPAIGNS, agent_hours=hours))
    assert by_key(done, "cost_hours_minor") == {"k1": 34, "k2": 33, "k3": 33}
    assert done.total.cost_minor == 100


def test_categories_stand_apart_and_booked_hours_are_added(make_tables: Callable[..., Any], report: Any) -> None:
    tables = make_tables(
        lists=[{"list_id": "b1", "client_id": "n1", "name": "List", "price_minor": 999}],
        agent_hours=[{"worked_seconds": 7200, "hourly_rate_minor": 20000}],
        costs=[
            {"campaign_id": "k1", "category": category, "amount_minor": amount}
            for category, amount in (("hours", 5), ("data", 70), ("training", 900))
        ],
    )
    total = report(tables).total
    assert (total.cost_hours_minor, total.cost_data_minor, total.cost_training_minor) == (40005, 70, 900)
    assert total.cost_minor == 40975  # the list's price is not among them


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("campaign", {"k1": 100, "k2": 20}),
        ("segment", {"Food": 20, "IT": 100}),
        ("list", {"b1": 100, "not stated": 20}),
        ("agent", {"a1": 100, "a9": 20}),
        ("client", {"n1": 120}),
        ("month", {"2026-02": 120}),
    ],
)
def test_a_leads_cost_is_its_groups(
    make_tables: Callable[..., Any], report: Any, by_key: Any, by: str, expected: dict[str, int]
) -> None:
    tables = make_tables(
        campaigns=TWO_CAMPAIGNS,
        leads=[
            {"lead_id": "l1", "segment": "IT", "list_id": "b1"},
            {"lead_id": "l2", "segment": "Food", "campaign_id": "k2"},
        ],
        calls=[{"lead_id": "l1"}],
        costs=[
            {"lead_id": "l1", "amount_minor": 100, "occurred_at": "2026-02-01"},
            {"lead_id": "l2", "amount_minor": 20, "occurred_at": "2026-02-01", "agent_id": "a9"},
        ],
    )
    costs = by_key(report(tables, by=by), "cost_minor")
    assert {key: value for key, value in costs.items() if value} == expected


@pytest.mark.parametrize(("by", "expected"), [("agent", {"a1": 50}), ("month", {"2026-02": 50})])
def test_a_cost_knows_its_own_agent_and_month(
    make_tables: Callable[..., Any], report: Any, by_key: Any, by: str, expected: dict[str, int]
) -> None:
    costs = [
        {"agent_id": "a1", "amount_minor": 50, "occurred_at": "2026-01-31T23:30:00"},  # February there
        {"agent_id": "a1", "amount_minor": 7, "occurred_at": "2025-12-31"},  # before the window
    ]
    assert by_key(report(make_tables(costs=costs), by=by), "cost_minor") == expected


def test_a_cohort_pays_from_the_month_of_its_start(make_tables: Callable[..., Any], report: Any) -> None:
    tables = make_tables(
        leads=[{"lead_id": "l1", "occurred_at": "2026-02-20"}],
        costs=[
            {"campaign_id": "k1", "amount_minor": 1, "occurred_at": "2026-01-20"},
            {"campaign_id": "k1", "amount_minor": 10, "occurred_at": "2026-02-02"},
            {"campaign_id": "k1", "amount_minor": 100, "occurred_at": "2026-06-20"},
        ],
    )
    asked = {"start": datetime(2026, 2, 15, tzinfo=UTC), "basis": "cohort"}
    assert report(tables, **asked).total.cost_minor == 110
