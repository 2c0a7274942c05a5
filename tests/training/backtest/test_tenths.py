from __future__ import annotations

import numpy as np
import pytest

from training.backtest.tenths import Tenth, find_share_interval, group_tenths


def test_leads_are_grouped_by_probability_and_counted() -> None:
    probability = np.arange(20) / 20
    won = (probability >= 0.5).astype(int)
    tenths = group_tenths(won[::-1], probability[::-1])
    assert [tenth.leads for tenth in tenths] == [2] * 10
    assert [tenth.wins for tenth in tenths] == [0] * 5 + [2] * 5
    assert tenths[0].promised == pytest.approx(0.025)
    assert tenths[-1].won == 1.0


def test_the_interval_of_a_share() -> None:
    # Half of 100: (0.5 + z²/200 ± z √(0.0025 + z²/40000)) / (1 + z²/100) with z² = 3.8415.
    assert find_share_interval(50, 100) == pytest.approx((0.4038, 0.5962), abs=1e-4)
    assert find_share_interval(0, 10) == pytest.approx((0, 3.8415 / 13.8415), abs=1e-4)


@pytest.mark.parametrize(("promised", "kept"), [(0.39, False), (0.41, True), (0.59, True), (0.6, False)])
def test_a_promise_is_kept_within_the_interval(promised: float, kept: bool) -> None:
    assert Tenth(100, 50, promised, 0.4, 0.59).kept == kept
