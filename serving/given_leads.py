"""Scoring leads whose contract rows come with the question."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd

from serving.contract_rows import rows_to_tables
from serving.graded_scores import grade_scores
from serving.messages import GivenLeadScore, LeadScore, ScoreAnswer, ScoreReason
from training import explain_scores, score_questions

if TYPE_CHECKING:
    from serving.desk import Desk
    from serving.messages import ScoreQuestion

SCORE_FIELDS = (
    "as_of",
    "probability",
    "probability_low",
    "probability_high",
    "probability_180_days",
    "probability_90_days",
    "score",
    "grade",
    "trend",
    "expected_amount_minor",
    "expected_value_minor",
)
"""The columns of a scores frame that an answer gives."""


def score_given_leads(desk: Desk, question: ScoreQuestion, client_id: str | None, language: str = "en") -> ScoreAnswer:
    """Score the leads of a question from the rows in it, as an offline run over the same rows would.

    Args:
        desk: the service's.
        question: the leads, and their rows.
        client_id: whose scores in the log may be looked at for the trend; None for all.
        language: of the reasons.

    Raises:
        BadInput: a lead is not among the rows, or not visible at the as-of.
        ArtefactRejected: no model is loaded.
    """
    artefact = desk.champion.artefact
    moment = pd.Timestamp(question.as_of or desk.clock()).tz_convert("UTC").as_unit("us")
    questions = pd.DataFrame({"lead_id": pd.Series(question.lead_ids, dtype="str"), "as_of": moment})
    scored = score_questions(rows_to_tables(question.tables), questions, artefact)
    scores = grade_scores(desk.store, scored.scores, artefact, desk.settings.grading, client_id)
    if question.reasons:
        reasons = explain_scores(artefact, scored.matrix, most=question.reasons, language=language)
    else:
        reasons = [[] for _ in question.lead_ids]
    return ScoreAnswer(
        scores=[
            GivenLeadScore(
                lead_id=str(row["lead_id"]),
                reasons=[ScoreReason.of(reason) for reason in found],
                **read_score(row, artefact.version).model_dump(),
            )
            for row, found in zip(scores.to_dict("records"), reasons, strict=True)
        ]
    )


def read_score(row: dict[Any, Any], model_version: str) -> LeadScore:
    """One row of a scores frame as an answer gives it."""
    given: dict[str, Any] = {name: None if pd.isna(row[name]) else row[name] for name in SCORE_FIELDS}
    return LeadScore(model_version=model_version, **given)
