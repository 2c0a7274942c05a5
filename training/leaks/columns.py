"""Columns that know the outcome too well to have been known before it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from sklearn.metrics import roc_auc_score

if TYPE_CHECKING:
    from numpy.typing import NDArray

SUSPECT_AUC = 0.8
LEAST_WINS = 40


@dataclass(frozen=True)
class Leak:
    """A suspected column and why it is suspected."""

    column: str
    reason: str


def find_leaks(features: pd.DataFrame, won: NDArray[np.int_]) -> list[Leak]:
    """Find columns that alone rank the outcomes better than anything known beforehand is likely to.

    Args:
        features: raw features of training rows.
        won: 0 or 1 (n,).

    Returns:
        One leak per column whose AUC alone, either way round, is above 0.8; none where fewer than 40 rows are won.
    """
    if min(won.sum(), len(won) - won.sum()) < LEAST_WINS:
        return []
    leaks = []
    for column in features.columns:
        score = _score_alone(features[column], won)
        auc = float(roc_auc_score(won, score))
        if max(auc, 1 - auc) > SUSPECT_AUC:
            reason = (
                f"alone it ranks won over lost with an AUC of {max(auc, 1 - auc):.2f}; was it known before the call?"
            )
            leaks.append(Leak(str(column).removeprefix("attribute_"), reason))
    return leaks


def _score_alone(column: pd.Series[Any], won: NDArray[np.int_]) -> NDArray[np.float64]:
    if pd.api.types.is_numeric_dtype(column):
        return column.fillna(column.median()).fillna(0).to_numpy(float)
    # The win rate of a row's value among the other half of the rows: no row scores itself.
    half = np.arange(len(won)) % 2
    score = np.full(len(won), won.mean())
    filled = column.astype("str").fillna("")
    for mine in (0, 1):
        rates = pd.Series(won[half != mine]).groupby(filled[half != mine].to_numpy()).mean()
        score[half == mine] = filled[half == mine].map(rates).fillna(won.mean())
    return score
