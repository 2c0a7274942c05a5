"""Costs that name no group, shared by seconds, calls and leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

CAMPAIGNS = [{"campaign_id": "k1"}, {"campaign_id": "k2"}]
LEADS = [
    {"lead_id": "l1", "segment": "IT"},
    {"lead_id": "l2", "segment": "Food"},
    {"lead_id": "l3", "segment": "Food", "campaign_id": "k2"},
]
CALLS = [
    *[{"lead_id": "l1", "agent_id": "a1"}] * 3,
    {"lead_id": "l2", "agent_id": "a2"},
    *[{"lead_id": "l3", "agent_id": "a2"}] * 4,
]
HOURS = [
    {"agent_id": "a1", "worked_seconds": 3600, "hourly_rate_minor": 30000},
    {"agent_id": "a2", "worked_seconds": 7200, "hourly_rate_minor": 15000},
]


def calls() -> list[dict[str, Any]]:
    return [dict(call) for call in CALLS]


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("agent", {"a1": 40000, "a2": 50000}),  # own hours 30000 each; 30000 by seconds, 1 : 2
        ("segment", {"Food": 22500, "IT": 67500}),  # 90000 by calls of k1, 3 : 1
        ("campaign", {"k1": 90000}),
        ("month", {"2026-01": 90000}),
    ],
)
def test_a_campaigns_costs(
    make_tables: Callable[..., Any], report: Any, by_key: Any, by: str, expected: dict[str, int]
) -> None:
    cost = {"campaign_id": "k1", "category": "technology", "amount_minor": 30000}
    tables = make_tables(campaigns=CAMPAIGNS, leads=LEADS, calls=calls(), agent_hours=HOURS, costs=[cost])
    costs = by_key(report(tables, by=by), "cost_minor")
    assert {key: value for key, value in costs.items() if value} == expected


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("campaign", {"k1": 500, "k2": 500, "not allocated": 77}),  # 4 calls each in January, none in March
        ("segment", {"Food": 625, "IT": 375, "not allocated": 77}),
        ("agent", {"a1": 375, "a2": 625, "not allocated": 77}),
        ("client", {"n1": 1077}),
        ("month", {"2026-01": 1000, "2026-03": 77}),
    ],
)
def test_a_clients_costs_go_by_the_calls_of_the_month(
    make_tables: Callable[..., Any], report: Any, by_key: Any, by: str, expected: dict[str, int]
) -> None:
    costs = [{"amount_minor": 1000}, {"amount_minor": 77, "occurred_at": "2026-03-10"}]
    done = report(make_tables(campaigns=CAMPAIGNS, leads=LEADS, calls=calls(), costs=costs), by=by)
    assert by_key(done, "cost_minor") == expected
    said = any(note.startswith(f"Not allocated to any {by}") for note in done.notes)
    assert said == ("not allocated" in expected)


def test_without_calls_leads_decide(make_tables: Callable[..., Any], report: Any, by_key: Any) -> None:
    leads = [
        {"lead_id": "l1", "segment": "IT", "occurred_at": "2026-01-10"},
        {"lead_id": "l2", "segment": "Food", "occurred_at": "2026-02-10"},
        {"lead_id": "l3", "segment": "Food", "occurred_at": "2026-02-20"},
        {"lead_id": "l4", "segment": "IT", "occurred_at": "2026-03-10"},  # not there yet
    ]
    tables = make_tables(leads=leads, costs=[{"campaign_id": "k1", "amount_minor": 300, "occurred_at": "2026-02-15"}])
    assert by_key(report(tables, by="segment"), "cost_minor") == {"Food": 200, "IT": 100}
    assert by_key(report(tables, by="agent"), "cost_minor") == {"not allocated": 300}


def test_the_share_of_a_month_does_not_depend_on_the_windows_start(
    make_tables: Callable[..., Any], report: Any, by_key: Any
) -> None:
    tables = make_tables(
        leads=LEADS,
        campaigns=CAMPAIGNS,
        calls=[{"lead_id": "l1", "occurred_at": "2025-12-31T23:30:00"}, {"lead_id": "l2"}],  # both in January
        costs=[{"campaign_id": "k1", "amount_minor": 100}],
    )
    done = report(tables, by="segment")
    assert by_key(done, "cost_minor") == {"Food": 50, "IT": 50}
    assert by_key(done, "calls") == {"Food": 1, "IT": 0}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("campaign", {"k1": 1500, "not allocated": 9}),
        ("client", {"n1": 1500, "not allocated": 9}),
        ("segment", {"IT": 1500, "not allocated": 9}),
        # a quarter of the hours of 4000 and of 2000 falls inside: a1's own, and a2's own
        ("agent", {"a1": 1000, "a2": 500, "not allocated": 9}),
        ("month", {"2026-01": 1500, "not allocated": 9}),
    ],
)
def test_a_cohort_pays_the_share_of_its_calls(
    make_tables: Callable[..., Any], report: Any, by_key: Any, by: str, expected: dict[str, int]
) -> None:
    old, new = {"lead_id": "old", "agent_id": "a1"}, {"lead_id": "new", "agent_id": "a1"}
    tables = make_tables(
        campaigns=CAMPAIGNS,
        leads=[
            {"lead_id": "old", "segment": "Food", "occurred_at": "2025-06-01"},
            {"lead_id": "new", "segment": "IT"},
        ],
        calls=[old, dict(old), dict(old), new],
        agent_hours=[
            {"agent_id": "a1", "worked_seconds": 3600, "hourly_rate_minor": 4000},
            {"agent_id": "a2", "worked_seconds": 3600, "hourly_rate_minor": 2000},
        ],
        costs=[{"campaign_id": "k2", "agent_id": "a1", "amount_minor": 9}],
    )
    done = report(tables, by=by, basis="cohort")
    assert by_key(done, "cost_minor") == expected
    assert "Costs of 45.00 fall on leads outside the cohort and are not counted." in done.notes
