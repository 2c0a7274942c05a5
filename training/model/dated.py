"""Learning from outcomes that have dates: when leads are won and lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from training.model.boosting import Rows, fit_booster
from training.model.close_model import CloseModel, Timing, find_stratum
from training.model.curve import HORIZON_DAYS, Curve, fit_curve
from training.model.score import Trees
from training.model.sufficiency import require_outcomes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray

LEAST_DAYS = 0.5
"""Exposure of a question whose outcome came on the same day: half of it."""


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

    def fit_cause(happened: NDArray[np.bool_]) -> tuple[Trees, Curve]:
        # A piecewise constant rate with proportional differences is a Poisson model of the event itself, with the
        # expected number of events as exposure (Holford, Biometrics 36, 1980).
        base = fit_curve(days, happened, weight, stratum, strata)
        start = np.log(np.maximum(base.expect(stratum, days), 1e-9))
        rows = Rows(matrix, happened.astype(float), start, weight / weight.mean(), categorical)
        trees = Trees(fit_booster(rows, "poisson", seed=seed))
        relative = np.exp(trees.predict(matrix))
        return trees, fit_curve(days, happened, weight, stratum, strata, relative)

    winning, won = fit_cause(outcome == "won")
    losing, lost = fit_cause(outcome == "lost")
    return CloseModel(winning, 0.0, Timing(won, lost, losing, stratum_column, strata))
