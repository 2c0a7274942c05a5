"""What takes no model: the win rate of late, and calling in any order."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from benchmarks.peers.peer import Predict, Rows

RECENT_ROWS = 500


def fit_recent_rate(rows: Rows, seed: int) -> Predict:  # noqa: ARG001 - nothing is random
    """The win rate of the newest 500 rows whose outcome is known, for every row."""
    newest = slice(-RECENT_ROWS, None)
    rate = float(np.average(rows.won[newest], weights=rows.weight[newest]))
    return lambda frame: np.full(len(frame), rate)


def fit_random_order(rows: Rows, seed: int) -> Predict:
    """Any number between 0 and 1: an order by chance, whose numbers promise nothing."""
    chance = np.random.default_rng([seed, len(rows)])
    return lambda frame: chance.uniform(size=len(frame))
