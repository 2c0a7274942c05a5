"""The close model: P(won within t) of a lead, from base rates by stage and a booster of what differs."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import expit

from training.model.curve import HORIZON_DAYS, Curve, spend_days
from training.model.drift import Drift
from training.model.season import find_month

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from training.model.score import Score

MILESTONES = (90, 180, HORIZON_DAYS)


@dataclass(frozen=True)
class Timing:
    """When leads are won: what a model of dated outcomes has besides its booster.

    Attributes:
        won: base rates of winning, of a question asked at the cut.
        stratum_column: column of the matrix that holds the stage's code.
        strata: how many strata: the stage's codes, and the last for a stage not known.
        drift: how winning moved until the cut; the base rates take it on.
        month_column: column of the matrix that holds the calendar month of asking, from 1; None where there is none.
        season: factors on the base rates by month of asking and interval; empty where no month is known.
    """

    won: Curve
    stratum_column: int
    strata: int
    drift: Drift = field(default_factory=Drift)
    month_column: int | None = None
    season: tuple[tuple[float, ...], ...] = ()

    def expect_wins(self, matrix: NDArray[np.float64], days: NDArray[np.float64]) -> NDArray[np.float64]:
        """Wins expected of a lead of base rate within each of some days: (n, d).

        With the booster's score f, P(won by t) is 1 - exp(-exp(f) * this), so that log(-log(1 - P)) is a sum.
        """
        stratum = self.find_stratum(matrix)
        if self.month_column is None or not self.season:
            return np.asarray(self.won.expect_by(days)[stratum])
        rates, factors = np.array(self.won.per_day), np.array(self.season)
        by_month = (rates[:, None, :] * factors) @ spend_days(days).T
        return np.asarray(by_month[stratum, find_month(matrix, self.month_column)])

    def find_stratum(self, matrix: NDArray[np.float64]) -> NDArray[np.intp]:
        """The stratum of each row (n,)."""
        return find_stratum(matrix, self.stratum_column, self.strata)


@dataclass(frozen=True)
class CloseModel:
    """P(won within t days) for any t up to the horizon.

    Attributes:
        winning: the log rate of winning relative to the base; where outcomes have no dates, of the
            log-odds of ever being won.
        level: added to it, the calibration. Where outcomes have no dates, the log-odds at the level of the newest
            ones. Where they have, 0: the base rates are estimated once more after the boosting, at the level to which
            the wins of all weeks lead. A shift found on the newest questions, of which only the early wins are known,
            mistook their shape for their level and made sums 13 to 20 % too large in simulation.
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
        expected = self.timing.expect_wins(matrix, np.asarray(days, float))
        return np.asarray(-np.expm1(-np.exp(winning)[:, None] * expected))


def find_stratum(matrix: NDArray[np.float64], column: int, strata: int) -> NDArray[np.intp]:
    """The stratum of each row by the code in a column; the last where it is missing (n,)."""
    return np.nan_to_num(matrix[:, column], nan=strata - 1).astype(np.intp)
