"""The stage of a lead and the time in it."""

from __future__ import annotations

import pytest

STAGES = [
    {"lead_stage_id": "s1", "lead_id": "lead", "stage": "new", "occurred_at": "2025-01-01"},
    {"lead_stage_id": "s2", "lead_id": "lead", "stage": "contacted", "occurred_at": "2025-01-10"},
    {"lead_stage_id": "s3", "lead_id": "other", "stage": "lost", "occurred_at": "2025-01-11"},
]


@pytest.mark.parametrize(
    ("as_of", "stage", "days", "changes"),
    [
        ("2025-01-13T12:00", "contacted", 3.5, 2),
        ("2025-01-10", "new", 9, 1),  # what happens at as-of is not visible
        ("2025-01-01T00:00:00.000001", "new", 1 / 86_400_000_000, 1),
    ],
)
def test_stage(answer, as_of, stage, days, changes):
    found = answer(as_of, lead_stages=STAGES)
    assert (found["stage"], found["days_in_stage"], found["stage_changes"]) == (stage, days, changes)


def test_without_history_the_stage_is_missing(answer):
    found = answer("2025-01-13")
    assert (found["stage"], found["days_in_stage"], found["stage_changes"]) == (None, None, 0)
