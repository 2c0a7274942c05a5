"""Promises kept: what scores promised, and what was won, once the time they spoke of has passed.

A lead that is open has no outcome before that time; it is never counted as lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from math import inf, sqrt
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from training.backtest.evaluation import measure_quality

if TYPE_CHECKING:
    from collections.abc import Iterator
    from datetime import datetime

    from numpy.typing import NDArray

HORIZONS = (90, 180)
BINS = 6


@dataclass(frozen=True)
class Promise:
    """Scores of some months, judged on winning within a horizon that has passed for each.

    Attributes:
        horizon_days: the horizon.
        months: in which they were given, YYYY-MM.
        current: they were given by the model version that is checked.
        scores: judged, one per lead and month: the first.
        leads: behind them.
        promised: sum of the probabilities.
        won: scores whose lead was won in time.
        won_leads: leads behind these.
        standard_error: of promised − won, each lead counted as one case.
        auc: NaN where there is one outcome alone.
        log_loss: of the probabilities.
        log_loss_constant: of one probability for all that adds up to the wins.
        bins: (mean probability, share won, scores) of groups in order of probability, each
            promised the same number of wins, for the picture.
    """

    horizon_days: int
    months: tuple[str, ...]
    current: bool
    scores: int
    leads: int
    promised: float
    won: int
    won_leads: int
    standard_error: float
    auc: float
    log_loss: float
    log_loss_constant: float
    bins: tuple[tuple[float, float, int], ...]

    @property
    def ratio(self) -> float:
        """Promised ÷ won: the calibration ratio; infinite where nothing was won."""
        return self.promised / self.won if self.won else inf


def judge_promises(
    scores: pd.DataFrame, outcomes: pd.DataFrame, version: str, as_of: datetime, lookback_days: int
) -> tuple[Promise, ...]:
    """Judge the scores whose horizon has passed, by horizon, apart for this model version and for others.

    Args:
        scores: of :func:`monitoring.given.read_first_scores`.
        outcomes: of :func:`training.read_outcomes` at ``as_of``.
        version: the model version that is checked.
        as_of: now.
        lookback_days: only scores whose horizon ended so many days ago at most.
    """
    lives = outcomes.set_index("lead_id")
    won_at = scores["lead_id"].map(lives["closed_at"].where(lives["outcome"] == "won"))
    known = scores.assign(days_to_win=(won_at - scores["as_of"]).dt.total_seconds() / 86400)
    return tuple(_judge_each(known[known["lead_id"].isin(lives.index)], version, as_of, lookback_days))


def _judge_each(scores: pd.DataFrame, version: str, as_of: datetime, lookback_days: int) -> Iterator[Promise]:
    for horizon in HORIZONS:
        past_days = (pd.Timestamp(as_of) - scores["as_of"]).dt.total_seconds() / 86400 - horizon
        mature = scores[past_days.between(0, lookback_days) & scores[f"probability_{horizon}_days"].notna()]
        for current in (True, False):
            chosen = mature[(mature["model_version"] == version) == current]
            if len(chosen):
                yield _judge(chosen, horizon, current)


def _judge(scores: pd.DataFrame, horizon: int, current: bool) -> Promise:
    probability = scores[f"probability_{horizon}_days"].to_numpy(float)
    won = np.asarray(scores["days_to_win"] <= horizon, dtype=np.int_)
    quality = measure_quality(won, probability, np.zeros(len(won), int))
    gap_by_lead = pd.Series(probability - won).groupby(scores["lead_id"].to_numpy()).sum()
    return Promise(
        horizon_days=horizon,
        months=tuple(sorted(scores["month"].unique())),
        current=current,
        scores=len(scores),
        leads=len(gap_by_lead),
        promised=float(probability.sum()),
        won=int(won.sum()),
        won_leads=int(scores.loc[won == 1, "lead_id"].nunique()),
        standard_error=sqrt(float(np.square(gap_by_lead.to_numpy(float)).sum())),
        auc=quality["auc"],
        log_loss=quality["log_loss"],
        log_loss_constant=_entropy(won.mean()),
        bins=tuple(_group(won, probability)),
    )


def _entropy(share: float) -> float:
    parts = np.array([share, 1 - share])
    return float(-(parts[parts > 0] * np.log(parts[parts > 0])).sum())


def _group(won: NDArray[np.int_], probability: NDArray[np.float64]) -> Iterator[tuple[float, float, int]]:
    order = np.argsort(probability, kind="stable")
    reached = np.cumsum(probability[order])
    group = np.minimum((BINS * (reached - probability[order] / 2) / max(reached[-1], 1e-12)).astype(int), BINS - 1)
    for each in np.unique(group):
        rows = order[group == each]
        yield float(probability[rows].mean()), float(won[rows].mean()), len(rows)
