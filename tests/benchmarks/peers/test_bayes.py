from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.peers import Rows
from benchmarks.peers.bayes import LEAST, MOST, fit_naive_bayes

WON = np.array([1] * 8 + [0] * 8)
KIND = pd.Series(["a"] * 6 + ["b"] * 2 + ["a"] * 2 + ["b"] * 6)
"""6.1 of 8.2 among the won have a, 2.1 of 8.2 among the lost."""


def ask(frame: pd.DataFrame, asked: pd.DataFrame, weight: float = 1.0) -> list[float]:
    return fit_naive_bayes(Rows(frame, WON, np.full(16, weight), ordered=True), 1)(asked).tolist()


def test_the_ratio_of_shares_with_a_tenth_added_to_each_count() -> None:
    said = ask(pd.DataFrame({"kind": KIND}), pd.DataFrame({"kind": ["a", "b", None]}))
    assert said == pytest.approx([6.1 / 8.2, 2.1 / 8.2, 0.5])


def test_columns_multiply_as_if_each_were_news() -> None:
    said = ask(pd.DataFrame({"kind": KIND, "again": KIND}), pd.DataFrame({"kind": ["a"], "again": ["a"]}))
    assert said == pytest.approx([6.1**2 / (6.1**2 + 2.1**2)])


def test_it_is_never_quite_sure() -> None:
    frame = pd.DataFrame({str(name): KIND for name in range(30)})
    assert ask(frame, pd.DataFrame({str(name): ["a", "b"] for name in range(30)})) == [MOST, LEAST]


def test_a_weight_counts_as_so_many_rows() -> None:
    said = ask(pd.DataFrame({"kind": KIND}), pd.DataFrame({"kind": ["a"]}), weight=2.0)
    assert said == pytest.approx([12.1 / (12.1 + 4.1)])
