"""Columns whose missing values tell the outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from training.leaks.contrast import contrast_outcomes
from training.leaks.leak import Finding
from training.leaks.tally import EMPTY

if TYPE_CHECKING:
    from training.leaks.tally import Tally

KIND = "missing by outcome"


def find_missing(tally: Tally, alpha: float) -> Finding | None:
    """Whether the column is empty almost only for one outcome, or so much more often that this ranks with AUC 0.8.

    Args:
        tally: of the column.
        alpha: chance of a wrong answer.
    """
    empty = np.arange(len(tally.words)) == EMPTY
    contrast = contrast_outcomes(tally, empty)
    if not (contrast.is_one_sided(alpha) or contrast.is_apart(alpha)):
        return None
    return Finding(KIND, f"is empty for {contrast.describe()}, so whether it is filled tells the outcome")
