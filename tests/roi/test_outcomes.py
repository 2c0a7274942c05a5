"""Qualified leads, meetings, deals and reversals."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from collections.abc import Callable

LEAD = {"leads": [{"lead_id": "l1", "occurred_at": "2025-06-01"}, {"lead_id": "l2"}]}


def test_a_lead_is_qualified_once_at_its_first_time(make_tables: Callable[..., Any], report: Any) -> None:
    stages = [
        {"lead_id": "l1", "stage": "qualified", "occurred_at": "2025-12-01"},  # before the window
        {"lead_id": "l1", "stage": "qualified", "occurred_at": "2026-02-01"},
        {"lead_id": "l2", "stage": "qualified", "occurred_at": "2026-02-01"},
        {"lead_id": "l2", "stage": "qualified", "occurred_at": "2026-03-01"},
        {"lead_id": "l2", "stage": "meeting", "occurred_at": "2026-03-01"},
    ]
    assert report(make_tables(**LEAD, lead_stages=stages)).total.qualified_leads == 1


def test_cancelled_meetings_are_not_in_the_show_rate(make_tables: Callable[..., Any], report: Any) -> None:
    outcomes = ("held", "held", "held", "no_show", "cancelled")
    tables = make_tables(
        **LEAD,
        meetings=[{"meeting_id": f"m{place}", "lead_id": "l2", "starts_at": "2026-03-01"} for place in range(6)],
        meeting_outcomes=[
            {"meeting_id": f"m{place}", "outcome": outcome, "occurred_at": "2026-03-01"}
            for place, outcome in enumerate(outcomes)
        ],
    )
    total = report(tables).total
    assert (total.meetings_booked, total.meetings_held, total.no_shows, total.show_rate) == (6, 3, 1, 0.75)


def test_a_reversal_counts_when_the_deal_was_taken_back(
    make_tables: Callable[..., Any], report: Any, by_key: Any
) -> None:
    tables = make_tables(
        **LEAD,
        deals=[
            {"deal_id": "d1", "lead_id": "l1", "amount_minor": 5000, "occurred_at": "2025-12-01"},
            {"deal_id": "d2", "lead_id": "l2", "amount_minor": 9000, "occurred_at": "2026-02-10"},
        ],
        deal_reversals=[
            {"deal_id": "d1", "amount_minor": 5000, "occurred_at": "2026-03-10"},
            {"deal_id": "d2", "amount_minor": 1000, "occurred_at": "2026-03-20"},
            {"deal_id": "d2", "amount_minor": 8000, "occurred_at": "2026-07-01"},  # not yet
        ],
    )
    done = report(tables, by="month")
    assert by_key(done, "revenue_minor") == {"2026-02": 9000, "2026-03": -6000}
    assert by_key(done, "deals") == {"2026-02": 1, "2026-03": 0}
    assert "Revenue is reduced by 2 reversals; the deals still count as deals." in done.notes
    cohort = report(tables, by="month", basis="cohort")
    assert by_key(cohort, "revenue_minor") == {"2026-01": 8000}  # l2 alone was created in the window


def test_a_deal_that_becomes_known_later_is_not_counted(make_tables: Callable[..., Any], report: Any) -> None:
    deal = {"lead_id": "l2", "amount_minor": 700, "occurred_at": "2026-05-01", "known_at": "2026-07-10"}
    tables = make_tables(**LEAD, deals=[deal])
    assert report(tables).total.revenue_minor == 0
    assert report(tables, end=datetime(2026, 8, 1, tzinfo=UTC)).total.revenue_minor == 700
