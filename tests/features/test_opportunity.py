"""A sales case whose amount and probability change."""

from __future__ import annotations

import pytest

ROWS = {
    "opportunities": [{"opportunity_id": "o1", "lead_id": "lead", "currency": "DKK", "occurred_at": "2025-02-01"}],
    "opportunity_stages": [
        {
            "opportunity_stage_id": "p1",
            "opportunity_id": "o1",
            "stage": "discovery",
            "amount_minor": 5_000_000,
            "stated_probability": 0.1,
            "occurred_at": "2025-02-01",
        },
        {
            "opportunity_stage_id": "p2",
            "opportunity_id": "o1",
            "stage": "proposal",
            "amount_minor": None,
            "stated_probability": 0.4,
            "occurred_at": "2025-02-11",
        },
    ],
}


@pytest.mark.parametrize(
    ("as_of", "name", "expected"),
    [
        ("2025-02-21", "opportunities", 1),
        ("2025-02-21", "opportunity_stage", "proposal"),
        ("2025-02-21", "days_in_opportunity_stage", 10),
        ("2025-02-21", "opportunity_amount_minor", 5_000_000),  # last stated, if not at the last change
        ("2025-02-21", "stated_probability", 0.4),
        ("2025-02-05", "stated_probability", 0.1),
        ("2025-01-31", "opportunities", 0),
        ("2025-01-31", "opportunity_stage", None),
    ],
)
def test_opportunity(answer, as_of, name, expected):
    assert answer(as_of, **ROWS)[name] == expected
