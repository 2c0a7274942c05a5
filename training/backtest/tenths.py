"""Calibration by tenth: of the leads with similar probabilities, how many wins were promised and how many came."""

from __future__ import annotations

from dataclasses import dataclass
from math import sqrt
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

TENTHS = 10
Z_95 = 1.959964


@dataclass(frozen=True)
class Tenth:
    """One group of leads, from the lowest probabilities to the highest.

    Attributes:
        leads: how many.
        wins: how many of them were won.
        promised: mean probability.
        low: lower end of the 95 % interval of the share won.
        high: its upper end.
    """

    leads: int
    wins: int
    promised: float
    low: float
    high: float

    @property
    def won(self) -> float:
        """Share of the leads that were won."""
        return self.wins / self.leads

    @property
    def kept(self) -> bool:
        """Whether what was promised lies within the interval of what came."""
        return self.low <= self.promised <= self.high


def group_tenths(won: NDArray[np.int_], probability: NDArray[np.float64]) -> list[Tenth]:
    """Ten groups of equal size by probability, fewer where there are fewer leads.

    Args:
        won: 0 or 1 (n,).
        probability: (n,).

    >>> [(tenth.leads, tenth.wins) for tenth in group_tenths(np.array([1, 0]), np.array([0.9, 0.1]))]
    [(1, 0), (1, 1)]
    """
    groups = np.array_split(np.argsort(probability, kind="stable"), min(TENTHS, len(won)))
    return [_measure(won[group], probability[group]) for group in groups]


def find_share_interval(wins: int, leads: int) -> tuple[float, float]:
    """The 95 % interval of a share.

    Source: Wilson, Journal of the American Statistical Association 22, 1927.

    >>> tuple(round(end, 3) for end in find_share_interval(1, 10))
    (0.018, 0.404)
    """
    share, spread = wins / leads, Z_95**2 / leads
    middle = (share + spread / 2) / (1 + spread)
    half = sqrt(spread * (share * (1 - share) + spread / 4)) / (1 + spread)
    return max(middle - half, 0.0), min(middle + half, 1.0)


def _measure(won: NDArray[np.int_], probability: NDArray[np.float64]) -> Tenth:
    wins = int(won.sum())
    return Tenth(len(won), wins, float(probability.mean()), *find_share_interval(wins, len(won)))
