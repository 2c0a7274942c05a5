"""What a model version knows about its own uncertainty: plain numbers, kept as JSON."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from training.intervals.amount_spread import AmountSpread
from training.intervals.campaign_effect import Effect, learn_effect
from training.intervals.rate_bounds import bound_rate, find_log_rate

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

MILESTONES = {"probability_90_days": 90, "probability_180_days": 180, "probability": 365}
"""Columns of a scores frame, and the days within which they promise a win."""
LEVEL = 0.8


@dataclass(frozen=True)
class Shown:
    """What a campaign has shown by the time of training.

    Attributes:
        wins: of its leads.
        expected: wins, by models that have not seen the campaign.
        absorbed: what the final model expects ÷ ``expected``.
    """

    wins: float
    expected: float
    absorbed: float


@dataclass(frozen=True)
class Intervals:
    """Uncertainty of a model's probabilities, each part on the scale of the log rate of winning.

    Attributes:
        log_rates: where the parameters' variance is given, rising.
        variances: of the log rate of a lead because of the parameters, at each of ``log_rates``.
        sparseness: relative variance of all probabilities together because few wins were seen, by milestone in days.
        drift: relative standard deviation of the level between quarters.
        spread: relative standard deviation of effects between campaigns.
        campaigns: by id; of one that is not there nothing but the spread is known.
        stated: spread of deals whose amount sales had stated.
        expected: of the others.
    """

    log_rates: tuple[float, ...]
    variances: tuple[float, ...]
    sparseness: dict[int, float]
    drift: float
    spread: float
    campaigns: dict[str, Shown]
    stated: AmountSpread
    expected: AmountSpread

    def find_effect(self, campaign: str) -> Effect:
        """The factor on what the model expects of a campaign's leads."""
        shown = self.campaigns.get(campaign, Shown(0.0, 0.0, 1.0))
        return learn_effect(self.spread, shown.wins, shown.expected, shown.absorbed)

    def find_level_variance(self, days: int) -> float:
        """The variance that all log rates share, of probabilities within 90, 180 or 365 days."""
        return self.sparseness[days] + self.drift**2

    def bound(
        self, probability: NDArray[np.float64], campaign: pd.Series, *, days: int = 365, level: float = LEVEL
    ) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
        """Low and high end of an interval of each lead's probability; the probability itself lies within.

        Args:
            probability: of winning within ``days`` (n,).
            campaign: ids (n,).
            days: 90, 180 or 365.
            level: how often the interval is to hold what the lead's probability would be found to be, were as much
                known of it as the model asks about.
        """
        names, place = np.unique(campaign.astype(object).fillna("").to_numpy(str), return_inverse=True)
        effects = [self.find_effect(str(name)) for name in names]
        shift = np.log([effect.mean for effect in effects])[place]
        spread = np.array([effect.spread for effect in effects])[place]
        own = np.interp(find_log_rate(probability), self.log_rates, self.variances)
        return bound_rate(probability, shift, np.sqrt(own + spread**2 + self.find_level_variance(days)), level)


def write_intervals(intervals: Intervals) -> dict[str, Any]:
    """Plain JSON values."""
    return asdict(intervals) | {"sparseness": {str(days): value for days, value in intervals.sparseness.items()}}


def read_intervals(content: str) -> Intervals:
    """The intervals of the JSON text of :func:`write_intervals`."""
    values = json.loads(content)
    return Intervals(
        log_rates=tuple(values["log_rates"]),
        variances=tuple(values["variances"]),
        sparseness={int(days): value for days, value in values["sparseness"].items()},
        drift=values["drift"],
        spread=values["spread"],
        campaigns={name: Shown(**shown) for name, shown in values["campaigns"].items()},
        stated=AmountSpread(**values["stated"]),
        expected=AmountSpread(**values["expected"]),
    )
