from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from training.leaks.codes import code_column
from training.leaks.tally import Rows, count_outcomes

if TYPE_CHECKING:
    from tests.training.leaks.conftest import MakeTally


def test_shares_are_counted_by_outcome(make_tally: MakeTally) -> None:
    tally = make_tally([1.0, 1.0, 2.0, None], [2.0, 2.0])
    one, filled = np.array([False, True, False]), np.array([False, True, True])
    assert (tally.share_won(one).value, tally.share_won(one).rows) == (0.5, 4)
    assert tally.share_lost(one).value == 0
    assert tally.share_pure(filled).value == pytest.approx(3 / 5)


def test_lost_rows_count_as_their_stratum_has_won_rows() -> None:
    # First stratum: 3 won, 1 lost (filled). Second: 1 won, 3 lost (empty). Lost filled: 3/4 × 1 + 1/4 × 0.
    won = np.array([1, 1, 1, 0, 1, 0, 0, 0])
    column = pd.Series([1.0, 1.0, 1.0, 1.0, np.nan, np.nan, np.nan, np.nan])
    rows = Rows(won, np.array([0] * 4 + [1] * 4), np.arange(8) % 2)
    tally = count_outcomes(code_column(column), rows)
    filled = np.array([False, True])
    assert tally.share_won(filled).value == 0.75
    assert tally.share_lost(filled).value == 0.75
    # Kish: 1 / (0.75² / 1 + 0.25² / 3)
    assert tally.share_lost(filled).rows == pytest.approx(1 / (0.5625 + 0.0625 / 3))


def test_a_stratum_of_one_outcome_compares_nothing() -> None:
    rows = Rows(np.array([1, 0, 1, 1]), np.array([0, 0, 1, 1]), np.arange(4) % 2)
    tally = count_outcomes(code_column(pd.Series([1.0, 2.0, 2.0, 2.0])), rows)
    assert tally.share_won(np.array([False, True, False])).rows == 1


def test_codes_may_be_chosen_for_each_half(make_tally: MakeTally) -> None:
    # Rows 0 and 2 are in the first half, 1 and 3 in the second.
    tally = make_tally([1.0, 1.0], [2.0, 2.0])
    assert tally.share_won(np.array([[False, True, False], [False, False, False]])).value == 0.5
