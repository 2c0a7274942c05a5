from __future__ import annotations

import numpy as np
import pytest

from training.intervals.follow_up import GRID
from training.intervals.shared_level import measure_drift, measure_sparseness

STEADY = np.array(GRID) / 1_000


def lead(number: int) -> np.ndarray:
    return np.tile(STEADY, (number, 1))


def test_the_variance_of_a_level_is_that_of_the_wins_it_rests_on() -> None:
    # 25 wins in each of the first two intervals, of equal share: (0.5 ** 2 + 0.5 ** 2) / 25.
    won = np.array([10.0] * 25 + [20.0] * 25 + [np.nan] * 50)
    found = measure_sparseness(lead(100), np.full(100, 365.0), won)
    assert found[:2] == pytest.approx([1 / 25, 0.5 / 25])


def test_a_tail_that_no_lead_was_followed_through_is_not_known() -> None:
    random = np.random.default_rng(3)
    won = random.uniform(0, 365, 1_000)
    followed = measure_sparseness(lead(1_000), np.full(1_000, 365.0), won)
    short = measure_sparseness(lead(1_000), np.full(1_000, 90.0), np.where(won <= 90, won, np.nan))
    assert short[GRID.index(90)] == followed[GRID.index(90)]
    assert short[-1] > 10 * followed[-1]


@pytest.mark.parametrize(("swing", "low", "high"), [(0.0, 0.0, 0.06), (0.4, 0.2, 0.5)])
def test_quarters_that_differ_by_more_than_chance_are_drift(swing: float, low: float, high: float) -> None:
    # New leads every day of a year, each won at a steady rate that swings from quarter to quarter.
    random = np.random.default_rng(4)
    follow_up = np.repeat(np.arange(1.0, 365.0), 40)
    day = random.uniform(0, 365, len(follow_up))
    quarter = ((follow_up - day) // 91).astype(int)
    kept = random.random(len(day)) < 0.365 * (1 + swing * np.where(quarter % 2 == 0, 1, -1))
    won = np.where((day <= follow_up) & kept, day, np.nan)
    assert low <= measure_drift(np.tile(STEADY, (len(day), 1)), follow_up, won) <= high
