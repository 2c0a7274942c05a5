"""Age of the lead, season, next action."""

from __future__ import annotations

import pytest

LEAD = {
    "lead_id": "lead",
    "campaign_id": "campaign",
    "company_id": "company",
    "next_action_at": "2025-06-05T12:00",
    "occurred_at": "2025-01-01",
}


@pytest.mark.parametrize(
    ("as_of", "name", "expected"),
    [
        ("2025-06-01", "lead_age_days", 151),
        ("2025-06-01", "month", 6),
        ("2025-05-31T23:59:59", "month", 5),
        ("2025-06-01", "days_until_next_action", 4.5),
        ("2025-06-06", "days_until_next_action", -0.5),
    ],
)
def test_timing(answer, as_of, name, expected):
    assert answer(as_of, leads=[LEAD])[name] == expected
