"""The reference made comparable: training rows of the same kinds of questions as the month's scores."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from typing import Any

QUESTION = "question"
LEAST_SHARE = 0.05


def is_comparable(reference: pd.DataFrame, questions: pd.Series[Any]) -> bool:
    """Whether the reference says which question each row answered, and holds those that matter in the month."""
    return QUESTION in reference and set(_share(questions)) <= set(reference[QUESTION])


def match_reference(reference: pd.DataFrame, questions: pd.Series[Any], most: int, seed: int) -> pd.DataFrame:
    """Draw rows of the reference so that its questions have the shares that they have in the month.

    Leads about to be called, and all open leads at a month's end, differ in nearly every column; without this, a
    change in who asks would look like drift.

    Args:
        reference: of the artefact; where it is not comparable (:func:`is_comparable`), any rows are drawn.
        questions: of the month's scores (list, rep or pipeline); those asked for less than 5 % do not count.
        most: rows at most.
        seed: of the draw.
    """
    if not is_comparable(reference, questions):
        return draw_rows(reference, most, seed)
    shares = _share(questions)
    available = reference[QUESTION].value_counts().to_dict()
    size = min(most, *(available[name] / share for name, share in shares.items()))
    drawn = [
        draw_rows(reference[reference[QUESTION] == name], round(size * share), seed) for name, share in shares.items()
    ]
    return pd.concat(drawn, ignore_index=True)


def draw_rows(frame: pd.DataFrame, most: int, seed: int) -> pd.DataFrame:
    """At most so many rows, drawn at random, in their order."""
    chosen = np.sort(np.random.default_rng(seed).permutation(len(frame))[:most])
    return frame.iloc[chosen].reset_index(drop=True)


def _share(questions: pd.Series[Any]) -> dict[str, float]:
    counts = questions.value_counts().sort_index()
    kept = counts[counts >= LEAST_SHARE * counts.sum()]
    return {str(name): count / kept.sum() for name, count in kept.items()}
