"""Draws of what the leads of a campaign bring.

The level, which all leads share, the effect of the campaign, what a deal brings in it, and chance are drawn together.
Leads of one campaign are won independently of each other once level and effect are given.
"""

from __future__ import annotations

from dataclasses import dataclass
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np

from training.intervals.amount_spread import USUAL_DEALS
from training.intervals.rate_bounds import scale_rate

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.intervals.intervals import Intervals

DRAWS = 2_000
FACTORS = np.geomspace(0.1, 10.0, 25)
"""Factors on rates for which sums over leads are computed; those drawn lie between, and are interpolated."""


@dataclass(frozen=True)
class Leads:
    """Leads of one campaign that are summed.

    Attributes:
        chance: P(won) (n,).
        amount: expected of a deal with each, in minor units (n,); None where wins are counted.
        variance: of the amount relative to its square (n,); None likewise.
        usual: share of the expected money whose amounts rest on the campaign's mean deal.
        point: the sum as it is without any uncertainty.
    """

    chance: NDArray[np.float64]
    amount: NDArray[np.float64] | None
    variance: NDArray[np.float64] | None
    usual: float
    point: float


def draw_level(variance: float, seed: int) -> NDArray[np.float64]:
    """Draws of the factor on all rates: log-normal with a mean of 1 (draws,)."""
    return np.exp(np.random.default_rng(seed).normal(-variance / 2, variance**0.5, DRAWS))


def draw_campaign(
    leads: Leads, campaign: str, intervals: Intervals, level: NDArray[np.float64], seed: int
) -> NDArray[np.float64]:
    """Draws of the wins of a campaign's leads, or where they have amounts of the money (draws,).

    Args:
        leads: of the campaign.
        campaign: its id; each has its own stream of chance, so that it does not matter which others are asked for.
        intervals: of the model version.
        level: draws of :func:`draw_level`.
        seed: of chance.
    """
    random = np.random.default_rng([seed, int.from_bytes(blake2b(campaign.encode(), digest_size=8).digest())])
    effect = intervals.find_effect(campaign)
    factor = level * random.gamma(effect.shape, 1 / effect.rate, DRAWS)
    by_factor = np.array([scale_rate(leads.chance, each) for each in FACTORS])
    mean, square = _look_up(factor, by_factor.sum(axis=1)), _look_up(factor, (by_factor**2).sum(axis=1))
    count = draw_wins(random, mean, square)
    if leads.amount is None or leads.variance is None:
        return count
    wins = np.maximum(mean, 1e-12)
    each = _look_up(factor, by_factor @ leads.amount) / wins
    spread = _look_up(factor, by_factor @ (leads.amount**2 * (1 + leads.variance))) / wins - each**2
    return draw_money(random, count, each, spread) * (1 + leads.usual * (_draw_price(random, intervals, campaign) - 1))


def draw_wins(
    random: np.random.Generator, mean: NDArray[np.float64], square: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Draws of how many of independent leads are won: of the binomial with the same mean and nearly the same variance.

    Args:
        random: source of chance.
        mean: sum of probabilities, per draw.
        square: sum of squared probabilities, per draw; leads of equal probability give the binomial itself.
    """
    leads = np.ceil(mean**2 / np.maximum(square, 1e-300) - 1e-9)
    return random.binomial(leads.astype(np.int64), np.minimum(mean / np.maximum(leads, 1), 1.0)).astype(float)


def draw_money(
    random: np.random.Generator, count: NDArray[np.float64], each: NDArray[np.float64], variance: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Draws of the sum of ``count`` deals of a mean and variance: gamma, and nothing where there is no deal."""
    varies = (count > 0) & (each > 0) & (variance > 1e-9 * each**2)
    shape = np.where(varies, count * each**2 / np.where(varies, variance, 1.0), 1.0)
    scale = np.where(varies, variance / np.where(varies, each, 1.0), 1.0)
    return np.where(varies, random.gamma(shape, scale), count * each)


def _look_up(factor: NDArray[np.float64], sums: NDArray[np.float64]) -> NDArray[np.float64]:
    at = np.log(np.clip(factor, FACTORS[0], FACTORS[-1]))
    return np.asarray(np.interp(at, np.log(FACTORS), sums))


def _draw_price(random: np.random.Generator, intervals: Intervals, campaign: str) -> NDArray[np.float64]:
    """Draws of a campaign's mean deal relative to that expected: its deals tell it, and five as it was drawn to."""
    deals = intervals.campaigns[campaign].wins if campaign in intervals.campaigns else 0.0
    shape = (deals + USUAL_DEALS) / max(intervals.expected.variance, 1e-9)
    return random.gamma(shape, 1 / shape, DRAWS)
