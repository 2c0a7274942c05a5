"""Which agent has the credit."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

LEAD = {"leads": [{"lead_id": "l1"}, {"lead_id": "l2"}]}
BOOKING = {
    "call_id": "c1",
    "agent_id": "booker",
    "disposition": "meeting_booked",
    "occurred_at": "2026-01-10",
}
CONNECT = {"call_id": "c2", "agent_id": "talker", "disposition": "callback", "occurred_at": "2026-02-10"}
ATTEMPT = {"call_id": "c3", "agent_id": "dialler", "disposition": "busy", "occurred_at": "2026-03-10"}
LATE = {"call_id": "c4", "agent_id": "late", "disposition": "interested", "occurred_at": "2026-05-10"}
NOBODY = {"call_id": "c5", "agent_id": None, "disposition": "callback", "occurred_at": "2026-03-20"}
ELSEWHERE = {"call_id": "c6", "lead_id": "l2", "agent_id": "other", "disposition": "interested"}
MEETING = {"meeting_id": "m1", "lead_id": "l1", "starts_at": "2026-01-20", "occurred_at": "2026-01-10"}


@pytest.mark.parametrize(
    ("calls", "booked_by", "agent"),
    [
        ([BOOKING, CONNECT, ATTEMPT], "c1", "booker"),
        ([BOOKING, CONNECT, ATTEMPT], None, "talker"),
        ([CONNECT, ATTEMPT], "lost", "talker"),
        ([ATTEMPT, LATE], "lost", "dialler"),
        ([CONNECT, NOBODY], "c5", "talker"),
        ([LATE, ELSEWHERE], "lost", "not allocated"),
        ([{**CONNECT, "occurred_at": "2026-04-01"}], None, "talker"),  # at the moment of the event: before it
    ],
)
def test_a_deal_is_the_agents_who_made_the_meeting(
    make_tables: Callable[..., Any], report: Any, by_key: Any, calls: Any, booked_by: str | None, agent: str
) -> None:
    tables = make_tables(
        **LEAD,
        calls=[{"lead_id": "l1", **call} for call in calls],
        meetings=[{**MEETING, "call_id": booked_by}],
        deals=[{"lead_id": "l1", "amount_minor": 500, "occurred_at": "2026-04-01"}],
    )
    revenue = by_key(report(tables, by="agent"), "revenue_minor")
    assert {key: value for key, value in revenue.items() if value} == {agent: 500}


def test_a_meeting_is_its_own_callers_and_stays_so(make_tables: Callable[..., Any], report: Any, by_key: Any) -> None:
    # both were entered after somebody else had talked to the lead; the first names its call
    first = {"call_id": "c1", "occurred_at": "2026-02-11"}
    second = {"meeting_id": "m2", "call_id": None, "occurred_at": "2026-02-11"}
    tables = make_tables(
        **LEAD,
        calls=[{"lead_id": "l1", **call} for call in (BOOKING, CONNECT, LATE)],
        meetings=[{**MEETING, **first}, {**MEETING, **second}],
        meeting_outcomes=[
            {"meeting_id": meeting, "outcome": "held", "occurred_at": "2026-06-01"} for meeting in ("m1", "m2")
        ],
    )
    done = report(tables, by="agent")
    assert by_key(done, "meetings_booked") == {"booker": 1, "late": 0, "talker": 1}
    assert by_key(done, "meetings_held") == {"booker": 1, "late": 0, "talker": 1}


def test_of_two_calls_at_one_moment_the_later_key_counts(
    make_tables: Callable[..., Any], report: Any, by_key: Any
) -> None:
    calls = [
        {"call_id": call, "lead_id": "l1", "agent_id": agent, "disposition": "callback"}
        for call, agent in (("c2", "second"), ("c1", "first"))
    ]
    stages = [{"lead_id": "l1", "stage": "qualified", "occurred_at": "2026-02-01"}]
    done = report(make_tables(**LEAD, calls=calls, lead_stages=stages), by="agent")
    assert by_key(done, "qualified_leads") == {"first": 0, "second": 1}
