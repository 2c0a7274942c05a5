"""Measures of a probability: how well it ranks and whether it keeps its promise."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from sklearn.metrics import average_precision_score, brier_score_loss, log_loss, roc_auc_score

from training.backtest.lift import trace_lift

if TYPE_CHECKING:
    from numpy.typing import NDArray

BINS = 10


def measure_quality(
    won: NDArray[np.int_], probability: NDArray[np.float64], step: NDArray[np.int_]
) -> dict[str, float]:
    """All measures of one set of predictions.

    Args:
        won: 0 or 1 (n,).
        probability: (n,).
        step: which step of the backtest a row belongs to (n,); ``auc_within`` is averaged over steps.

    Returns:
        ``n``, ``wins``, ``base_rate``, ``auc``, ``auc_within``, ``alift``, ``pr_auc``, ``log_loss``, ``brier``,
        ``ece``, ``calibration_ratio`` and ``top_decile_lift``; NaN where a measure is not defined, as with no wins.
    """
    wins = int(won.sum())
    measures = {"n": len(won), "wins": wins, "base_rate": wins / max(len(won), 1)}
    both = 0 < wins < len(won)
    inside = np.clip(probability, 1e-9, 1 - 1e-9)
    measures |= {
        "auc": float(roc_auc_score(won, probability)) if both else np.nan,
        "auc_within": auc_within(won, probability, step),
        "alift": area_under_lift(won, probability) if wins else np.nan,
        "pr_auc": float(average_precision_score(won, probability)) if wins else np.nan,
        "log_loss": float(log_loss(won, inside, labels=[0, 1])) if len(won) else np.nan,
        "brier": float(brier_score_loss(won, inside)) if both else np.nan,
        "ece": expected_calibration_error(won, probability) if len(won) else np.nan,
        "calibration_ratio": float(probability.sum() / wins) if wins else np.nan,
        "top_decile_lift": top_decile_lift(won, probability) if wins else np.nan,
    }
    return measures


def auc_within(won: NDArray[np.int_], probability: NDArray[np.float64], step: NDArray[np.int_]) -> float:
    """Mean AUC over the steps, weighted by wins; steps with one outcome alone do not count.

    >>> auc_within(np.array([0, 1, 1, 0]), np.array([0.1, 0.2, 0.8, 0.9]), np.array([0, 0, 1, 1]))
    0.5
    """
    scores, weights = [], []
    for each in np.unique(step):
        rows = step == each
        wins = won[rows].sum()
        if 0 < wins < rows.sum():
            scores.append(roc_auc_score(won[rows], probability[rows]))
            weights.append(wins)
    return float(np.average(scores, weights=weights)) if scores else np.nan


def area_under_lift(won: NDArray[np.int_], probability: NDArray[np.float64]) -> float:
    """Area of the cumulative lift curve: share of wins reached against share of leads called (ALIFT).

    Leads of equal probability count as called in random order.
    Source: Moro, Cortez and Rita, Decision Support Systems 62, 2014, doi 10.1016/j.dss.2014.03.001.

    >>> area_under_lift(np.array([0, 1]), np.array([0.5, 0.5]))
    0.5
    """
    curve = trace_lift(won, probability)
    return float(np.trapezoid(curve.reached, curve.called))


def expected_calibration_error(won: NDArray[np.int_], probability: NDArray[np.float64]) -> float:
    """Mean |wins − probabilities| over ten groups of equal size, per lead."""
    groups = np.array_split(np.argsort(probability, kind="stable"), min(BINS, len(won)))
    gaps = [abs(won[group].sum() - probability[group].sum()) for group in groups]
    return float(np.sum(gaps) / len(won))


def top_decile_lift(won: NDArray[np.int_], probability: NDArray[np.float64]) -> float:
    """Win rate of the tenth with the highest probabilities over that of all."""
    top = np.argsort(-probability, kind="stable")[: max(len(won) // BINS, 1)]
    return float(won[top].mean() / won.mean())
