"""What leads let expect where their campaign is not known, and how much that hangs on the leads it was learned from.

A small Poisson booster is learned without each fold of campaigns in turn. Its expectation of the campaigns left out is
what their wins are held against; how much its versions differ about the others says how sure the parameters are
(the delete-a-group jackknife, Kott, Journal of Official Statistics 17, 2001).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import lightgbm as lgb
import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

FOLDS = 4
TREES = 40
PARAMETERS: dict[str, Any] = {
    "objective": "poisson",
    "num_leaves": 7,
    "learning_rate": 0.15,
    "lambda_l2": 5.0,
    "feature_fraction": 0.6,
    "min_sum_hessian_in_leaf": 1.0,
    "boost_from_average": False,
    "deterministic": True,
    "force_row_wise": True,
    "verbose": -1,
    "num_threads": 2,
}


@dataclass(frozen=True)
class CaseMix:
    """What refits without each fold of campaigns say.

    Attributes:
        expected: wins expected of each question by the refit that has not seen its campaign (n,).
        variance: of the log of each question's rate, over the refits that have (n,).
    """

    expected: NDArray[np.float64]
    variance: NDArray[np.float64]


def refit_without_campaigns(
    matrix: NDArray[np.float64],
    wins: NDArray[np.float64],
    offset: NDArray[np.float64],
    campaign: NDArray[Any],
    lead: NDArray[Any],
    *,
    categorical: Sequence[int],
    seed: int,
) -> CaseMix:
    """Refit without each fold of campaigns.

    Args:
        matrix: encoded features of the questions (n, k).
        wins: 0 or 1 (n,).
        offset: log of the wins expected of an average lead that was followed as long (n,).
        campaign: of each question (n,).
        lead: of each question (n,).
        categorical: columns of the matrix that hold category codes.
        seed: of the folds and the boosters.
    """
    columns = drop_telling(matrix, campaign, categorical)
    kept = matrix[:, columns]
    codes = [place for place, column in enumerate(columns) if column in set(categorical)]
    fold = deal_folds(campaign, lead, seed)
    rate = np.empty((FOLDS, len(wins)))
    for number in range(FOLDS):
        seen = fold != number
        rate[number] = offset
        if wins[seen].any() and columns:
            booster = _fit(kept[seen], wins[seen], offset[seen], codes, seed)
            rate[number] += np.asarray(booster.predict(kept, raw_score=True, num_threads=1))
    expected = np.exp(rate[fold, np.arange(len(wins))])
    return CaseMix(expected, compare_refits(rate, fold))


def compare_refits(rate: NDArray[np.float64], fold: NDArray[np.intp]) -> NDArray[np.float64]:
    """The variance of each question's log rate, from the refits that have seen its campaign.

    Two refits differ by what two folds contribute, each over a base of all folds but one: with F folds the variance
    between them is that of the estimate × F ÷ (F - 1)². What all questions share is left to the shared level.

    Args:
        rate: log rate by refit (folds, n).
        fold: of each question (n,).
    """
    own = rate - rate.mean(axis=1, keepdims=True)
    own[fold, np.arange(rate.shape[1])] = np.nan
    folds = len(rate)
    return np.asarray(np.nanvar(own, axis=0, ddof=1) * (folds - 1) ** 2 / folds)


def deal_folds(campaign: NDArray[Any], lead: NDArray[Any], seed: int) -> NDArray[np.intp]:
    """The fold of each question, the same for all of a campaign, or of a lead where campaigns are too few (n,)."""
    names, place = np.unique(campaign, return_inverse=True)
    if len(names) < FOLDS:
        names, place = np.unique(lead, return_inverse=True)
    return np.asarray((np.random.default_rng(seed).permutation(len(names)) % FOLDS)[place])


def drop_telling(matrix: NDArray[np.float64], campaign: NDArray[Any], categorical: Sequence[int]) -> list[int]:
    """Columns that do not give the campaign away: of numbers, those that vary within one; of codes, those it shares."""
    names, place = np.unique(campaign, return_inverse=True)
    codes = set(categorical)
    return [
        column
        for column in range(matrix.shape[1])
        if not (_names_campaign if column in codes else _is_constant)(matrix[:, column], place, len(names))
    ]


def _names_campaign(values: NDArray[np.float64], place: NDArray[np.intp], count: int) -> bool:
    code = np.nan_to_num(values, nan=-1.0).astype(np.int64) + 1
    pairs = np.unique(code * count + place)
    shared = np.bincount(pairs // count)
    return bool((shared <= 1).all())


def _is_constant(values: NDArray[np.float64], place: NDArray[np.intp], count: int) -> bool:
    number = np.nan_to_num(values, nan=-1.0)
    low, high = np.full(count, np.inf), np.full(count, -np.inf)
    np.minimum.at(low, place, number)
    np.maximum.at(high, place, number)
    return bool((low == high).all())


def _fit(
    matrix: NDArray[np.float64],
    wins: NDArray[np.float64],
    offset: NDArray[np.float64],
    categorical: Sequence[int],
    seed: int,
) -> lgb.Booster:
    rows = lgb.Dataset(matrix, wins, init_score=offset, categorical_feature=list(categorical))
    return lgb.train(PARAMETERS | {"seed": seed}, rows, TREES)
