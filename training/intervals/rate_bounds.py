"""An interval of a probability from the spread of its rate."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import ndtri

if TYPE_CHECKING:
    from numpy.typing import NDArray

SMALLEST = 1e-12


def find_log_rate(probability: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log of the cumulative rate under which a win has this probability (n,).

    >>> find_log_rate(np.array([1 - np.exp(-1)])).round(6).tolist()
    [0.0]
    """
    certain = np.clip(probability, SMALLEST, 1 - SMALLEST)
    return np.asarray(np.log(-np.log1p(-certain)))


def scale_rate(probability: NDArray[np.float64], factor: NDArray[np.float64] | float) -> NDArray[np.float64]:
    """The probability once its rate is ``factor`` times as large: never below 0 nor above 1.

    >>> scale_rate(np.array([0.5]), 2.0).tolist()  # 1 - 0.5 ** 2
    [0.75]
    """
    with np.errstate(divide="ignore"):  # a certain win stays certain
        return np.asarray(-np.expm1(factor * np.log1p(-probability)))


def bound_rate(
    probability: NDArray[np.float64], shift: NDArray[np.float64], spread: NDArray[np.float64], level: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    """The central interval of a probability whose log rate is normal; widened to hold the probability itself.

    Args:
        probability: (n,).
        shift: of the log rate's mean from that of ``probability`` (n,).
        spread: standard deviation of the log rate (n,).
        level: share of the normal distribution within the interval.

    >>> low, high = bound_rate(np.array([0.5]), np.zeros(1), np.array([np.log(2) / ndtri(0.9)]), 0.8)
    >>> low.round(6).tolist(), high.round(6).tolist()  # 1 - 0.5 ** 0.5 and 1 - 0.5 ** 2
    ([0.292893], [0.75])
    """
    reach = ndtri(0.5 + level / 2) * spread
    low = scale_rate(probability, np.exp(np.minimum(shift - reach, 0.0)))
    return low, scale_rate(probability, np.exp(np.maximum(shift + reach, 0.0)))
