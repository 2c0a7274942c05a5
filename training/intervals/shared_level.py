"""The shared level: by how much all probabilities together may be off.

Two things move it. The wins that a base rate rests on are few, most of all in the tail of the curve: the relative
variance of a cumulative rate is the sum over its intervals of share² ÷ wins (Greenwood's and Nelson's estimators).
And times differ: wins seen in a quarter scatter around those expected by more than chance.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from training.intervals.campaign_effect import estimate_spread
from training.intervals.follow_up import GRID, expect_wins

if TYPE_CHECKING:
    from numpy.typing import NDArray

QUARTER_DAYS = 91.0
USUAL_DRIFT = 0.1
"""Where there are few quarters: levels differ by a tenth between them."""
LEAST_WINS = 0.5
"""Wins that an interval counts where none was seen."""


def measure_sparseness(
    curve: NDArray[np.float64], follow_up: NDArray[np.float64], won_after: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Relative variance of P(won within each day of the grid) because few wins were seen (grid,).

    Args:
        curve: P(won within each of the grid's days) of new leads (n, grid).
        follow_up: days that each was followed (n,).
        won_after: days after which each was won, NaN where it was not (n,).
    """
    mean = curve.mean(axis=0)
    share = np.diff(mean, prepend=0.0)
    edges = np.array((0.0, *GRID))
    seen = np.histogram(won_after[~np.isnan(won_after)], edges)[0].astype(float)
    # An interval that hardly any lead was followed through rests on the wins of the few.
    wins = np.maximum(seen, LEAST_WINS)
    wins[edges[:-1] >= follow_up.max(initial=0.0)] = LEAST_WINS
    return np.asarray(np.cumsum(share**2 / wins) / np.maximum(np.cumsum(share), 1e-12) ** 2)


def measure_drift(curve: NDArray[np.float64], follow_up: NDArray[np.float64], won_after: NDArray[np.float64]) -> float:
    """The relative standard deviation of levels between quarters, counted back from the cut.

    Args:
        curve: P(won within each of the grid's days) of new leads (n, grid).
        follow_up: days that each was followed, to the cut or the horizon (n,).
        won_after: days after which each was won, NaN where it was not (n,).
    """
    quarters = int(np.ceil(follow_up.max(initial=0.0) / QUARTER_DAYS))
    wins, expected = np.zeros(quarters), np.zeros(quarters)
    for number in range(quarters):
        until = np.clip(follow_up - number * QUARTER_DAYS, 0, None)
        since = np.clip(follow_up - (number + 1) * QUARTER_DAYS, 0, None)
        wins[number] = ((won_after > since) & (won_after <= until)).sum()
        expected[number] = (expect_wins(curve, until) - expect_wins(curve, since)).sum()
    scale = wins.sum() / max(expected.sum(), 1e-9)
    return estimate_spread(wins, expected * scale, USUAL_DRIFT)
