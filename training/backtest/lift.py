"""The cumulative lift curve: how many of the wins are reached by how many of the calls, best leads first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

POINTS = 100


@dataclass(frozen=True)
class LiftCurve:
    """Points of the curve, from (0, 0) to (1, 1).

    Attributes:
        called: share of the leads called, rising (k,).
        reached: share of the wins reached by then (k,).
    """

    called: NDArray[np.float64]
    reached: NDArray[np.float64]

    def find_reached(self, called: float) -> float:
        """Share of the wins that a share of the calls reaches."""
        return float(np.interp(called, self.called, self.reached))

    def find_called(self, reached: float) -> float:
        """The smallest share of the calls that reaches a share of the wins.

        >>> LiftCurve(np.array([0, 0.5, 1]), np.array([0, 0.8, 1])).find_called(0.4)
        0.25
        """
        place = max(int(np.searchsorted(self.reached, reached)), 1)
        ends = slice(place - 1, place + 1)
        return float(np.interp(reached, self.reached[ends], self.called[ends]))

    def thin(self, points: int = POINTS) -> LiftCurve:
        """The same curve by evenly spaced shares of calls, for a picture."""
        called = np.linspace(0, 1, points + 1)
        return LiftCurve(called, np.interp(called, self.called, self.reached))


def trace_lift(won: NDArray[np.int_], probability: NDArray[np.float64]) -> LiftCurve:
    """The lift curve of a set of predictions; leads of equal probability are called in random order.

    Args:
        won: 0 or 1 (n,), at least one of them 1.
        probability: (n,).

    >>> trace_lift(np.array([1, 0, 0, 1]), np.array([0.9, 0.8, 0.2, 0.2])).reached.tolist()
    [0.0, 0.5, 0.5, 1.0]
    """
    _, group = np.unique(-probability, return_inverse=True)
    called = np.append(0, np.cumsum(np.bincount(group))) / len(won)
    reached = np.append(0, np.cumsum(np.bincount(group, won))) / won.sum()
    return LiftCurve(called, reached)
