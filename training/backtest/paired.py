"""Paired differences: how much worse one set of predictions is than another of the same leads, and how sure that is."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

DRAWS = 2_000


def measure_losses(won: NDArray[np.int_], probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-loss of each prediction (n,).

    >>> measure_losses(np.array([1, 0]), np.array([0.5, 0.5])).round(4).tolist()
    [0.6931, 0.6931]
    """
    inside = np.clip(probability, 1e-9, 1 - 1e-9)
    return -np.log(np.where(won == 1, inside, 1 - inside))


def find_difference(
    losses: NDArray[np.float64], others: NDArray[np.float64], step: NDArray[np.int_], seed: int
) -> tuple[float, float, float]:
    """How much greater losses are than others, per prediction, with a 95 % interval.

    The bootstrap draws whole steps, because leads of one step share a season (percentile method, Efron, Annals of
    Statistics 7, 1979).

    Args:
        losses: of each prediction (n,).
        others: of the same leads by other predictions (n,).
        step: of each (n,).
        seed: of the draw.

    Returns:
        Mean difference, lower and upper end; the ends are NaN where there is one step only.

    >>> round(find_difference(np.array([2.0, 2.0, 1.0]), np.ones(3), np.array([0, 0, 1]), 1)[0], 4)
    0.6667
    """
    _, place = np.unique(step, return_inverse=True)
    sums, counts = np.bincount(place, losses - others), np.bincount(place)
    difference = float(sums.sum() / counts.sum())
    if len(counts) < 2:
        return difference, np.nan, np.nan
    drawn = np.random.default_rng(seed).multinomial(len(counts), np.full(len(counts), 1 / len(counts)), DRAWS)
    low, high = np.percentile((drawn @ sums) / (drawn @ counts), [2.5, 97.5])
    return difference, float(low), float(high)
