from __future__ import annotations

import numpy as np
import pytest

from benchmarks.quality_judged import Judged
from benchmarks.quality_measures import UNITS, measure_method, measure_tenths

WON = np.array([1, 1, 1, 0, 1, 0, 0, 0, 0, 0])
SAID = np.linspace(0.95, 0.05, 10)
JUDGED = Judged(WON, np.zeros(10, int), np.zeros(10, int))


def test_calls_best_first() -> None:
    measures = measure_method(JUDGED, SAID)
    assert list(measures) == list(UNITS)
    assert measures["better_half"] == 1  # all four wins are among the first five
    assert measures["calls_for_79"] == pytest.approx(0.4 + 0.1 * 0.04 / 0.25)  # between the third win and the fourth
    assert measures["calibration_ratio"] == pytest.approx(5 / 4)
    assert measures["auc"] == pytest.approx(23 / 24)


def test_calls_of_equal_probability_are_made_in_any_order() -> None:
    measures = measure_method(JUDGED, np.full(10, 0.4))
    assert (measures["better_half"], measures["calls_for_79"]) == (0.5, pytest.approx(0.79))


def test_a_tenth_is_off_by_the_same_factor_whichever_way() -> None:
    assert measure_tenths(JUDGED, SAID)[-1] == pytest.approx(0.95)
    assert np.isnan(measure_tenths(JUDGED, SAID)[0])  # no win there
    assert measure_method(JUDGED, SAID)["worst_tenth"] == pytest.approx(1 / 0.55)
    assert measure_method(JUDGED, SAID * 1.05)["worst_tenth"] == pytest.approx(1 / (0.55 * 1.05))


def test_repetitions_are_averaged_and_not_mixed() -> None:
    twice = Judged(np.tile(WON, 2), np.repeat([0, 1], 10), np.repeat([0, 1], 10))
    measures = measure_method(twice, np.concatenate([SAID, SAID / 2]))
    assert measures["auc"] == pytest.approx(23 / 24)
    assert measures["calibration_ratio"] == pytest.approx((5 / 4 + 5 / 8) / 2)
