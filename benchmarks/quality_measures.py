"""The measures of one method on the judged rows of a set."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from training.backtest.evaluation import measure_quality

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.quality_judged import Judged

TENTHS = 10
REACHED_BEFORE = 0.79
"""The share of successes that half of the calls reached in Moro et al. 2014, doi 10.1016/j.dss.2014.03.001."""

UNITS = {
    "auc": "share",
    "auc_within": "share",
    "alift": "share",
    "pr_auc": "share",
    "log_loss": "nats",
    "brier": "share²",
    "calibration_ratio": "ratio",
    "calls_for_79": "share of calls",
    "better_half": "share of wins",
    "worst_tenth": "factor",
}
"""Each measure and its unit, in the order of the table."""
HIGHER = ("auc", "auc_within", "alift", "pr_auc", "better_half")
"""Measures of which more is better; of the others less is, but a calibration ratio is best at 1."""


def measure_method(judged: Judged, probability: NDArray[np.float64]) -> dict[str, float]:
    """All measures of a method; the mean over repetitions where there are several.

    Args:
        judged: m rows.
        probability: (m,).

    Returns:
        A value for each of :data:`UNITS`. ``calls_for_79`` is the share of calls, best first, that reaches 79 % of the
        successes, ``better_half`` the share of successes in the better half of the calls, and ``worst_tenth`` the
        largest factor by which the sum of a tenth of the rows is off, whichever way.
    """
    rounds = [_measure(judged.won[rows], probability[rows], judged.step[rows]) for rows in judged.by_repetition]
    return {name: float(np.mean([one[name] for one in rounds])) for name in UNITS}


def measure_tenths(judged: Judged, probability: NDArray[np.float64]) -> list[float]:
    """Sum of probabilities ÷ wins in each tenth of the rows, lowest first; NaN in a tenth without wins."""
    return [float(ratio) for ratio in _ratios(judged.won, probability)]


def lift_curve(
    won: NDArray[np.int_], probability: NDArray[np.float64]
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """Share of leads called and share of wins reached; leads of equal probability are called in random order.

    >>> called, reached = lift_curve(np.array([0, 1, 1, 0]), np.array([0.9, 0.8, 0.1, 0.1]))
    >>> called.tolist(), reached.tolist()
    ([0.0, 0.25, 0.5, 1.0], [0.0, 0.0, 0.5, 1.0])
    """
    _, group = np.unique(-probability, return_inverse=True)
    called = np.append(0, np.cumsum(np.bincount(group))) / len(won)
    return called, np.append(0, np.cumsum(np.bincount(group, won))) / won.sum()


def _measure(won: NDArray[np.int_], probability: NDArray[np.float64], step: NDArray[np.int_]) -> dict[str, float]:
    called, reached = lift_curve(won, probability)
    ratios = _ratios(won, probability)
    return measure_quality(won, probability, step) | {
        "calls_for_79": float(np.interp(REACHED_BEFORE, reached, called)),
        "better_half": float(np.interp(0.5, called, reached)),
        "worst_tenth": float(np.nanmax(np.maximum(ratios, 1 / ratios))),
    }


def _ratios(won: NDArray[np.int_], probability: NDArray[np.float64]) -> NDArray[np.float64]:
    tenths = np.array_split(np.argsort(probability, kind="stable"), TENTHS)
    wins = np.array([won[tenth].sum() for tenth in tenths], float)
    sums = np.array([probability[tenth].sum() for tenth in tenths])
    return np.divide(sums, wins, out=np.full(TENTHS, np.nan), where=wins > 0)
