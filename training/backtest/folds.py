"""Cross-validation for rows without an order: kin stay together, so that no row is judged by its twin."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from scipy.sparse import coo_array
from scipy.sparse.csgraph import connected_components

from data.errors import TooLittleData
from training.backtest.steps import Step

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

FOLDS = 5


def group_kin(companies: pd.Series, features: pd.DataFrame) -> NDArray[np.int_]:
    """The kin of each row: rows of one company, rows that are equal in all features, and whoever these link.

    Args:
        companies: the company of each row (n,).
        features: of each row (n rows), in the same order.

    Returns:
        A number per group of kin (n,).

    >>> group_kin(pd.Series(["x", "x", "y", "z"]), pd.DataFrame({"size": [1, 2, 2, 3]})).tolist()
    [0, 0, 0, 1]
    """
    company = pd.factorize(companies, use_na_sentinel=False)[0]
    likeness = pd.factorize(pd.util.hash_pandas_object(features, index=False))[0]
    nodes = company.max() + likeness.max() + 2
    edges = coo_array((np.ones(len(company)), (company, company.max() + 1 + likeness)), shape=(nodes, nodes))
    return np.asarray(connected_components(edges, directed=False)[1])[company]


def fold_rows(groups: NDArray[np.int_], outcome: NDArray[np.int_], seed: int) -> Iterator[Step]:
    """Cross-validation, stratified by outcome, with each group in one fold.

    Args:
        groups: of each row (n,).
        outcome: 0 or 1 (n,).
        seed: of the draw.

    Raises:
        TooLittleData: there are fewer groups, or fewer rows of an outcome, than folds.
    """
    from sklearn.model_selection import StratifiedGroupKFold

    kin, (lost, won) = len(np.unique(groups)), np.bincount(outcome, minlength=2)
    if min(kin, lost, won) < FOLDS:
        raise TooLittleData(
            f"the rows cannot be split into {FOLDS} folds: {won} are won, {lost} lost, and by company or likeness they "
            f"hang together in {kin} groups; {FOLDS} of each are needed, so add rows, or columns that tell leads apart."
        )
    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for train, test in folds.split(np.zeros(len(outcome)), outcome, groups):
        if len(test):
            yield Step(train, test)
