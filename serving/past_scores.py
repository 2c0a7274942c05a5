"""Scores that were given: one lead's, newest first."""

from __future__ import annotations

import sqlalchemy as sa

from serving.messages import LeadScore

SHOWN = 20


def list_scores(connection: sa.Connection, lead_id: str) -> list[LeadScore]:
    """The scores of a lead, newest first; one that was given to several who asked is there once."""
    return [LeadScore(**row) for row in connection.execute(_LIST, {"lead": lead_id, "most": SHOWN}).mappings()]


def find_score(connection: sa.Connection, lead_id: str) -> LeadScore | None:
    """The score with which a lead stands in the queue; None where it is not in it."""
    row = connection.execute(_CURRENT, {"lead": lead_id}).mappings().one_or_none()
    return LeadScore(**row) if row else None


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
