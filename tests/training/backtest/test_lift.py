from __future__ import annotations

import numpy as np
import pytest

from training.backtest.lift import trace_lift

# Five leads, two won: the first and the third in order of probability.
CURVE = trace_lift(np.array([0, 1, 1, 0, 0]), np.array([0.1, 0.5, 0.9, 0.7, 0.2]))


def test_the_curve_rises_with_each_win_in_order_of_probability() -> None:
    assert CURVE.called.tolist() == pytest.approx([0, 0.2, 0.4, 0.6, 0.8, 1])
    assert CURVE.reached.tolist() == [0, 0.5, 0.5, 1, 1, 1]


@pytest.mark.parametrize(("called", "reached"), [(0.1, 0.25), (0.3, 0.5), (0.5, 0.75), (1.0, 1.0)])
def test_what_some_of_the_calls_reach(called: float, reached: float) -> None:
    assert CURVE.find_reached(called) == pytest.approx(reached)


@pytest.mark.parametrize(("reached", "called"), [(0.0, 0.0), (0.25, 0.1), (0.5, 0.2), (0.75, 0.5), (1.0, 0.6)])
def test_the_fewest_calls_that_reach_so_much(reached: float, called: float) -> None:
    assert CURVE.find_called(reached) == pytest.approx(called)


def test_thinned_it_passes_through_the_same_points() -> None:
    thin = CURVE.thin(10)
    assert len(thin.called) == 11
    assert thin.reached.tolist() == pytest.approx([0, 0.25, 0.5, 0.5, 0.5, 0.75, 1, 1, 1, 1, 1])
