"""The close model: P(won within t) of a lead, from base rates by stage and a booster for each of won and lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit, logit

from data.errors import TooLittleData
from training.model.boosting import Rows, count_later, find_level, fit_booster
from training.model.curve import HORIZON_DAYS, Curve, fit_curve, win_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    import lightgbm as lgb
    import pandas as pd
    from numpy.typing import NDArray

MILESTONES = (90, 180, HORIZON_DAYS)
LEAST_OUTCOMES = 40
MANY_ROWS = 1_000

LEAST_DAYS = 0.5
"""Exposure of a question whose outcome came on the same day: half of it."""


@dataclass(frozen=True)
class Timing:
    """When leads are won and lost: what a model of dated outcomes has besides its boosters.

    Attributes:
        won: base rates of winning.
        lost: base rates of losing.
        losing: booster of the log rate of losing relative to the base.
        stratum_column: column of the matrix that holds the stage's code.
        strata: how many strata: the stage's codes, and the last for a stage not known.
    """

    won: Curve
    lost: Curve
    losing: lgb.Booster
    stratum_column: int
    strata: int

    def find_stratum(self, matrix: NDArray[np.float64]) -> NDArray[np.intp]:
        """The stratum of each row (n,)."""
        return find_stratum(matrix, self.stratum_column, self.strata)


@dataclass(frozen=True)
class CloseModel:
    """P(won within t days) for any t up to the horizon.

    Attributes:
        winning: booster of the log rate of winning relative to the base; where outcomes have no dates, of the
            log-odds of ever being won.
        level: added to it, the calibration. Where outcomes have no dates, the log-odds at the level of the newest ones.
            Where they have, 0: the base rates are estimated once more after the boosting, so that in each stage and
            interval the wins expected are those seen; a shift found on the newest questions, of which only the early
            wins are known, mistook their shape for their level and made sums 13 to 20 % too large in simulation.
        timing: None where outcomes have no dates.
    """

    winning: lgb.Booster
    level: float
    timing: Timing | None

    def predict(self, matrix: NDArray[np.float64], days: Sequence[float] = MILESTONES) -> NDArray[np.float64]:
        """P(won within each of ``days``) for each row: (n, d), rising along the second axis."""
        winning = predict_score(self.winning, matrix) + self.level
        if self.timing is None:
            return np.repeat(expit(winning)[:, None], len(days), axis=1)
        stratum = self.timing.find_stratum(matrix)
        won = self.timing.won.rates(stratum) * np.exp(winning)[:, None]
        lost = self.timing.lost.rates(stratum) * np.exp(predict_score(self.timing.losing, matrix))[:, None]
        return win_by(won, lost, np.asarray(days, float))


def predict_score(booster: lgb.Booster, matrix: NDArray[np.float64]) -> NDArray[np.float64]:
    """The booster's score on the scale of its link, without the starting score (n,).

    A few rows take one thread: waking others costs more than it saves, and the service has many requests at once.
    """
    threads = 1 if len(matrix) < MANY_ROWS else 0
    return np.asarray(booster.predict(matrix, raw_score=True, num_threads=threads))


def find_stratum(matrix: NDArray[np.float64], column: int, strata: int) -> NDArray[np.intp]:
    """The stratum of each row by the code in a column; the last where it is missing (n,)."""
    return np.nan_to_num(matrix[:, column], nan=strata - 1).astype(np.intp)


def fit_dated_model(
    matrix: NDArray[np.float64],
    questions: pd.DataFrame,
    *,
    categorical: Sequence[int],
    stratum_column: int,
    strata: int,
    seed: int,
) -> CloseModel:
    """Fit a model of when leads are won and lost.

    Args:
        matrix: encoded features of the questions, float64 (n, k).
        questions: ``outcome`` (won, lost, open), ``days`` and ``weight`` of each, in order of time.
        categorical: columns of the matrix that hold category codes.
        stratum_column: the one that holds the stage's code.
        strata: how many codes it has, and one for a stage not known.
        seed: of everything random.

    Raises:
        TooLittleData: too few leads are won, or too few lost, for a model.
    """
    require_outcomes(questions)
    days = np.maximum(np.minimum(questions["days"].to_numpy(float), HORIZON_DAYS), LEAST_DAYS)
    outcome = np.where(questions["days"] <= HORIZON_DAYS, questions["outcome"], "open")
    weight = questions["weight"].to_numpy(float)
    stratum = find_stratum(matrix, stratum_column, strata)

    def fit_cause(happened: NDArray[np.bool_]) -> tuple[lgb.Booster, Curve]:
        # A piecewise constant rate with proportional differences is a Poisson model of the event itself, with the
        # expected number of events as exposure (Holford, Biometrics 36, 1980).
        base = fit_curve(days, happened, weight, stratum, strata)
        start = np.log(np.maximum(base.expect(stratum, days), 1e-9))
        rows = Rows(matrix, happened.astype(float), start, weight / weight.mean(), categorical)
        booster = fit_booster(rows, "poisson", seed=seed)
        relative = np.exp(predict_score(booster, matrix))
        return booster, fit_curve(days, happened, weight, stratum, strata, relative)

    winning, won = fit_cause(outcome == "won")
    losing, lost = fit_cause(outcome == "lost")
    return CloseModel(winning, 0.0, Timing(won, lost, losing, stratum_column, strata))


def fit_undated_model(
    matrix: NDArray[np.float64], questions: pd.DataFrame, *, categorical: Sequence[int], seed: int
) -> CloseModel:
    """Fit a model of whether leads are ever won, from outcomes that have no dates; open ones are left out.

    Args:
        matrix: encoded features of the questions, float64 (n, k).
        questions: ``outcome`` and ``weight`` of each, in order of time where there is one.
        categorical: columns of the matrix that hold category codes.
        seed: of everything random.

    Raises:
        TooLittleData: too few leads are won, or too few lost, for a model.
    """
    require_outcomes(questions)
    closed = (questions["outcome"] != "open").to_numpy()
    target = (questions["outcome"] == "won").to_numpy().astype(np.float64)[closed]
    weight = questions["weight"].to_numpy(float)[closed]
    base = float(logit(np.average(target, weights=weight)))
    rows = Rows(matrix[closed], target, np.full(len(target), base), weight / weight.mean(), categorical)
    winning = fit_booster(rows, "binary", seed=seed)
    newest = slice(len(target) - count_later(len(target)), None)
    score = predict_score(winning, rows.matrix[newest]) + base
    return CloseModel(winning, base + find_level(score, target[newest], rows.weight[newest]), None)


def require_outcomes(questions: pd.DataFrame) -> None:
    """Refuse to learn from too little.

    Raises:
        TooLittleData: fewer than 40 leads won or fewer than 40 lost.
    """
    by_lead = questions.drop_duplicates("lead_id") if "lead_id" in questions else questions
    counts = by_lead["outcome"].value_counts()
    missing = {
        word: LEAST_OUTCOMES - int(counts.get(word, 0))
        for word in ("won", "lost")
        if counts.get(word, 0) < LEAST_OUTCOMES
    }
    if missing:
        lacks = " and ".join(f"{count} more {word} leads" for word, count in missing.items())
        known = ", ".join(f"{int(counts.get(word, 0))} {word}" for word in ("won", "lost", "open"))
        raise TooLittleData(
            f"there is too little data for a model: {lacks} are needed ({known} so far); call lists come by simple "
            "rules until then."
        )
