"""Scores that were given: one lead's, newest first, and the last one of many leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from serving.messages import LeadScore
from serving.standing import UNKNOWN

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from serving.standing import Judge

SHOWN = 20


def list_scores(connection: sa.Connection, lead_id: str, judge: Judge | None) -> list[LeadScore]:
    """The scores of a lead, newest first; one that was given to several who asked is there once.

    Args:
        connection: to the store.
        lead_id: the lead.
        judge: of the version that serves; None where none does.
    """
    rows = connection.execute(_LIST, {"lead": lead_id, "most": SHOWN}).mappings()
    return [_read(dict(row), judge) for row in rows]


def find_score(connection: sa.Connection, lead_id: str, judge: Judge | None) -> LeadScore | None:
    """The score with which a lead stands in the queue; None where it is not in it."""
    row = connection.execute(_CURRENT, {"lead": lead_id}).mappings().one_or_none()
    return _read(dict(row), judge) if row else None


def find_last_probabilities(
    connection: sa.Connection, given: Sequence[tuple[str, str, datetime]], client_id: str | None = None
) -> dict[str, float]:
    """The probability that a model version gave a lead last before a score; a lead without one is left out.

    Args:
        connection: to the store.
        given: lead, model version and as-of of each score, each lead once.
        client_id: whose leads may be looked at; None for all.
    """
    leads, versions, moments = ([*column] for column in zip(*given, strict=True)) if given else ([], [], [])
    values = {"leads": leads, "versions": versions, "moments": moments, "client": client_id}
    return {row.lead_id: row.probability for row in connection.execute(_BEFORE, values)}


def _read(row: dict[str, Any], judge: Judge | None) -> LeadScore:
    before = row.pop("before")
    standing = judge.judge(row["model_version"], row["probability"], before) if judge else UNKNOWN
    return LeadScore(**row, **standing)


_SCORE = """s.occurred_at AS as_of, s.model_version, s.probability, s.probability_180_days, s.probability_90_days,
            s.expected_amount_minor, s.expected_value_minor"""

_LIST = sa.text(f"""
    SELECT {_SCORE}, lag(s.probability) OVER (PARTITION BY s.model_version ORDER BY s.occurred_at) AS before
    FROM (SELECT DISTINCT ON (occurred_at, model_version) * FROM scores
          WHERE lead_id = :lead AND superseded_at IS NULL
          ORDER BY occurred_at DESC, model_version) s
    ORDER BY s.occurred_at DESC, s.model_version DESC LIMIT :most""")

_LAST = """
    SELECT p.probability FROM scores p
    WHERE p.lead_id = {lead} AND p.model_version = {version} AND p.occurred_at < {as_of} AND p.superseded_at IS NULL
    ORDER BY p.occurred_at DESC LIMIT 1"""

_CURRENT = sa.text(f"""
    SELECT {_SCORE}, ({_LAST.format(lead="s.lead_id", version="s.model_version", as_of="s.occurred_at")}) AS before
    FROM call_queue q
    JOIN scores s ON s.lead_id = q.lead_id AND s.occurred_at = q.as_of AND s.model_version = q.model_version
    WHERE q.lead_id = :lead AND s.superseded_at IS NULL LIMIT 1""")

_BEFORE = sa.text(f"""
    SELECT a.lead_id, b.probability
    FROM unnest(CAST(:leads AS text[]), CAST(:versions AS text[]), CAST(:moments AS timestamptz[]))
         AS a(lead_id, model_version, as_of)
    JOIN LATERAL ({_LAST.format(lead="a.lead_id", version="a.model_version", as_of="a.as_of")}) b ON TRUE
    WHERE CAST(:client AS text) IS NULL OR EXISTS (
        SELECT FROM leads l JOIN campaigns m ON m.campaign_id = l.campaign_id AND m.superseded_at IS NULL
        WHERE l.lead_id = a.lead_id AND l.superseded_at IS NULL AND m.client_id = :client)""")
