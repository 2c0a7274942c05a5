"""What chance allows: how far a share or an AUC that was counted may lie from the true one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

from scipy.stats import beta, norm

FAMILY = 0.01
"""Chance that any column of a file is refused although it is only as good as the limits allow."""


@dataclass(frozen=True)
class Share:
    """A share that was counted.

    Attributes:
        value: 0 to 1.
        rows: counted, or as many as give its precision where shares of strata were averaged.
    """

    value: float
    rows: float

    def lower(self, alpha: float) -> float:
        """The least that the true share is, but for a chance of ``alpha``.

        Source: Clopper and Pearson, Biometrika 26, 1934.

        >>> round(Share(1.0, 100).lower(0.01), 3)
        0.955
        """
        count = self.value * self.rows
        return float(beta.ppf(alpha, count, self.rows - count + 1)) if count > 0 else 0.0

    def upper(self, alpha: float) -> float:
        """The most that the true share is, but for a chance of ``alpha``."""
        return 1 - Share(1 - self.value, self.rows).lower(alpha)


def variance_of_auc(auc: float, won: Any, lost: Any) -> Any:
    """Variance of the AUC of so many won and lost rows, numbers or arrays of them, whose true one is ``auc``.

    Source: Hanley and McNeil, Radiology 143, 1982, doi 10.1148/radiology.143.1.7063747.

    >>> round(variance_of_auc(0.8, 100, 100), 6)
    0.000984
    """
    both_won, both_lost = auc / (2 - auc), 2 * auc * auc / (1 + auc)
    spread = auc * (1 - auc) + (won - 1) * (both_won - auc * auc) + (lost - 1) * (both_lost - auc * auc)
    return spread / (won * lost)


def split_alpha(columns: int, kinds: int) -> float:
    """The chance left to each test, where all columns are held against all kinds (Bonferroni)."""
    return FAMILY / max(columns * kinds, 1)


def critical_deviation(alpha: float) -> float:
    """How many standard errors above its limit a figure must lie.

    >>> round(critical_deviation(0.025), 2)
    1.96
    """
    return float(norm.isf(alpha))
