"""Peers read the columns that tell something, with rare and new values as one."""

from __future__ import annotations

import numpy as np
import pandas as pd

from benchmarks.peers.columns import RARE, find_columns, make_design

FRAME = pd.DataFrame(
    {
        "size": [1.0, 2, 3, 4, 5, None],
        "kind": ["a", "a", "a", "a", "a", "b"],
        "seen": [None, None, 1.0, 1.0, 1.0, 1.0],
        "same": "x",
        "empty": np.nan,
    }
)


def test_columns_that_do_not_differ_are_left_out() -> None:
    columns = find_columns(FRAME)
    assert columns.numbers == ("size", "seen")
    assert columns.values == {"kind": ("a",)}


def test_a_rare_value_and_a_new_one_are_one_and_a_missing_one_stays_missing() -> None:
    asked = pd.DataFrame({"size": 1.0, "seen": 1.0, "kind": ["a", "b", "new", None]})
    tidy = find_columns(FRAME).tidy(asked)
    assert tidy["kind"].astype(object).where(tidy["kind"].notna(), None).tolist() == ["a", RARE, RARE, None]


def test_a_design_fills_with_the_median_and_says_where() -> None:
    columns = find_columns(FRAME[["size", "kind"]])
    matrix = make_design(columns).fit_transform(columns.tidy(FRAME))
    assert matrix.shape == (6, 4)  # size, whether it is missing, a, rare
    assert matrix[5, 0] == matrix[2, 0] == 0  # the median, 3, is the mean
    assert matrix[:, 2:].tolist() == [[0, 1]] * 5 + [[1, 0]]
