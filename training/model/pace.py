"""The pace: leads that close faster and faster live by a clock that speeds up.

"More early wins" and "faster wins" look alike at first. They are told apart by which days since the question the wins
of one week come from: a level moves all of them, a pace the early ones against the late. So the pace is found by the
likelihood of the wins given how many each week had, and what it leaves over is the level's.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from training.model.curve import HORIZON_DAYS, Curve, find_interval, smooth_rates

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.model.lexis import Lexis

MONTH_DAYS = 365.25 / 12
TRIED = np.linspace(-0.04, 0.04, 9)
PACE_SD = 0.02
"""Spread, in logs, of what is thought possible of the pace's change in a month."""

PRIOR_WINS = 0.25
"""Strata differ in the shape of their curves, so that one is drawn towards all only where it has next to nothing."""

PACE_SHARE = 0.3
"""Thought likely beforehand: that the pace changes at all."""

MOST_DAYS = 3 * 365
"""Beyond, the pace is taken as constant."""


@dataclass(frozen=True)
class Clock:
    """Speed of each cell of a Lexis diagram, and the interval of the base rates in which it lies (weeks, days)."""

    speed: NDArray[np.float64]
    interval: NDArray[np.intp]


def set_clock(before_cut: NDArray[np.float64], pace_per_month: float) -> Clock:
    """The clock of cells by their days before the cut, at whose end its speed is 1 (weeks, days)."""
    speed = np.exp(-pace_per_month * np.clip(before_cut, -HORIZON_DAYS, MOST_DAYS) / MONTH_DAYS)
    passed = np.cumsum(speed, axis=-1) - speed / 2
    return Clock(speed, find_interval(passed.ravel()).reshape(speed.shape))


def fit_rates(lexis: Lexis, clock: Clock, level: NDArray[np.float64]) -> Curve:
    """Base rates per stratum and interval of the clock, at the level that stands in each cell (weeks, days)."""
    strata, size = len(lexis.events), int(find_interval(np.array([HORIZON_DAYS]))[0]) + 1
    place = (np.arange(strata)[:, None] * size + clock.interval.ravel()).ravel()
    events = np.bincount(place, lexis.events.ravel(), strata * size)
    exposure = np.bincount(place, (lexis.exposure * (level * clock.speed)).ravel(), strata * size)
    seen, at_risk = (np.asarray(lexis.per_event * sums.reshape(strata, size)) for sums in (events, exposure))
    return smooth_rates(seen, at_risk, PRIOR_WINS)


def spread_rates(rates: Curve, clock: Clock) -> NDArray[np.float64]:
    """Wins per day in each cell, at the level of the cut (strata, weeks, days)."""
    return np.asarray(np.array(rates.per_day)[:, clock.interval] * clock.speed)


def find_pace(lexis: Lexis) -> float:
    """Change of the log pace in a month, drawn towards 0 as far as the evidence does not speak against it."""
    likelihood = np.array([_judge_pace(lexis, pace) for pace in TRIED]) - TRIED**2 / (2 * PACE_SD**2)
    best, step = int(np.clip(likelihood.argmax(), 1, len(TRIED) - 2)), TRIED[1] - TRIED[0]
    below, here, above = likelihood[best - 1 : best + 2]
    bend = min(below - 2 * here + above, -1e-3)
    move = float(np.clip(0.5 * (below - above) / bend, -1, 1))
    gain = here + bend * move**2 / 2 + (above - below) * move / 2 - likelihood[len(TRIED) // 2]
    odds = PACE_SHARE / (1 - PACE_SHARE) * step / (np.sqrt(-bend) * PACE_SD) * np.exp(min(gain, 50.0))  # by Laplace
    return float(TRIED[best] + move * step) * float(odds / (1 + odds))


def _judge_pace(lexis: Lexis, pace: float) -> float:
    clock, week = set_clock(lexis.before_cut, pace), lexis.week_before_cut
    seen = np.bincount(week.ravel(), lexis.events.sum(axis=0).ravel())
    level = np.ones(len(seen))
    for _ in range(2):  # rates and level of the weeks in turn
        rates = spread_rates(fit_rates(lexis, clock, level[week]), clock)
        expected = np.bincount(week.ravel(), (rates * lexis.exposure).sum(axis=0).ravel())
        level = (seen + 1) / (expected + 1)
    fit = (lexis.events * np.log(np.maximum(rates, 1e-12))).sum() - seen @ np.log(np.maximum(expected, 1e-9))
    return float(fit * lexis.per_event)
