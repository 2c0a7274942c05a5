"""How long each lead has been followed, and how many wins its model lets expect by then."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from numpy.typing import NDArray

HORIZON_DAYS = 365.0
GRID = (15.0, 30.0, 45.0, 60.0, 75.0, 90.0, 105.0, 120.0, 150.0, 180.0, 240.0, 300.0, HORIZON_DAYS)
"""Days at which a model is asked; expectations in between are interpolated."""


def measure_follow_up(questions: pd.DataFrame, cut: datetime) -> NDArray[np.float64]:
    """Days from each question to the cut, at most the horizon (n,).

    It is known of won and lost leads as well as of open ones, so that P(won within the follow-up) is exactly what is
    expected of the wins seen, whatever became of the lead.
    """
    days = (cut - questions["as_of"]).dt.total_seconds().to_numpy() / 86_400
    return np.asarray(np.clip(days, 0, HORIZON_DAYS))


def count_wins(questions: pd.DataFrame) -> NDArray[np.float64]:
    """1 for each question whose lead was won within the horizon, else 0 (n,)."""
    won = (questions["outcome"] == "won") & (questions["days"] <= HORIZON_DAYS)
    return won.to_numpy().astype(np.float64)


def expect_wins(curve: NDArray[np.float64], days: NDArray[np.float64]) -> NDArray[np.float64]:
    """P(won within each lead's own days), interpolated between the days of the grid.

    Args:
        curve: P(won within each of :data:`GRID`) (n, grid).
        days: of each lead, from 0 to the horizon (n,).

    >>> steady = np.array(GRID)[None, :] / 1_000
    >>> expect_wins(steady, np.array([10.0])).round(6).tolist()
    [0.01]
    """
    edges = np.array((0.0, *GRID))
    padded = np.hstack([np.zeros((len(curve), 1)), curve])
    right = np.clip(np.searchsorted(edges, days), 1, len(GRID))
    share = (days - edges[right - 1]) / (edges[right] - edges[right - 1])
    row = np.arange(len(curve))
    return np.asarray(padded[row, right - 1] * (1 - share) + padded[row, right] * share)
