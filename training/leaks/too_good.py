"""Columns that alone rank the outcomes better than anything known beforehand does."""

from __future__ import annotations

import math
from typing import TYPE_CHECKING

import numpy as np

from training.leaks.chance import critical_deviation, variance_of_auc
from training.leaks.leak import Finding

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.leaks.tally import Tally

KIND = "too good alone"
SUSPECT_AUC, SURELY_AUC = 0.8, 0.75
"""The AUC from which a column is refused, and what it must surely exceed. The best honest column of the bank files
reaches 0.61 inside strata, that of the sales file 0.75."""
PRIOR_ROWS = 2.0


def find_too_good(tally: Tally, alpha: float) -> Finding | None:
    """Whether the column alone ranks won over lost leads, inside strata, with an AUC of 0.8.

    A row's score is the win rate of its value among the other half of the rows, so no row scores itself.

    Args:
        tally: of the column.
        alpha: chance of a wrong answer.
    """
    auc, error = rank_alone(tally)
    if auc < SUSPECT_AUC or auc - SURELY_AUC < critical_deviation(alpha) * error:
        return None
    first, second = tally.names
    return Finding(
        KIND, f"alone ranks {first} over {second} leads with an AUC of {auc:.2f}, as nothing known before does"
    )


def rank_alone(tally: Tally) -> tuple[float, float]:
    """AUC of the column alone inside strata, and its standard error were it 0.75.

    Strata are weighted by how much they tell: van Elteren, Bulletin of the International Statistical Institute 37,
    1960.
    """
    aucs, wins, losses = [], [], []
    for half in (0, 1):
        score = _score(tally, 1 - half)
        won, lost = _gather(tally.won[half], score), _gather(tally.lost[half], score)
        n_won, n_lost = won.sum(axis=1), lost.sum(axis=1)
        below = np.cumsum(lost, axis=1) - lost / 2
        both = (n_won > 0) & (n_lost > 0)
        aucs.append(((won * below).sum(axis=1)[both]) / (n_won * n_lost)[both])
        wins.append(n_won[both])
        losses.append(n_lost[both])
    auc, won_rows, lost_rows = np.concatenate(aucs), np.concatenate(wins), np.concatenate(losses)
    if not len(auc):
        return 0.5, math.inf
    weight = won_rows * lost_rows / (won_rows + lost_rows)
    weight = weight / weight.sum()
    variance: NDArray[np.float64] = variance_of_auc(SURELY_AUC, won_rows, lost_rows)
    return float((weight * auc).sum()), math.sqrt(float((weight**2 * variance).sum()))


def _score(tally: Tally, half: int) -> NDArray[np.float64]:
    """The win rate of each code in one half, shrunken towards that of all."""
    won, lost = tally.won[half].sum(axis=0), tally.lost[half].sum(axis=0)
    rate = won.sum() / max(won.sum() + lost.sum(), 1)
    return np.asarray((won + PRIOR_ROWS * rate) / (won + lost + PRIOR_ROWS))


def _gather(counts: NDArray[np.float64], score: NDArray[np.float64]) -> NDArray[np.float64]:
    """Counts by rising score, codes of equal score together: (strata, scores)."""
    order = np.argsort(score, kind="stable")
    starts = np.flatnonzero(np.diff(score[order], prepend=-1.0))
    return np.asarray(np.add.reduceat(counts[:, order], starts, axis=1))
