"""The rows that are judged, and how they hang together."""

from __future__ import annotations

from dataclasses import dataclass
from functools import cached_property
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from benchmarks.quality_sets import FlatSet


@dataclass(frozen=True)
class Judged:
    """The rows that are judged, fold by fold; a row is there once in each repetition.

    Attributes:
        won: 0 or 1 (m,).
        step: number of the fold (m,).
        repetition: of the cross-validation (m,).
        kin: the group that is drawn as one in a bootstrap, where rows have no order; else None (m,).
    """

    won: NDArray[np.int_]
    step: NDArray[np.int_]
    repetition: NDArray[np.int_]
    kin: NDArray[np.int_] | None = None

    @cached_property
    def by_step(self) -> list[NDArray[np.intp]]:
        """The rows of each fold."""
        return _group(self.step)

    @cached_property
    def by_repetition(self) -> list[NDArray[np.intp]]:
        """The rows of each repetition."""
        return _group(self.repetition)


def lay_out_judged(flat: FlatSet) -> Judged:
    """The judged rows of a set, in the order in which predictions are kept."""
    rows = np.concatenate([fold.test for fold in flat.folds])
    sizes = [len(fold.test) for fold in flat.folds]
    step = np.repeat(np.arange(len(sizes)), sizes)
    repetition = np.repeat([fold.repetition for fold in flat.folds], sizes)
    return Judged(flat.won[rows], step, repetition, flat.kin[rows] if flat.order == "none" else None)


def _group(labels: NDArray[np.int_]) -> list[NDArray[np.intp]]:
    return [np.flatnonzero(labels == label) for label in np.unique(labels)]
