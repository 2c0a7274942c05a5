"""LightGBM: parameters and early stopping on later rows."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

import lightgbm as lgb
import numpy as np
from scipy.optimize import brentq
from scipy.special import expit, logit

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

LATER_SHARE, LATER_LEAST, LATER_MOST = 0.05, 1_000, 0.2

REGULARISED: dict[str, Any] = {
    "lambda_l2": 5.0,
    "feature_fraction": 0.6,
    "min_sum_hessian_in_leaf": 1.0,  # of expected events; LightGBM counts rows by it and fails where it is nothing
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
    "num_threads": 2,
}
"""Small trees and much shrinkage: business-to-business outcomes are few and drift."""


@dataclass(frozen=True)
class Capacity:
    """How much a booster may learn.

    Attributes:
        leaves: of a tree.
        rate: learning rate.
        least: trees, even if the newest rows would do with fewer: a break in level looks like too many trees.
        most: trees.
        patience: trees without a better loss on the newest rows.
        refit: learn from the newest rows as well once the number of trees is found.
    """

    leaves: int
    rate: float
    least: int
    most: int
    patience: int
    refit: bool


SMALL = Capacity(leaves=7, rate=0.05, least=100, most=400, patience=50, refit=True)
LARGE = Capacity(leaves=15, rate=0.1, least=20, most=200, patience=20, refit=False)
MANY_ROWS = 50_000
"""From so many rows on a booster may be large."""


@dataclass(frozen=True)
class Rows:
    """What a booster learns from, in order of time.

    Attributes:
        matrix: float64 (n, k), NaN for missing.
        target: 0 or 1 (n,).
        start: starting score on the scale of the objective's link (n,).
        weight: (n,).
        categorical: columns that hold category codes.
    """

    matrix: NDArray[np.float64]
    target: NDArray[np.float64]
    start: NDArray[np.float64]
    weight: NDArray[np.float64]
    categorical: Sequence[int] = field(default=())

    def __len__(self) -> int:
        return len(self.target)

    def dataset(self, rows: slice) -> lgb.Dataset:
        """A LightGBM dataset of some of the rows."""
        return lgb.Dataset(
            self.matrix[rows],
            self.target[rows],
            weight=self.weight[rows],
            init_score=self.start[rows],
            categorical_feature=list(self.categorical),
            free_raw_data=True,
        )


def count_later(rows: int) -> int:
    """How many of the newest rows are held back for early stopping and for the level.

    >>> count_later(20_000), count_later(1_000), count_later(100_000)
    (1000, 200, 5000)
    """
    return int(min(max(rows * LATER_SHARE, LATER_LEAST), rows * LATER_MOST))


def fit_booster(rows: Rows, objective: str, *, seed: int) -> lgb.Booster:
    """Fit a booster whose number of trees is found on the newest rows, and refit a small one on all.

    Args:
        rows: in order of time.
        objective: ``binary`` or ``poisson``; the loss on the newest rows is that of the objective after its
            level is set to theirs, because a new level is no reason for fewer trees.
        seed: of everything random.
    """
    capacity = LARGE if len(rows) >= MANY_ROWS else SMALL
    parameters = REGULARISED | {
        "objective": objective,
        "num_leaves": capacity.leaves,
        "learning_rate": capacity.rate,
        "seed": seed,
        "metric": "None",
        "boost_from_average": False,
    }
    cut = len(rows) - count_later(len(rows))
    earlier, later = slice(0, cut), slice(cut, None)
    if not (rows.target[earlier].any() and rows.target[later].any()):
        return lgb.train(parameters, rows.dataset(slice(None)), capacity.least)
    train = rows.dataset(earlier)
    trial = lgb.train(
        parameters,
        train,
        capacity.most,
        valid_sets=[rows.dataset(later).set_reference(train)],
        feval=_loss(objective, rows.target[later], rows.weight[later]),
        callbacks=[lgb.early_stopping(capacity.patience, verbose=False)],
    )
    trees = min(max(capacity.least, trial.best_iteration), trial.current_iteration())
    if not capacity.refit:
        return lgb.Booster(model_str=trial.model_to_string(num_iteration=trees))
    return lgb.train(parameters, rows.dataset(slice(None)), max(capacity.least, trees))


def find_level(score: NDArray[np.float64], target: NDArray[np.float64], weight: NDArray[np.float64]) -> float:
    """The shift of log-odds under which probabilities add up to the wins, drawn towards 0 as by one win's weight.

    >>> round(find_level(np.zeros(4), np.array([0.0, 0, 0, 1]), np.ones(4)), 2)
    -0.51
    """

    def gap(shift: float) -> float:
        return float(weight @ (expit(score + shift) - target)) + shift

    return float(brentq(gap, -20, 20))


def _loss(objective: str, target: NDArray[np.float64], weight: NDArray[np.float64]) -> Any:
    def binary(prediction: NDArray[np.float64], _: lgb.Dataset) -> tuple[str, float, bool]:
        score = logit(prediction)
        score = score + find_level(score, target, weight)
        return "loss", float(weight @ (np.logaddexp(0, score) - target * score) / weight.sum()), False

    def poisson(prediction: NDArray[np.float64], _: lgb.Dataset) -> tuple[str, float, bool]:
        mean = prediction * (weight @ target) / (weight @ prediction)
        return "loss", float(weight @ (mean - target * np.log(mean)) / weight.sum()), False

    return binary if objective == "binary" else poisson
