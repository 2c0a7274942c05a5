"""Tallies of columns written out by hand."""

from __future__ import annotations

from collections.abc import Callable
from typing import TypeAlias

import numpy as np
import pandas as pd
import pytest

from training.leaks.codes import code_column
from training.leaks.strata import halve
from training.leaks.tally import Rows, Tally, count_outcomes

MakeTally: TypeAlias = Callable[..., Tally]


@pytest.fixture
def make_tally() -> MakeTally:
    """A tally of a column: the values of the won rows, then those of the lost ones, all in one stratum."""

    def make(won: list[object], lost: list[object]) -> Tally:
        outcome = np.array([1] * len(won) + [0] * len(lost))
        rows = Rows(outcome, np.zeros(len(outcome), dtype=np.intp), halve(len(outcome)))
        return count_outcomes(code_column(pd.Series([*won, *lost])), rows)

    return make
