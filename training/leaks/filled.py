"""Columns filled almost only for one outcome, as the reason why a lead was lost."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from training.leaks.contrast import TIMES, contrast_outcomes
from training.leaks.leak import Finding
from training.leaks.tally import EMPTY

if TYPE_CHECKING:
    from training.leaks.tally import Tally

KIND = "filled for one outcome"


def find_filled(tally: Tally, alpha: float) -> Finding | None:
    """Whether the column is filled 20 times as often for one outcome as for the other.

    Args:
        tally: of the column.
        alpha: chance of a wrong answer.
    """
    filled = np.arange(len(tally.words)) != EMPTY
    contrast = contrast_outcomes(tally, filled)
    if contrast.times < TIMES or not (contrast.is_one_sided(alpha) or contrast.is_apart(alpha)):
        return None
    return Finding(KIND, f"is filled for {contrast.describe()}; it is known only after the outcome")
