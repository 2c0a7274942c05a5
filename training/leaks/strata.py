"""Strata: rows that are comparable, because they are of one campaign and of about the same time.

A column that knows the season or the campaign ranks outcomes well when these differ, and knew them honestly. What tells
the outcome of a lead tells it among its like as well, so columns are judged inside strata.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from numpy.typing import NDArray

LEAST_OUTCOMES = 20
"""Of each outcome in a stratum, on average."""
MOST_BLOCKS = 10


def cut_strata(
    won: NDArray[np.int_], groups: pd.Series[Any] | None = None, *, in_order: bool = True
) -> NDArray[np.intp]:
    """The stratum of each row.

    Args:
        won: 0 or 1 (n,), in order of time where there is one.
        groups: the campaign of each row; those with fewer than 20 won or lost rows are one group.
        in_order: cut each group into up to 10 blocks of time as well.

    >>> cut_strata(np.array([0, 1] * 40)).tolist() == [0] * 40 + [1] * 40
    True
    """
    group = np.zeros(len(won), dtype=np.intp) if groups is None else pd.factorize(groups, use_na_sentinel=False)[0]
    scarce = np.minimum(np.bincount(group, won), np.bincount(group, 1 - won)) < LEAST_OUTCOMES
    group = np.where(scarce[group], len(scarce), group)
    strata, used = np.zeros(len(won), dtype=np.intp), 0
    for number in np.unique(group):
        rows = np.flatnonzero(group == number)
        wins = int(won[rows].sum())
        blocks = int(np.clip(min(wins, len(rows) - wins) // LEAST_OUTCOMES, 1, MOST_BLOCKS)) if in_order else 1
        strata[rows] = used + np.arange(len(rows)) * blocks // len(rows)
        used += blocks
    return strata


def halve(count: int, kin: pd.Series[Any] | None = None) -> NDArray[np.intp]:
    """The half, 0 or 1, of each row: what is learned about a value from one is tested on the other.

    Args:
        count: of the rows.
        kin: whatever must stay together, as a company.
    """
    rows = np.arange(count)
    if kin is None or not count:
        return rows % 2
    half = pd.factorize(kin, use_na_sentinel=False)[0] % 2
    return half if 0.25 <= half.mean() <= 0.75 else rows % 2
