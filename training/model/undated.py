"""Learning from outcomes that have no dates: whether leads are ever won."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import logit

from training.model.boosting import Rows, count_later, find_level, fit_booster
from training.model.close_model import CloseModel
from training.model.score import Trees
from training.model.sufficiency import require_outcomes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import NDArray


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
    winning = Trees(fit_booster(rows, "binary", seed=seed))
    newest = slice(len(target) - count_later(len(target)), None)
    score = winning.predict(rows.matrix[newest]) + base
    return CloseModel(winning, base + find_level(score, target[newest], rows.weight[newest]), None)
