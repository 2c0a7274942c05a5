"""Scores of many leads with what they say to people."""

from __future__ import annotations

from typing import TYPE_CHECKING

from serving.past_scores import find_last_probabilities
from serving.standing import Judge

if TYPE_CHECKING:
    import pandas as pd

    from data.grading import Grading
    from data.store import Store
    from training import Artefact


def grade_scores(
    store: Store, scores: pd.DataFrame, artefact: Artefact, grading: Grading, client_id: str | None = None
) -> pd.DataFrame:
    """A frame of scores with ``grade`` and ``trend``.

    Args:
        store: its log holds the scores before.
        scores: of :func:`training.score_questions`, each lead once.
        artefact: the model version that gave them.
        grading: the house's limits.
        client_id: whose scores in the log may be looked at; None for all.
    """
    moments = (moment.to_pydatetime() for moment in scores["as_of"])
    given = [(lead, artefact.version, moment) for lead, moment in zip(scores["lead_id"], moments, strict=True)]
    with store.transaction() as connection:
        before = find_last_probabilities(connection, given, client_id)
    return Judge.of(artefact, grading).judge_scores(scores, before)
