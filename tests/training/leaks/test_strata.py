from __future__ import annotations

import numpy as np
import pandas as pd

from training.leaks.strata import cut_strata, halve


def test_rows_without_an_order_are_one_stratum() -> None:
    assert set(cut_strata(np.array([0, 1] * 400), in_order=False)) == {0}


def test_time_is_cut_into_blocks_of_twenty_wins_and_no_more_than_ten() -> None:
    assert np.bincount(cut_strata(np.array([0, 0, 1] * 60))).tolist() == [60, 60, 60]
    assert len(set(cut_strata(np.array([0, 1] * 1_000)))) == 10


def test_campaigns_are_strata_and_those_with_few_outcomes_are_one() -> None:
    won = np.array([0, 1] * 30)
    campaign = pd.Series(["a"] * 40 + ["b"] * 10 + ["c"] * 10)
    strata = cut_strata(won, campaign)
    assert len(set(strata[:40])) == 1
    assert set(strata[40:50]) == set(strata[50:])
    assert not set(strata[:40]) & set(strata[40:])


def test_kin_share_a_half() -> None:
    assert halve(4, pd.Series(["x", "x", "y", "y"])).tolist() == [0, 0, 1, 1]


def test_kin_that_cannot_be_halved_are_divided() -> None:
    assert halve(4, pd.Series(["x"] * 4)).tolist() == [0, 1, 0, 1]
