from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.peers import Rows
from benchmarks.peers.simple import fit_random_order, fit_recent_rate

FRAME = pd.DataFrame({"size": np.arange(1_000.0)})
ONES = np.ones(1_000)


def test_the_recent_rate_is_that_of_the_newest_five_hundred_rows() -> None:
    won = np.concatenate([np.ones(500, int), np.tile([1, 0, 0, 0, 0], 100)])
    assert fit_recent_rate(Rows(FRAME, won, ONES, ordered=True), 1)(FRAME.head(3)) == pytest.approx([0.2] * 3)


def test_a_random_order_knows_nothing_of_outcomes() -> None:
    said = [
        fit_random_order(Rows(FRAME, won, ONES, ordered=True), 1)(FRAME)
        for won in (np.zeros(1_000, int), np.tile([1, 0], 500))
    ]
    assert np.array_equal(said[0], said[1])
    assert len(np.unique(said[0])) == 1_000
