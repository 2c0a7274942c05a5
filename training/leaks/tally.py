"""The tally of a column: its codes counted by outcome, stratum and half."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

from training.leaks.chance import Share

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.leaks.codes import Codes

EMPTY = 0


@dataclass(frozen=True)
class Rows:
    """The rows of a file as the guard looks at them.

    Attributes:
        won: 0 or 1 (n,).
        stratum: of each row, whole numbers from 0.
        half: 0 or 1.
    """

    won: NDArray[np.int_]
    stratum: NDArray[np.intp]
    half: NDArray[np.intp]


@dataclass(frozen=True)
class Tally:
    """How often each code stands on won and on lost rows.

    Attributes:
        won: (2 halves, strata, codes).
        lost: the same.
        words: what each code stands for.
        ranges: how many codes, the last ones, are ranges of numbers.
        names: what the two outcomes are called.
    """

    won: NDArray[np.float64]
    lost: NDArray[np.float64]
    words: tuple[str, ...]
    ranges: int = 0
    names: tuple[str, str] = ("won", "lost")

    @cached_property
    def comparable(self) -> NDArray[np.bool_]:
        """Strata that hold both outcomes."""
        return np.asarray((self.won.sum(axis=(0, 2)) > 0) & (self.lost.sum(axis=(0, 2)) > 0))

    def share_won(self, codes: NDArray[np.bool_]) -> Share:
        """Share of the won rows on which one of the codes stands.

        Args:
            codes: (codes,), or (2, codes) where they were chosen for each half on the other.
        """
        won = self.won[:, self.comparable]
        inside = np.where(np.atleast_2d(codes)[:, None, :], won, 0).sum()
        return Share(float(inside / max(won.sum(), 1)), float(won.sum()))

    def share_lost(self, codes: NDArray[np.bool_]) -> Share:
        """The same of lost rows that are comparable: each stratum counts as much as it has won rows."""
        lost = self.lost[:, self.comparable]
        inside = np.where(np.atleast_2d(codes)[:, None, :], lost, 0).sum(axis=(0, 2))
        rows, weight = lost.sum(axis=(0, 2)), self.won[:, self.comparable].sum(axis=(0, 2))
        weight = weight / max(weight.sum(), 1)
        return Share(float((weight * inside / rows).sum()), float(1 / max((weight**2 / rows).sum(), 1e-12)))

    def share_pure(self, codes: NDArray[np.bool_]) -> Share:
        """Share of the rows with one of the codes that are won."""
        chosen = np.atleast_2d(codes)[:, None, :]
        won, lost = np.where(chosen, self.won, 0).sum(), np.where(chosen, self.lost, 0).sum()
        return Share(float(won / max(won + lost, 1)), float(won + lost))


def count_outcomes(codes: Codes, rows: Rows, names: tuple[str, str] = ("won", "lost")) -> Tally:
    """Count the codes of a column by outcome, stratum and half."""
    width, strata = len(codes.words), int(rows.stratum.max()) + 1
    cell = (rows.half * strata + rows.stratum) * width + codes.code
    size = 2 * strata * width
    won, lost = (np.bincount(cell, each, size).astype(float) for each in (rows.won, 1 - rows.won))
    shape = (2, strata, width)
    return Tally(won.reshape(shape), lost.reshape(shape), codes.words, codes.ranges, names)
