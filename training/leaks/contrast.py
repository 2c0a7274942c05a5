"""A contrast: whether something stands almost only on the rows of one outcome, beyond what chance gives."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from training.leaks.chance import Share
    from training.leaks.tally import Tally

TIMES, SURELY_TIMES = 20, 5
"""So many times as often on one outcome as on comparable rows of the other, and surely so many. The strongest honest
column known here, the days since an earlier contact in the bank files, stands 3 times as often on won rows."""
COVERAGE = 0.2
"""On so large a share of the outcome's rows; what stands on fewer does little harm, and rare segments are honest."""
PURE = 0.5
"""So many of the rows with it have the outcome: where hardly any lead is won, 20 times as often is still honest."""
APART, SURELY_APART = 0.6, 0.5
"""Or the two shares lie so far apart, which is an AUC of 0.8, and surely so far."""


@dataclass(frozen=True)
class Contrast:
    """Shares of the two outcomes on which something stands.

    Attributes:
        won: of the won rows.
        lost: of comparable lost rows.
        pure: won rows among those with it.
        names: what the two outcomes are called.
    """

    won: Share
    lost: Share
    pure: Share
    names: tuple[str, str]

    def is_one_sided(self, alpha: float) -> bool:
        """Whether it stands almost only on one outcome: 20 times as often, on a fifth of its rows or more."""
        more, less = self._order()
        pure = self.pure.value if more is self.won else 1 - self.pure.value
        if pure < PURE or more.value < COVERAGE or self.times < TIMES:
            return False
        return more.lower(alpha / 2) >= SURELY_TIMES * less.upper(alpha / 2)

    def is_apart(self, alpha: float) -> bool:
        """Whether the shares are 0.6 or more apart."""
        more, less = self._order()
        return more.value - less.value >= APART and more.lower(alpha / 2) - less.upper(alpha / 2) >= SURELY_APART

    @property
    def times(self) -> float:
        """How many times as often it stands on the one outcome as on the other."""
        more, less = self._order()
        return more.value / less.value if less.value else float("inf")

    def describe(self) -> str:
        """Both shares in words; lost leads are those comparable with the won ones.

        >>> from training.leaks.chance import Share
        >>> Contrast(Share(0.98, 50), Share(0.004, 900), Share(0.9, 60), ("won", "lost")).describe()
        '98 % of won and 0.4 % of lost leads'
        """
        first, second = self.names
        return f"{format_percent(self.won.value)} of {first} and {format_percent(self.lost.value)} of {second} leads"

    def _order(self) -> tuple[Share, Share]:
        return (self.won, self.lost) if self.won.value > self.lost.value else (self.lost, self.won)


def contrast_outcomes(tally: Tally, codes: NDArray[np.bool_]) -> Contrast:
    """Hold the outcomes against each other by whether one of the codes stands on a row.

    Args:
        tally: of the column.
        codes: (codes,), or (2, codes) where they were chosen for each half on the other.
    """
    return Contrast(tally.share_won(codes), tally.share_lost(codes), tally.share_pure(codes), tally.names)


def format_percent(share: float) -> str:
    """A share in whole per cent, near the ends with a decimal."""
    percent = 100 * share
    near_end = 0 < percent < 1 or 99 < percent < 100
    return f"{percent:.1f} %" if near_end else f"{percent:.0f} %"
