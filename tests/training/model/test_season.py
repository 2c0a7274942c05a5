from __future__ import annotations

import numpy as np
import pytest

from training.model.curve import EDGES
from training.model.season import find_month, spread_season

JULY = tuple(np.log(0.4) if month == 6 else 0.0 for month in range(12))


def test_july_slows_the_days_that_lie_in_it() -> None:
    factors = np.array(spread_season(JULY))
    assert factors[6, 0] == pytest.approx(0.4)  # asked in the middle of July
    assert factors[5, :5] == pytest.approx(np.array([1, 1, 1, (1 + 6 * 0.4) / 7, 0.4]), abs=0.03)  # in mid-June
    assert factors[0, EDGES.index(150.0)] == pytest.approx((15 + 15 * 0.4) / 30, abs=0.1)  # 150 days after mid-January


def test_a_year_holds_each_month_once() -> None:
    year = np.array(spread_season(JULY)) @ np.diff(EDGES)
    assert year == pytest.approx(np.full(12, 365 - 31 * 0.6))


def test_the_month_is_read_from_its_column() -> None:
    assert list(find_month(np.array([[5.0, 1.0], [5.0, 12.0]]), 1)) == [0, 11]
