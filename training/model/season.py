"""The season: what the calendar month of asking says about the days to come."""

from __future__ import annotations

from itertools import accumulate
from typing import TYPE_CHECKING

import numpy as np

from training.model.curve import EDGES, HORIZON_DAYS

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

MONTH_LENGTHS = (31, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31)


def spread_season(season: Sequence[float]) -> tuple[tuple[float, ...], ...]:
    """Factors on the base rates: a row per month in which is asked, in its middle, a column per interval of days.

    Args:
        season: log level of each calendar month.

    >>> spread_season([0.0] * 12)[6][:3]
    (1.0, 1.0, 1.0)
    """
    starts = np.array([0, *accumulate(MONTH_LENGTHS)])
    level = np.repeat(np.exp(np.asarray(season)), MONTH_LENGTHS)
    middle = (starts[:-1] + starts[1:]) // 2
    daily = level[(middle[:, None] + np.arange(HORIZON_DAYS)) % HORIZON_DAYS]
    edges = np.array(EDGES, int)
    return tuple(tuple(map(float, row)) for row in np.add.reduceat(daily, edges[:-1], axis=1) / np.diff(edges))


def find_month(matrix: NDArray[np.float64], column: int) -> NDArray[np.intp]:
    """The month of asking of each row, from 0, by a column that has it from 1 to 12 (n,)."""
    return np.asarray(matrix[:, column], np.intp) - 1
