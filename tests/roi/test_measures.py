"""Ratios follow from sums, and every column is described."""

from __future__ import annotations

import pytest

from data.contract.codes import COST_CATEGORIES
from roi.measures import COLUMNS, COSTS, COUNTS, compute_ratios, describe_measures

ZERO = dict.fromkeys((*COUNTS, *COSTS, "cost_minor"), 0)


def test_every_column_is_described_once() -> None:
    assert tuple(describe_measures()) == COLUMNS
    assert len(set(COLUMNS)) == len(COLUMNS)
    assert all(describe_measures().values())
    assert {f"cost_{category}_minor" for category in COST_CATEGORIES} <= set(COLUMNS)


@pytest.mark.parametrize(
    ("sums", "ratio", "expected"),
    [
        ({"calls": 8, "connects": 2}, "contact_rate", 0.25),
        ({"talk_seconds": 90, "connects": 2}, "mean_talk_seconds", 45.0),
        ({"meetings_held": 3, "no_shows": 1}, "show_rate", 0.75),
        ({"cost_minor": 25_000_000, "qualified_leads": 40}, "cpl_minor", 625_000),
        ({"cost_minor": 25_000_000, "deals": 6}, "cpa_minor", 4_166_667),
        ({"cost_minor": 5, "deals": 2}, "cpa_minor", 3),  # half up
        ({"cost_minor": 100, "revenue_minor": 50}, "roi_closed", -0.5),
        ({"cost_minor": 100, "weighted_pipeline_minor": 150}, "roi_with_pipeline", 0.5),
        *[({}, name, None) for name in ("contact_rate", "show_rate", "cpl_minor", "cpa_minor", "roi_closed")],
    ],
)
def test_ratios(sums: dict[str, int], ratio: str, expected: float | None) -> None:
    assert compute_ratios({**ZERO, **sums})[ratio] == expected
