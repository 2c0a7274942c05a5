"""Columns that restate the outcome: a status whose values have one outcome each, an amount that is 0 where lost."""

from __future__ import annotations

from itertools import product
from typing import TYPE_CHECKING

import numpy as np

from training.leaks.contrast import contrast_outcomes
from training.leaks.leak import Finding
from training.leaks.tally import EMPTY

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from training.leaks.contrast import Contrast
    from training.leaks.tally import Tally

KIND = "restates the outcome"
CHOSEN = (10, 3)
"""Values are chosen that stand so many times as often on one outcome; if these tell nothing, weaker ones."""
SHOWN = 3


def find_restating(tally: Tally, alpha: float) -> Finding | None:
    """Whether values of the column stand almost only on one outcome, or so much more often that they rank with AUC 0.8.

    The values are chosen on one half of the rows and tested on the other, so that chance chooses for nothing. Ranges of
    numbers are no values: what they know is measured by the column's AUC.

    Args:
        tally: of the column.
        alpha: chance of a wrong answer.
    """
    sides = ((tally.won, tally.lost), (tally.lost, tally.won))
    for times, (mine, other) in product(CHOSEN, sides):
        codes = _choose(mine, other, times)
        codes[:, [EMPTY, *range(len(tally.words) - tally.ranges, len(tally.words))]] = False
        contrast, each = contrast_outcomes(tally, codes), alpha / (len(CHOSEN) * len(sides))
        if contrast.is_one_sided(each) or contrast.is_apart(each):
            return Finding(KIND, _tell(tally, codes, contrast))
    return None


def _choose(mine: NDArray[np.float64], other: NDArray[np.float64], times: float) -> NDArray[np.bool_]:
    """For each half, the codes that stand so many times as often on one outcome in the other half: (2, codes)."""
    seen, against = mine.sum(axis=1), other.sum(axis=1)
    share = seen / np.maximum(seen.sum(axis=1, keepdims=True), 1)
    against_share = (against + 0.5) / np.maximum(against.sum(axis=1, keepdims=True), 1)
    return np.asarray(share > times * against_share)[::-1].copy()


def _tell(tally: Tally, codes: NDArray[np.bool_], contrast: Contrast) -> str:
    rows = (tally.won + tally.lost).sum(axis=(0, 1))
    places = [place for place in np.argsort(-rows, kind="stable") if codes[:, place].all()]
    named = [tally.words[place] for place in places[:SHOWN]]
    more = f" and {len(places) - SHOWN} more values" if len(places) > SHOWN else ""
    which = f"{', '.join(named)}{more}" if named else "certain values"
    return f"is {which} for {contrast.describe()}, so it restates the outcome"
