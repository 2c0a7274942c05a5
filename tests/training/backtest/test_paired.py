from __future__ import annotations

import numpy as np
import pytest

from training.backtest.paired import find_difference


def test_equal_steps_leave_nothing_to_chance() -> None:
    step = np.repeat([0, 1, 2], 4)
    assert find_difference(np.full(12, 0.5), np.full(12, 0.3), step, 1) == pytest.approx((0.2, 0.2, 0.2))


def test_whole_steps_are_drawn() -> None:
    # Two steps that differ by 0 and 1: a draw holds the first twice, both, or the second twice.
    difference = find_difference(np.repeat([0.0, 1.0], 50), np.zeros(100), np.repeat([0, 1], 50), 1)
    assert difference == (0.5, 0.0, 1.0)


def test_one_step_has_no_interval() -> None:
    difference, low, high = find_difference(np.array([1.0, 2.0]), np.zeros(2), np.zeros(2, int), 1)
    assert difference == 1.5
    assert np.isnan([low, high]).all()
