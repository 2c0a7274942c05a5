"""How winning has moved over the calendar, and the base rates that it leads to at the cut and after it.

Handling open leads right does not handle drift: rates averaged over years are those of the years' middle. Three things
move: when the record begins, the pace and the level. They are read off the calendar, from all wins of a week beside
what all leads at risk led to expect, so that base rates can be told for the days to come.
"""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import numpy as np

from training.model.beginning import find_beginning
from training.model.curve import EDGES, HORIZON_DAYS, Curve
from training.model.level import find_level
from training.model.lexis import WEEK
from training.model.pace import find_pace, fit_rates, set_clock, spread_rates

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from training.model.lexis import Lexis

ROUNDS = 3
"""Base rates and level are estimated in turn; after three turns they stand."""


@dataclass(frozen=True)
class Drift:
    """What was found, for people and for the artefact.

    Attributes:
        trend_per_year: change of the log level of winning.
        pace_per_month: change of the log pace of closing.
        break_probability: that the level broke within the last year.
        break_log: the mean of the break.
        season: log level of each calendar month against a usual one; empty where it was not looked for.
        recorded_days: history before the cut. Where it is shorter than the horizon, nothing is known of the tail: the
            rate of the last days that are known is taken for it.
    """

    trend_per_year: float = 0.0
    pace_per_month: float = 0.0
    break_probability: float = 0.0
    break_log: float = 0.0
    season: tuple[float, ...] = ()
    recorded_days: float = float(HORIZON_DAYS)

    @property
    def tail_is_known(self) -> bool:
        """Whether history reaches over the whole horizon."""
        return self.recorded_days >= HORIZON_DAYS


@dataclass(frozen=True)
class Moving:
    """Base rates that move.

    Attributes:
        drift: how.
        rates: at the level and pace of the cut.
        weekly: log level of each week before the cut, the last one first (weeks,).
    """

    drift: Drift
    rates: Curve
    weekly: NDArray[np.float64] = field(repr=False)

    def spread(self, lexis: Lexis) -> NDArray[np.float64]:
        """Wins per day in each cell of a diagram, 0 before the record begins (strata, weeks, days)."""
        clock = set_clock(lexis.before_cut, self.drift.pace_per_month)
        recorded = lexis.before_cut <= self.drift.recorded_days
        return spread_rates(self.rates, clock) * (np.exp(self.weekly)[lexis.week_before_cut] * recorded)

    def forecast(self) -> Curve:
        """Base rates of a question asked at the cut, in days of the calendar and usual season: trend and pace go on."""
        ahead = np.asarray(np.arange(HORIZON_DAYS) + 0.5, np.float64)
        rates = spread_rates(self.rates, set_clock(-ahead, self.drift.pace_per_month))
        total = np.cumsum(rates * np.exp(self.drift.trend_per_year * ahead / 365.25), axis=1)
        total = np.hstack([np.zeros((len(total), 1)), total])[:, np.array(EDGES, int)]
        return Curve(tuple(tuple(map(float, row)) for row in np.diff(total, axis=1) / np.diff(EDGES)))


def find_drift(lexis: Lexis, cut: pd.Timestamp) -> Moving:
    """Find how winning moved, and the base rates at the cut.

    Args:
        lexis: questions until the cut.
        cut: its moment.
    """
    standing = hold_still(lexis)
    lexis = lexis.since(standing.drift.recorded_days)
    pace = find_pace(lexis)
    clock, week = set_clock(lexis.before_cut, pace), lexis.week_before_cut
    weekly = np.zeros(int(week.max()) + 1)
    for _ in range(ROUNDS):
        rates = fit_rates(lexis, clock, np.exp(weekly)[week])
        level = find_level(*_sum_weeks(lexis, spread_rates(rates, clock)), cut)
        weekly = level.weekly
    rates = fit_rates(lexis, clock, np.exp(weekly)[week])
    recorded = standing.drift.recorded_days
    season = tuple(map(float, level.season))
    drift = Drift(level.trend_per_year, pace, level.break_probability, level.break_log, season, recorded)
    return Moving(drift, rates, weekly)


def hold_still(lexis: Lexis) -> Moving:
    """Base rates as the mean of all the time since the record begins, as if nothing moved."""
    clock = set_clock(lexis.before_cut, 0.0)
    still = np.ones(lexis.before_cut.shape)
    rates = fit_rates(lexis, clock, still)
    seen, expected = _sum_weeks(lexis, spread_rates(rates, clock))
    weeks = find_beginning(seen, expected)
    if weeks < len(seen):
        rates = fit_rates(lexis.since(weeks * WEEK), clock, still)
    return Moving(Drift(recorded_days=float(weeks * WEEK)), rates, np.zeros(len(seen)))


def _sum_weeks(lexis: Lexis, rates: NDArray[np.float64]) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    week = lexis.week_before_cut.ravel()
    seen, expected = (
        np.asarray(np.bincount(week, cells.sum(axis=0).ravel()) * lexis.per_event, np.float64)
        for cells in (lexis.events, lexis.exposure * rates)
    )
    return seen, expected
