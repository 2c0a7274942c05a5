"""Ways to learn from outcomes that are not all known yet, on the same questions and with trees of the same growth."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lightgbm as lgb
import numpy as np
from scipy.special import expit, logit

from benchmarks.truth_worlds import DAYS
from training.model.boosting import REGULARISED
from training.model.choosing import MONTH, STAGE
from training.model.dated import fit_dated_model
from training.model.relative import RATE, choose_growth

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.typing import NDArray

    from benchmarks.truth_worlds import World

SEED = 5


def call_open_lost(world: World) -> NDArray[np.float64]:
    """Won within the days so far, or not: whoever is still open counts as lost."""
    return _classify(world, np.ones(len(world.questions), bool))


def wait_for_maturity(world: World) -> NDArray[np.float64]:
    """Only questions that were asked so long ago that their outcome within the days is known."""
    questions = world.questions
    cut = (questions["as_of"] + questions["days"].mul(86_400e6).astype("timedelta64[us]")).max()
    return _classify(world, ((cut - questions["as_of"]).dt.total_seconds() >= DAYS * 86_400).to_numpy())


def follow_drift(world: World) -> NDArray[np.float64]:
    """The close model."""
    return _fit(world, adapt=True)


def stand_still(world: World) -> NDArray[np.float64]:
    """The close model without what follows the drift."""
    return _fit(world, adapt=False)


CANDIDATES: dict[str, Callable[[World], NDArray[np.float64]]] = {
    "ours": follow_drift,
    "ours_unadapted": stand_still,
    "matured_only": wait_for_maturity,
    "open_is_lost": call_open_lost,
}


def _fit(world: World, *, adapt: bool) -> NDArray[np.float64]:
    names = world.schema.names
    model = fit_dated_model(
        world.matrix,
        world.questions,
        categorical=_find_categories(world),
        stratum_column=names.index(STAGE),
        strata=len(world.schema.columns[names.index(STAGE)].values) + 1,
        seed=SEED,
        month_column=names.index(MONTH),
        adapt=adapt,
    )
    return model.predict(world.judged, (DAYS,))[:, 0]


def _classify(world: World, kept: NDArray[np.bool_]) -> NDArray[np.float64]:
    asked = world.questions[kept]
    won = ((asked["outcome"] == "won") & (asked["days"] <= DAYS)).to_numpy(float)
    growth = choose_growth(asked.loc[won > 0, "lead_id"].nunique())
    weight = asked["weight"].to_numpy(float)
    base = float(logit(np.average(won, weights=weight)))
    own = {"objective": "binary", "num_leaves": growth.leaves, "learning_rate": RATE, "lambda_l2": growth.ridge}
    rows = lgb.Dataset(
        world.matrix[kept],
        won,
        weight=weight / weight.mean(),
        init_score=np.full(len(won), base),
        categorical_feature=_find_categories(world),
    )
    booster = lgb.train(REGULARISED | own | {"seed": SEED, "boost_from_average": False}, rows, growth.trees)
    return np.asarray(expit(base + np.asarray(booster.predict(world.judged, raw_score=True))))


def _find_categories(world: World) -> list[int]:
    return [world.schema.names.index(name) for name in world.schema.categories]
