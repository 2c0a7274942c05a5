from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.errors import TooLittleData
from training.backtest.folds import fold_rows, group_kin


def test_kin_are_linked_by_company_or_likeness_and_by_chains_of_both() -> None:
    companies = pd.Series(["x", "x", "y", "y", "z", "u"])
    features = pd.DataFrame({"size": [1.0, 2, 2, np.nan, 7, np.nan], "chain": ["a", "a", "a", None, "a", None]})
    # x holds rows 0 and 1; row 1 equals row 2 of y, whose row 3 equals row 5 of u. Row 4 is alone.
    assert group_kin(companies, features).tolist() == [0, 0, 0, 0, 1, 0]


def test_leads_without_a_company_are_not_kin_by_that_alone() -> None:
    groups = group_kin(pd.Series(["l1", "l2"]), pd.DataFrame({"size": [1, 2]}))
    assert groups[0] != groups[1]


def test_kin_share_a_fold_and_each_row_is_judged_once() -> None:
    groups = np.repeat(np.arange(50), 2)
    steps = list(fold_rows(groups, np.tile([0, 0, 1, 1], 25), seed=1))
    assert sorted(np.concatenate([step.test for step in steps])) == list(range(100))
    for step in steps:
        assert not set(groups[step.train]) & set(groups[step.test])


@pytest.mark.parametrize(
    ("groups", "outcome"),
    [
        (np.arange(4), [0, 1, 0, 1]),
        (np.repeat(np.arange(4), 25), [0, 1] * 50),
        (np.arange(100), [1] * 4 + [0] * 96),
        (np.arange(100), [0] * 100),
    ],
)
def test_too_few_to_split_is_said(groups: np.ndarray, outcome: list[int]) -> None:
    with pytest.raises(TooLittleData, match="cannot be split into 5 folds"):
        list(fold_rows(groups, np.array(outcome), seed=1))
