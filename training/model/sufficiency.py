"""How many outcomes a model needs."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.errors import TooLittleData

if TYPE_CHECKING:
    import pandas as pd

LEAST_OUTCOMES = 40


def require_outcomes(questions: pd.DataFrame) -> None:
    """Refuse to learn from too little.

    Raises:
        TooLittleData: fewer than 40 leads won or fewer than 40 lost.
    """
    if lacking := describe_shortage(questions):
        raise TooLittleData(f"{lacking}.")


def describe_shortage(questions: pd.DataFrame) -> str:
    """What is missing for a model, in words; empty where nothing is."""
    by_lead = questions.drop_duplicates("lead_id") if "lead_id" in questions else questions
    counts = by_lead["outcome"].value_counts()
    missing = {
        word: LEAST_OUTCOMES - int(counts.get(word, 0))
        for word in ("won", "lost")
        if counts.get(word, 0) < LEAST_OUTCOMES
    }
    if not missing:
        return ""
    lacks = " and ".join(f"{count} more {word} leads" for word, count in missing.items())
    known = ", ".join(f"{int(counts.get(word, 0))} {word}" for word in ("won", "lost", "open"))
    return f"there is too little data for a model: {lacks} are needed ({known} so far)"
