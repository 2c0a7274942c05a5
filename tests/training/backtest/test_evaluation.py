from __future__ import annotations

import numpy as np
import pytest

from training.backtest.evaluation import area_under_lift, expected_calibration_error, measure_quality, top_decile_lift


def test_measures_worked_out_by_hand() -> None:
    won = np.array([1, 0, 1, 0])
    probability = np.array([0.9, 0.1, 0.4, 0.6])
    measures = measure_quality(won, probability, np.array([0, 0, 1, 1]))
    assert measures["n"] == 4
    assert measures["wins"] == 2
    assert measures["base_rate"] == 0.5
    assert measures["auc"] == 0.75  # of four pairs one is the wrong way round
    assert measures["auc_within"] == 0.5  # 1 in the first step, 0 in the second
    assert measures["calibration_ratio"] == 1.0
    assert measures["brier"] == pytest.approx((0.01 + 0.01 + 0.36 + 0.36) / 4)
    assert measures["log_loss"] == pytest.approx(-(np.log(0.9) * 2 + np.log(0.4) * 2) / 4)


def test_a_perfect_order_lifts_as_far_as_the_base_rate_lets_it() -> None:
    # Half are won: the first half of the calls reaches all, area 1 - 0.5 / 2.
    assert area_under_lift(np.array([1, 1, 0, 0]), np.array([4.0, 3, 2, 1])) == 0.75


def test_ties_are_called_in_random_order() -> None:
    assert area_under_lift(np.array([1, 0, 0, 0]), np.zeros(4)) == 0.5


def test_calibration_error_is_the_gap_per_lead() -> None:
    won = np.repeat([0, 1], 50)
    probability = np.repeat([0.1, 0.9], 50)
    assert expected_calibration_error(won, probability) == pytest.approx(0.1)


def test_top_decile_lift() -> None:
    won = np.array([1] * 5 + [0] * 95)
    assert top_decile_lift(won, np.linspace(1, 0, 100)) == pytest.approx(0.5 / 0.05)


def test_without_wins_what_is_not_defined_is_nan() -> None:
    measures = measure_quality(np.zeros(3, int), np.full(3, 0.1), np.zeros(3, int))
    undefined = {name for name, value in measures.items() if value != value}
    assert undefined == {"auc", "auc_within", "alift", "pr_auc", "brier", "calibration_ratio", "top_decile_lift"}
