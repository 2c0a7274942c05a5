"""Effects of groups, each drawn towards what is expected without it: segment, campaign, client, whole."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

PRIOR_WINS = 4.0
"""A group's own wins stand beside so many that went as expected: effects are thought to spread by half a log unit."""


def shrink_effects(
    group: NDArray[np.intp], groups: int, wins: NDArray[np.float64], expected: NDArray[np.float64]
) -> NDArray[np.float64]:
    """The log effect of each group on the rate of winning: the posterior mean of a gamma prior around 1.

    Source: Clayton and Kaldor, Empirical Bayes estimates of age-standardized relative risks, Biometrics 43, 1987.

    Args:
        group: of each row, -1 for none (n,).
        groups: how many there are.
        wins: of each row (n,).
        expected: wins of each row without the effect (n,).

    Returns:
        Shape (groups,); 0 for a group without rows.

    >>> shrink_effects(np.array([0, 0, 1]), 3, np.array([1.0, 3.0, 0.0]), np.ones(3)).round(3).tolist()
    [0.288, -0.223, 0.0]
    """
    inside = group >= 0
    won = np.bincount(group[inside], wins[inside], groups)
    due = np.bincount(group[inside], expected[inside], groups)
    return np.log((won + PRIOR_WINS) / (due + PRIOR_WINS))
