"""Rates relative to the base: trees for the differences between leads, as many as the wins justify."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import lightgbm as lgb

from training.model.boosting import REGULARISED

if TYPE_CHECKING:
    from training.model.boosting import Rows


@dataclass(frozen=True)
class Growth:
    """How far trees grow.

    Attributes:
        leaves: of a tree.
        trees: how many.
        ridge: L2 penalty, in expected wins.
        least: wins expected in a leaf.
    """

    leaves: int
    trees: int
    ridge: float
    least: float


RATE = 0.05
FEW_WINS, MANY_WINS = 150, 5_000
FEW = Growth(leaves=2, trees=80, ridge=20.0, least=5.0)
"""Trees of one split each add up to shrunken relative risks of one feature at a time."""

SOME = Growth(leaves=7, trees=120, ridge=5.0, least=1.0)
MANY = Growth(leaves=15, trees=240, ridge=5.0, least=1.0)


def choose_growth(wins: int) -> Growth:
    """How far trees may grow on so many leads won. Rows say little: most questions share their lead's one win.

    >>> choose_growth(120).leaves, choose_growth(2_000).leaves
    (2, 7)
    """
    return FEW if wins < FEW_WINS else SOME if wins < MANY_WINS else MANY


def fit_relative(rows: Rows, wins: int, *, seed: int) -> lgb.Booster:
    """Fit a booster of log rates relative to what the starting score expects.

    A piecewise constant rate with proportional differences is a Poisson model of the event itself, with the expected
    number of events as exposure (Holford, Biometrics 36, 1980). The number of trees follows from the wins: the newest
    questions, which would stop the growth early, have hardly any so far.

    Args:
        rows: with the log of expected wins as start.
        wins: leads won among them.
        seed: of everything random.
    """
    growth = choose_growth(wins)
    parameters = REGULARISED | {
        "objective": "poisson",
        "num_leaves": growth.leaves,
        "learning_rate": RATE,
        "lambda_l2": growth.ridge,
        "min_sum_hessian_in_leaf": growth.least,
        "boost_from_average": False,
        "seed": seed,
    }
    return lgb.train(parameters, rows.dataset(slice(None)), growth.trees)
