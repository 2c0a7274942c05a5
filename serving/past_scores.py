"""Scores that were given: one lead's, newest first."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.scores import log_scores
from serving.messages import LeadScore

if TYPE_CHECKING:
    from datetime import datetime

SHOWN = 20


def list_scores(connection: sa.Connection, lead_id: str) -> list[LeadScore]:
    """The scores of a lead, newest first; one that was given to several who asked is there once."""
    return [LeadScore(**row) for row in connection.execute(_LIST, {"lead": lead_id, "most": SHOWN}).mappings()]


def find_score(connection: sa.Connection, lead_id: str) -> LeadScore | None:
    """The score with which a lead stands in the queue; None where it is not in it."""
    row = connection.execute(_CURRENT, {"lead": lead_id}).mappings().one_or_none()
    return LeadScore(**row) if row else None


def log_repeated_score(connection: sa.Connection, lead_id: str, score: LeadScore, at: datetime) -> None:
    """Note that a sales rep was shown a score that had been computed for the list.

    Args:
        connection: in a transaction.
        lead_id: the lead.
        score: of :func:`find_score`.
        at: now.
    """
    values = {"lead": lead_id, "as_of": score.as_of, "version": score.model_version}
    features_hash = connection.execute(_HASH, values).scalar_one()
    frame = pd.DataFrame([score.model_dump() | {"lead_id": lead_id, "features_hash": features_hash}])
    log_scores(connection, frame, question="rep", model_version=score.model_version, arrived_at=at)


_SCORE = """s.occurred_at AS as_of, s.model_version, s.probability, s.probability_180_days, s.probability_90_days,
            s.expected_amount_minor, s.expected_value_minor"""

_LIST = sa.text(f"""
    SELECT {_SCORE} FROM (SELECT DISTINCT ON (occurred_at, model_version) * FROM scores
                          WHERE lead_id = :lead AND superseded_at IS NULL
                          ORDER BY occurred_at DESC, model_version) s
    ORDER BY s.occurred_at DESC, s.model_version DESC LIMIT :most""")

_CURRENT = sa.text(f"""
    SELECT {_SCORE} FROM call_queue q
    JOIN scores s ON s.lead_id = q.lead_id AND s.occurred_at = q.as_of AND s.model_version = q.model_version
    WHERE q.lead_id = :lead AND s.superseded_at IS NULL LIMIT 1""")

_HASH = sa.text("""
    SELECT features_hash FROM scores
    WHERE lead_id = :lead AND occurred_at = :as_of AND model_version = :version AND superseded_at IS NULL LIMIT 1""")
