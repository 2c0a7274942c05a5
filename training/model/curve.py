"""When leads are won: base rates over the days after the question, by the stage the lead stood in.

Within an interval of days a rate is constant; the rates differ by stage because a lead in negotiation has another time
before it than one that was never reached. The rate is that of being won among all leads not won so far, the lost ones
included (the subdistribution hazard of Fine and Gray, J. Am. Stat. Assoc. 94, 1999), so that it alone gives the share
of leads won: an open lead counts with the days until the cut and is neither lost nor left out, and a lost one is lost.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

HORIZON_DAYS = 365
EDGES = (0.0, 4.0, 7.0, 14.0, 21.0, 30.0, 45.0, 60.0, 75.0, 90.0, 105.0, 120.0, 150.0, 180.0, 240.0, 300.0, 365.0)
PRIOR_EVENTS = 2.0


@dataclass(frozen=True)
class Curve:
    """One base rate per stratum and interval.

    Attributes:
        per_day: events per day and lead; a row per stratum, a column per interval between :data:`EDGES`.
    """

    per_day: tuple[tuple[float, ...], ...]

    def expect(self, stratum: NDArray[np.intp], days: NDArray[np.float64]) -> NDArray[np.float64]:
        """Events expected of a lead of base rate over ``days``: the cumulative hazard (n,)."""
        return (spend_days(days) * self.rates(stratum)).sum(axis=1)

    def expect_by(self, days: NDArray[np.float64]) -> NDArray[np.float64]:
        """The same of every stratum by each of some days: (strata, d)."""
        return np.array(self.per_day) @ spend_days(days).T

    def rates(self, stratum: NDArray[np.intp]) -> NDArray[np.float64]:
        """Rates per day of each row: (n, intervals)."""
        return np.array(self.per_day)[stratum]


def find_interval(days: NDArray[np.float64]) -> NDArray[np.intp]:
    """The interval in which each of ``days`` falls; days beyond the last edge count in the last."""
    return np.clip(np.searchsorted(EDGES, days, side="left") - 1, 0, len(EDGES) - 2)


def spend_days(days: NDArray[np.float64]) -> NDArray[np.float64]:
    """Days spent in each interval until ``days``: (n, intervals).

    >>> spend_days(np.array([10.0]))[0, :4].tolist()
    [4.0, 3.0, 3.0, 0.0]
    """
    lower, upper = np.array(EDGES[:-1]), np.array(EDGES[1:])
    return np.clip(days[:, None] - lower, 0, upper - lower)


def fit_curve(
    days: NDArray[np.float64],
    happened: NDArray[np.bool_],
    weight: NDArray[np.float64],
    stratum: NDArray[np.intp],
    strata: int,
    relative: NDArray[np.float64] | None = None,
    *,
    prior_events: float = PRIOR_EVENTS,
) -> Curve:
    """Estimate the base rates of one kind of event: events over days of exposure (Breslow's estimator).

    Args:
        days: until the outcome or until the cut (n,), at most the horizon.
        happened: the event ended these days (n,).
        weight: (n,).
        stratum: of each row, 0 … strata - 1 (n,).
        strata: how many there are.
        relative: rate of each row relative to its stratum's base (n,), 1 where None.
        prior_events: as by how many events an interval's rate is drawn to that of all later ones.
    """
    size = len(EDGES) - 1
    spent = spend_days(days) * (weight if relative is None else weight * relative)[:, None]
    exposure = np.zeros((strata, size))
    np.add.at(exposure, stratum, spent)
    place = (stratum * size + find_interval(days))[happened]
    events = np.asarray(np.bincount(place, weight[happened], strata * size).reshape(strata, size), np.float64)
    return smooth_rates(events, exposure, later_events=prior_events)


def smooth_rates(
    events: NDArray[np.float64],
    exposure: NDArray[np.float64],
    prior_events: float = PRIOR_EVENTS,
    later_events: float = PRIOR_EVENTS,
) -> Curve:
    """Rates from events and days of exposure, both (strata, intervals).

    Where little was seen, a rate is drawn, as by ``prior_events``, towards that of all strata scaled to the stratum's
    own level, and that in turn, as by ``later_events``, towards the rate of all later intervals.
    """
    pooled = _pool(events.sum(axis=0), exposure.sum(axis=0), later_events)
    level = (events.sum(axis=1) + 1) / ((exposure * pooled).sum(axis=1) + 1)
    prior = np.maximum(level[:, None] * pooled, 1e-12)
    rates = (events + prior_events) / (exposure + prior_events / prior)
    return Curve(tuple(tuple(map(float, row)) for row in rates))


def _pool(events: NDArray[np.float64], exposure: NDArray[np.float64], prior_events: float) -> NDArray[np.float64]:
    from_here = np.cumsum(events[::-1])[::-1] / np.maximum(np.cumsum(exposure[::-1])[::-1], 1e-9)
    overall = events.sum() / max(exposure.sum(), 1e-9)
    prior = np.maximum(np.where(from_here > 0, from_here, overall), 1e-12)
    return (events + prior_events) / (exposure + prior_events / prior)
