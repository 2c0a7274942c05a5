"""Groups, months and cohorts."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from data.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

TWO_ZONES = {
    "clients": [{"client_id": "n1"}, {"client_id": "n2", "time_zone": "America/New_York"}],
    "campaigns": [{"campaign_id": "k1"}, {"campaign_id": "k2", "client_id": "n2"}],
    "leads": [{"lead_id": "l1", "segment": "IT"}, {"lead_id": "l2", "campaign_id": "k2", "list_id": "b1"}],
}


def test_months_are_the_clients(make_tables: Callable[..., Any], report: Any, by_key: Any) -> None:
    # 22:30 UTC on 31 March is 00:30 on 1 April in Copenhagen and 18:30 on 31 March in New York
    last_night = "2026-03-31T22:30:00"
    calls = [{"lead_id": lead, "occurred_at": last_night} for lead in ("l1", "l2")]
    done = report(make_tables(**TWO_ZONES, calls=calls), by="month")
    assert by_key(done, "calls") == {"2026-03": 1, "2026-04": 1}


@pytest.mark.parametrize(
    ("by", "expected"),
    [
        ("campaign", {"k1": 1, "k2": 2, "not allocated": 1}),
        ("client", {"n1": 1, "n2": 2, "not allocated": 1}),
        ("segment", {"IT": 1, "not stated": 2, "not allocated": 1}),
        ("list", {"b1": 2, "not stated": 1, "not allocated": 1}),
        ("agent", {"a1": 3, "not allocated": 1}),
        ("month", {"2026-01": 4}),
    ],
)
def test_groups(make_tables: Callable[..., Any], report: Any, by_key: Any, by: str, expected: dict[str, int]) -> None:
    calls = [
        {"lead_id": "l1"},
        {"lead_id": "l2"},
        {"lead_id": "l2", "agent_id": None},
        {"lead_id": "unknown"},
    ]
    done = report(make_tables(**TWO_ZONES, calls=calls), by=by)
    assert by_key(done, "calls") == expected
    assert list(by_key(done, "calls")) == list(expected)  # in order, what is not allocated last


def test_a_cohort_is_the_leads_created_in_the_window(make_tables: Callable[..., Any], report: Any, by_key: Any) -> None:
    leads = [
        {"lead_id": "early", "occurred_at": "2025-12-31"},
        {"lead_id": "l1", "occurred_at": "2026-01-31T23:30:00"},  # February in Copenhagen
        {"lead_id": "l2", "occurred_at": "2026-03-01"},
    ]
    deals = [
        {"lead_id": lead, "amount_minor": amount, "occurred_at": "2026-06-15"}
        for lead, amount in (("early", 1), ("l1", 10), ("l2", 100), ("unknown", 1000))
    ]
    done = report(make_tables(leads=leads, deals=deals), by="month", basis="cohort")
    assert by_key(done, "revenue_minor") == {"2026-02": 10, "2026-03": 100}


def test_a_time_zone_that_does_not_exist(make_tables: Callable[..., Any], report: Any) -> None:
    clients = [{"client_id": "n1", "time_zone": "Europe/Kobenhavn"}]
    with pytest.raises(BadInput, match=r"the time zone 'Europe/Kobenhavn' of client n1 is not known"):
        report(make_tables(clients=clients))
