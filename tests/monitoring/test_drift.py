"""Evidently's distances, and that it imports at all: its version is tied to one of pandas."""

from __future__ import annotations

import os
from math import log, sqrt

import pandas as pd
import pytest

from monitoring.drift import measure_distances


def test_distances_by_hand() -> None:
    # Half of the numbers are 0 and half 2: standard deviation 1. All 1 higher: they must be carried 1 on average.
    old = pd.DataFrame({"number": [0.0, 2.0] * 50, "same": ["a", "b"] * 50, "word": ["a"] * 100})
    new = pd.DataFrame({"number": [1.0, 3.0] * 50, "same": ["b", "a"] * 50, "word": ["b"] * 100})
    limits = {"number": 0.1, "same": 0.1, "word": 0.1}
    found = measure_distances(old, new, ["number"], ["same", "word"], limits)
    # Jensen-Shannon divergence of distributions that share nothing is ln 2; the distance is its root.
    assert found.by_column == pytest.approx({"number": 1.0, "same": 0.0, "word": sqrt(log(2))})
    assert os.environ["DO_NOT_TRACK"] == "1"
    assert "Drift in column" in found.html


def test_missing_numbers_are_left_out_of_the_distance() -> None:
    old = pd.DataFrame({"number": [0.0, 2.0, None, None]})
    new = pd.DataFrame({"number": [0.0, 2.0, 0.0, 2.0]})
    assert measure_distances(old, new, ["number"], [], {"number": 0.1}).by_column["number"] == pytest.approx(0)


def test_a_column_that_is_constant_in_the_month_is_measured() -> None:
    old, new = pd.DataFrame({"number": [0.0, 2.0]}), pd.DataFrame({"number": [2.0, 2.0]})
    assert measure_distances(old, new, ["number"], [], {"number": 0.1}).by_column["number"] == pytest.approx(1)
