"""Three meetings: one held, one missed, one to come."""

from __future__ import annotations

import pytest

MEETINGS = [
    {"meeting_id": "m1", "lead_id": "lead", "occurred_at": "2025-01-02", "starts_at": "2025-01-10"},
    {"meeting_id": "m2", "lead_id": "lead", "occurred_at": "2025-01-11", "starts_at": "2025-01-20"},
    {"meeting_id": "m3", "lead_id": "lead", "occurred_at": "2025-01-21", "starts_at": "2025-02-05T12:00"},
]
OUTCOMES = [
    {"meeting_id": "m1", "outcome": "no_show", "occurred_at": "2025-01-10"},
    {"meeting_id": "m2", "outcome": "held", "occurred_at": "2025-01-20"},
]


@pytest.mark.parametrize(
    ("as_of", "name", "expected"),
    [
        ("2025-02-01", "meetings_booked", 3),
        ("2025-02-01", "meetings_held", 1),
        ("2025-02-01", "no_shows", 1),
        ("2025-02-01", "last_meeting_outcome", "held"),
        ("2025-02-01", "days_since_meeting_held", 12),
        ("2025-02-01", "days_until_meeting", 4.5),
        ("2025-02-06", "days_until_meeting", None),
        ("2025-01-15", "meetings_booked", 2),
        ("2025-01-15", "meetings_held", 0),
        ("2025-01-15", "last_meeting_outcome", "no_show"),
        ("2025-01-15", "days_since_meeting_held", None),
    ],
)
def test_meetings(answer, as_of, name, expected):
    assert answer(as_of, meetings=MEETINGS, meeting_outcomes=OUTCOMES)[name] == expected


def test_outcome_of_a_meeting_not_known_yet_does_not_count(answer):
    late = [{**MEETINGS[1], "known_at": "2025-03-01"}]
    assert answer("2025-02-01", meetings=late, meeting_outcomes=OUTCOMES)["meetings_held"] == 0
