"""A points score, as teams keep one on a card: whole points for values that did better or worse than all."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.peers.bands import count_bands, cut_bands, look_up

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from benchmarks.peers.peer import Predict, Rows

BANDS = 5
CAREFUL_ROWS = 20.0
"""A band's win rate counts as if so many average rows were in it too."""
STEPS = np.log([1.25, 1.75])
"""A band with 1.25 times the win rate of all has a point, one with 1.75 times has two; the inverse costs as many."""
TENTHS = 10


def fit_points(rows: Rows, seed: int) -> Predict:  # noqa: ARG001 - nothing is random
    """Points per value from −2 to 2, added up; the probability is the win rate of the tenth with such a sum."""
    bands = cut_bands(rows.frame, BANDS)
    codes = bands.code(rows.frame)
    base = float(np.average(rows.won, weights=rows.weight))
    won, all_rows = count_bands(codes, rows.weight * rows.won), count_bands(codes, rows.weight)
    card = [_give_points(wins, total, base) for wins, total in zip(won, all_rows, strict=True)]
    sums = look_up(card, codes)
    edges = np.unique(np.quantile(sums, np.arange(1, TENTHS) / TENTHS))
    tenth = np.searchsorted(edges, sums, side="right")
    weight = np.bincount(tenth, rows.weight, len(edges) + 1) + 1
    rates = (np.bincount(tenth, rows.weight * rows.won, len(edges) + 1) + base) / weight

    def predict(frame: pd.DataFrame) -> NDArray[np.float64]:
        return rates[np.searchsorted(edges, look_up(card, bands.code(frame)), side="right")]

    return predict


def _give_points(won: NDArray[np.float64], rows: NDArray[np.float64], base: float) -> NDArray[np.float64]:
    lift = np.log((won + CAREFUL_ROWS * base) / (rows + CAREFUL_ROWS) / base)
    return np.sign(lift) * np.searchsorted(STEPS, np.abs(lift), side="right")
