from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.peers import Rows
from benchmarks.peers.points import fit_points


def test_points_add_up_and_mean_the_win_rate_of_their_tenth() -> None:
    # Of each 500 rows 300, 150 and 50 are won, so all won a third: 1.8, 0.9 and 0.3 times, with 20 rows in between
    # 1.77, 0.90 and 0.33 times: two points, none, and two off.
    won = np.concatenate([np.repeat([1, 0], [wins, 500 - wins]) for wins in (300, 150, 50)])
    frame = pd.DataFrame({"kind": np.repeat(["a", "b", "c"], 500)})
    said = fit_points(Rows(frame, won, np.ones(1500), ordered=True), 1)(pd.DataFrame({"kind": ["a", "b", "c", None]}))
    third = 1 / 3
    assert said == pytest.approx([(300 + third) / 501, (150 + third) / 501, (50 + third) / 501, (150 + third) / 501])


def test_a_value_like_the_others_has_no_point() -> None:
    won = np.tile([1, 0], 100)
    frame = pd.DataFrame({"kind": np.repeat(["a", "b"], 100)})
    said = fit_points(Rows(frame, won, np.ones(200), ordered=True), 1)(frame)
    assert said == pytest.approx(np.full(200, 0.5))
