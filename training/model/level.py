"""The level of winning over the calendar: season, trend and a break, from wins seen against wins expected.

All leads at risk in a week count, not the newest questions: of these only the early wins are known, and their shape
passes for level. What the weeks do not prove is drawn towards "no change": the trend and the break by priors, the
season by a ridge, and whether there is a trend or was a break at all by the weight of the evidence.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

TREND_SD, BREAK_SD, SEASON_SD = 0.5, 0.4, 0.3
"""Spread, in logs, of what is thought possible: of a trend per year, of a break, of a calendar month."""

TREND_SHARE, BREAK_SHARE = 0.4, 0.3
"""Thought likely beforehand: that there is a trend, and that the level broke within the last year."""

BREAK_WEEKS = range(3, 52)
LEAST_WEEKS_BEFORE = 10
HALF_LIFE_DAYS = 730
ROUNDS = 12
FREE, ABSENT = 1e-8, 1e-4
STEADY = 13
"""Effects that every fit has: the mean and twelve months."""


@dataclass(frozen=True)
class Level:
    """The level over the calendar, as the mean over all that may have been: no change, a trend, a break, both.

    Attributes:
        weekly: log level of each week before the cut, the last one first, relative to that at the cut in a month of
            usual season (weeks,).
        trend_per_year: change of the log level.
        break_probability: that it broke within the last year.
        break_log: the mean of the break, 0 where there was none.
        season: log level of each calendar month against a usual one (12,).
    """

    weekly: NDArray[np.float64]
    trend_per_year: float
    break_probability: float
    break_log: float
    season: NDArray[np.float64]


def find_level(seen: NDArray[np.float64], expected: NDArray[np.float64], cut: pd.Timestamp) -> Level:
    """Find the level that explains the wins seen.

    Args:
        seen: wins of each week before the cut, the last one first (weeks,).
        expected: the same, at a level that does not change.
        cut: end of week 0.
    """
    days = np.asarray(np.arange(len(seen)) * 7 + 3.5, np.float64)
    month = (cut - pd.to_timedelta(days, unit="D")).month.to_numpy() - 1
    steady = np.column_stack([np.ones(len(days)), np.eye(12)[month]])
    precision = np.array([FREE, *[SEASON_SD**-2] * 12])
    weight = 0.5 ** (days / HALF_LIFE_DAYS)
    moving = np.column_stack([steady, -days / 365.25])
    weight /= _find_dispersion(seen, expected, moving, np.append(precision, TREND_SD**-2), weight)
    fits = []
    for design, spread, prior in _list_moves(days):
        effect, evidence = _fit(seen, expected, np.hstack([steady, design]), np.append(precision, spread**-2.0), weight)
        fits.append((steady @ effect[:STEADY] + design @ effect[STEADY:], effect, evidence + np.log(prior)))
    share = np.exp([fit[2] for fit in fits] - max(fit[2] for fit in fits))
    return _average(fits, share / share.sum())


def _list_moves(days: NDArray[np.float64]) -> Iterator[tuple[NDArray[np.float64], NDArray[np.float64], float]]:
    """Each way in which the level may have moved: columns (weeks, m), the spread thought possible of each, its prior.

    The first column is the trend and the second the break; one that is left out is held at 0.
    """
    breaks = [week for week in BREAK_WEEKS if week < len(days) - LEAST_WEEKS_BEFORE]
    share = BREAK_SHARE if breaks else 0.0
    for trend, trend_prior in ((ABSENT, 1 - TREND_SHARE), (TREND_SD, TREND_SHARE)):
        line = -days / 365.25
        yield np.column_stack([line, line * 0]), np.array([trend, ABSENT]), trend_prior * (1 - share)
        for week in breaks:
            step = days < week * 7
            yield np.column_stack([line, step]), np.array([trend, BREAK_SD]), trend_prior * share / len(breaks)


def _average(fits: list[tuple[NDArray[np.float64], NDArray[np.float64], float]], share: NDArray[np.float64]) -> Level:
    weekly = share @ np.array([fit[0] for fit in fits])
    mean = share @ np.array([fit[1] for fit in fits])
    trend, step = float(mean[STEADY]), float(mean[STEADY + 1])
    usual = np.log(np.exp(mean[1:STEADY]).mean())
    broken = float(share @ [fit[1][STEADY + 1] != 0 for fit in fits])
    return Level(weekly - (mean[0] + usual + step), trend, broken, step, mean[1:STEADY] - usual)


def _find_dispersion(
    seen: NDArray[np.float64],
    expected: NDArray[np.float64],
    design: NDArray[np.float64],
    precision: NDArray[np.float64],
    weight: NDArray[np.float64],
) -> float:
    """How much more than by chance the weeks differ; at least 1 (Pearson's statistic per degree of freedom)."""
    mean = expected * np.exp(design @ _fit(seen, expected, design, precision, weight)[0])
    enough = mean > 0.3  # weeks in which next to nothing is expected make it unstable
    free = max(weight[enough].sum() - 8, 10)
    return max(1.0, float((weight[enough] * (seen - mean)[enough] ** 2 / mean[enough]).sum() / free))


def _fit(
    seen: NDArray[np.float64],
    expected: NDArray[np.float64],
    design: NDArray[np.float64],
    precision: NDArray[np.float64],
    weight: NDArray[np.float64],
) -> tuple[NDArray[np.float64], float]:
    """Effects of a penalised Poisson regression by Newton's method, and its log evidence by Laplace's."""
    effect = np.zeros(design.shape[1])
    effect[0] = np.log((weight @ seen + 0.5) / (weight @ expected + 0.5))
    for _ in range(ROUNDS):
        mean = expected * np.exp(np.clip(design @ effect, -9, 9))
        curvature = (design * (weight * mean)[:, None]).T @ design + np.diag(precision)
        step = np.linalg.solve(curvature, design.T @ (weight * (seen - mean)) - precision * effect)
        effect = effect + np.clip(step, -2, 2)
    score = design @ effect
    fit = weight @ (seen * score - expected * np.exp(score)) - precision @ effect**2 / 2
    evidence = fit + (np.log(precision).sum() - np.linalg.slogdet(curvature)[1]) / 2
    return effect, float(evidence)
