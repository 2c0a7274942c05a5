"""The score for people: 1 to 99, where 90 says that the lead is likelier to close than 90 % of open leads."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Sequence

    import pandas as pd
    from numpy.typing import ArrayLike, NDArray

LOWEST, HIGHEST = 1, 99
OPEN = "pipeline"
LEAST_OPEN = 100
"""Rows of the reference that must be about all open leads for these alone to make the scale."""


@dataclass(frozen=True)
class Scale:
    """Percentiles of the close probability among the open leads of a model's training reference.

    Attributes:
        thresholds: 99 probabilities, rising; above the n-th of them the score is n or more.
    """

    thresholds: tuple[float, ...]

    def score(self, probability: ArrayLike) -> NDArray[np.int64]:
        """The score of each probability, 1 to 99: per cent of the reference that is less likely, rounded down.

        A higher probability never has a lower score.

        >>> fit_scale([0.1, 0.2, 0.3, 0.4]).score([0.05, 0.2, 0.25, 0.9]).tolist()
        [1, 25, 50, 99]
        """
        below = np.searchsorted(self.thresholds, np.asarray(probability, float), side="left")
        return np.clip(below, LOWEST, HIGHEST).astype(np.int64)


def fit_scale(probabilities: Sequence[float] | NDArray[np.float64]) -> Scale:
    """The scale of a reference: of each per cent, the probability that must be exceeded to be above it.

    Args:
        probabilities: of the leads asked about, at least one, in any order.
    """
    ordered = np.sort(np.asarray(probabilities, float))
    places = -(-np.arange(LOWEST, HIGHEST + 1) * len(ordered) // 100) - 1  # the n-th per cent, rounded up
    return Scale(tuple(map(float, ordered[places])))


def scale_reference(reference: pd.DataFrame) -> Scale:
    """The scale of a training reference: of all open leads at months' ends, or of every row where these are few.

    A lead is asked about before each call, so much-called leads, which seldom close, fill the other questions: among
    these half of the open leads of a simulated operation were in the best tenth.

    Args:
        reference: ``probability`` of each row and, except in versions of long ago, ``question``.
    """
    opened = reference[reference["question"] == OPEN] if "question" in reference else reference[:0]
    rows = opened if len(opened) >= LEAST_OPEN else reference
    return fit_scale(rows["probability"].to_numpy(float))
