"""The close model: P(won within t) of a lead, from base rates by stage and a booster for each of won and lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

from training.model.curve import HORIZON_DAYS, Curve, win_by

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from training.model.score import Score

MILESTONES = (90, 180, HORIZON_DAYS)


@dataclass(frozen=True)
class Timing:
    """When leads are won and lost: what a model of dated outcomes has besides its boosters.

    Attributes:
        won: base rates of winning.
        lost: base rates of losing.
        losing: the log rate of losing relative to the base.
        stratum_column: column of the matrix that holds the stage's code.
        strata: how many strata: the stage's codes, and the last for a stage not known.
    """

    won: Curve
    lost: Curve
    losing: Score
    stratum_column: int
    strata: int

    def find_stratum(self, matrix: NDArray[np.float64]) -> NDArray[np.intp]:
        """The stratum of each row (n,)."""
        return find_stratum(matrix, self.stratum_column, self.strata)


@dataclass(frozen=True)
class CloseModel:
    """P(won within t days) for any t up to the horizon.

    Attributes:
        winning: the log rate of winning relative to the base; where outcomes have no dates, of the
            log-odds of ever being won.
        level: added to it, the calibration. Where outcomes have no dates, the log-odds at the level of the newest ones.
            Where they have, 0: the base rates are estimated once more after the boosting, so that in each stage and
            interval the wins expected are those seen; a shift found on the newest questions, of which only the early
            wins are known, mistook their shape for their level and made sums 13 to 20 % too large in simulation.
        timing: None where outcomes have no dates.
    """

    winning: Score
    level: float
    timing: Timing | None

    def predict(self, matrix: NDArray[np.float64], days: Sequence[float] = MILESTONES) -> NDArray[np.float64]:
        """P(won within each of ``days``) for each row: (n, d), rising along the second axis."""
        winning = self.winning.predict(matrix) + self.level
        if self.timing is None:
            return np.repeat(expit(winning)[:, None], len(days), axis=1)
        stratum = self.timing.find_stratum(matrix)
        won = self.timing.won.rates(stratum) * np.exp(winning)[:, None]
        lost = self.timing.lost.rates(stratum) * np.exp(self.timing.losing.predict(matrix))[:, None]
        return win_by(won, lost, np.asarray(days, float))


def find_stratum(matrix: NDArray[np.float64], column: int, strata: int) -> NDArray[np.intp]:
    """The stratum of each row by the code in a column; the last where it is missing (n,)."""
    return np.nan_to_num(matrix[:, column], nan=strata - 1).astype(np.intp)
