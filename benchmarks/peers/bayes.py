"""Naive Bayes as CRM suites use it to rank leads: counts of won and lost per value, and a product of ratios.

Source: the predictive lead scoring of Odoo's CRM, which keeps such counts and adds 0.1 to each so that none is zero.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

from benchmarks.peers.bands import count_bands, cut_bands, look_up

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from benchmarks.peers.peer import Predict, Rows

ADDED = 0.1
BANDS = 10
LEAST, MOST = 1e-4, 1 - 1e-4
"""As a CRM shows it: between 0.01 and 99.99 %."""


def fit_naive_bayes(rows: Rows, seed: int) -> Predict:  # noqa: ARG001 - nothing is random
    """P(won) ∝ share of the won × product over columns of the value's share among the won; likewise for lost."""
    bands = cut_bands(rows.frame, BANDS)
    codes = bands.code(rows.frame)
    won, lost = rows.weight * rows.won, rows.weight * (1 - rows.won)
    counted = zip(count_bands(codes, won), count_bands(codes, lost), strict=True)
    ratios = [_log_shares(among_won) - _log_shares(among_lost) for among_won, among_lost in counted]
    prior = float(np.log(won.sum() / lost.sum()))

    def predict(frame: pd.DataFrame) -> NDArray[np.float64]:
        return np.clip(expit(prior + look_up(ratios, bands.code(frame))), LEAST, MOST)

    return predict


def _log_shares(counts: NDArray[np.float64]) -> NDArray[np.float64]:
    added = counts + ADDED
    return np.log(added / added.sum())
