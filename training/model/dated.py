"""Learning from outcomes that have dates: when leads are won."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from training.model.blend import blend_points
from training.model.boosting import Rows
from training.model.close_model import CloseModel, Timing, find_stratum
from training.model.drift import find_drift, hold_still
from training.model.lexis import draw_lexis, read_expected, watch_questions
from training.model.relative import fit_relative
from training.model.score import Trees
from training.model.season import spread_season
from training.model.sufficiency import require_outcomes

if TYPE_CHECKING:
    from collections.abc import Sequence

    import lightgbm as lgb
    import pandas as pd
    from numpy.typing import NDArray

    from training.model.lexis import Watched
    from training.points.points import Points

LEAST_EXPECTED = 1e-9


def fit_dated_model(
    matrix: NDArray[np.float64],
    questions: pd.DataFrame,
    *,
    categorical: Sequence[int],
    stratum_column: int,
    strata: int,
    seed: int,
    month_column: int | None = None,
    adapt: bool = True,
    points: Points | None = None,
) -> CloseModel:
    """Fit a model of when leads are won.

    The base rates and how they move come first, then the trees on what is left, so that these do not learn the drift
    from columns that happen to go with time; then the base rates and their drift once more, for what the trees say.

    Args:
        matrix: encoded features of the questions, float64 (n, k).
        questions: ``lead_id``, ``as_of``, ``outcome`` (won, lost, open), ``days`` and ``weight`` of each, in order of
            time.
        categorical: columns of the matrix that hold category codes.
        stratum_column: the one that holds the stage's code.
        strata: how many codes it has, and one for a stage not known.
        seed: of everything random.
        month_column: the one that holds the calendar month of asking; without it the season is not told.
        adapt: follow the drift; without, rates are the mean of all the time.
        points: blended with the trees, as much as the wins are too few to trust these alone.

    Raises:
        TooLittleData: too few leads are won, or too few lost, for a model.
    """
    require_outcomes(questions)
    watched = watch_questions(questions, find_stratum(matrix, stratum_column, strata), strata)
    follow = (lambda lexis: find_drift(lexis, watched.cut)) if adapt else hold_still
    lexis = draw_lexis(watched)
    expected = read_expected(follow(lexis).spread(lexis), watched)
    trees = Trees(_fit_trees(matrix, watched, expected, categorical, seed))
    winning = trees if points is None else blend_points(trees, points, watched.wins)
    moving = follow(draw_lexis(watched, np.exp(winning.predict(matrix))))
    season = spread_season(moving.drift.season) if moving.drift.season and month_column is not None else ()
    timing = Timing(moving.forecast(), stratum_column, strata, moving.drift, month_column, season)
    return CloseModel(winning, 0.0, timing)


def _fit_trees(
    matrix: NDArray[np.float64],
    watched: Watched,
    expected: NDArray[np.float64],
    categorical: Sequence[int],
    seed: int,
) -> lgb.Booster:
    """Trees on the questions that the record covers."""
    kept = expected > 0
    weight = watched.weight[kept] / watched.weight[kept].mean()
    start = np.log(np.maximum(expected[kept], LEAST_EXPECTED))
    covered = matrix if kept.all() else matrix[kept]
    rows = Rows(covered, watched.won[kept].astype(float), start, weight, categorical)
    return fit_relative(rows, watched.wins, seed=seed)
