"""The course of a backtest: quality step by step, beside what knowing the win rate alone would have given."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from training.backtest.evaluation import measure_quality

if TYPE_CHECKING:
    import pandas as pd


@dataclass(frozen=True)
class Stretch:
    """One step and how good its predictions were; NaN where a measure is not defined.

    Attributes:
        step: its number, from 0.
        first: as_of of its first lead.
        leads: how many were judged.
        wins: how many of them were won.
        auc: of the step's leads alone.
        calibration_ratio: wins promised per win that came.
        log_loss: of the probabilities.
        base_log_loss: of one who knew the step's win rate and nothing of a lead, which nobody knows beforehand.
    """

    step: int
    first: pd.Timestamp
    leads: int
    wins: int
    auc: float
    calibration_ratio: float
    log_loss: float
    base_log_loss: float

    @property
    def base_rate(self) -> float:
        """Share of the leads that were won."""
        return self.wins / self.leads


def follow_steps(predictions: pd.DataFrame) -> list[Stretch]:
    """Measure each step by itself.

    Args:
        predictions: of a backtest: ``step``, ``as_of``, ``probability`` and ``won``.

    Returns:
        One per step, in order.
    """
    return [_measure(int(str(step)), rows) for step, rows in predictions.groupby("step")]


def entropy(rate: float) -> float:
    """Log-loss of saying a rate to everyone, where it is the true one.

    >>> round(entropy(0.5), 4), entropy(0.0)
    (0.6931, 0.0)
    """
    shares = np.array([share for share in (rate, 1 - rate) if share > 0])
    return abs(float(-(shares * np.log(shares)).sum()))


def _measure(step: int, rows: pd.DataFrame) -> Stretch:
    won, probability = rows["won"].to_numpy(int), rows["probability"].to_numpy(float)
    measures = measure_quality(won, probability, np.full(len(won), step))
    wins = int(won.sum())
    return Stretch(
        step=step,
        first=rows["as_of"].min(),
        leads=len(won),
        wins=wins,
        auc=measures["auc"],
        calibration_ratio=measures["calibration_ratio"],
        log_loss=measures["log_loss"],
        base_log_loss=entropy(wins / len(won)),
    )
