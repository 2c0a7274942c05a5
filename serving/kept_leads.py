"""Features and score of one lead, computed when something about it is written, and kept for those who ask."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import sqlalchemy as sa

from data.erasure import hold_erasures
from data.gate import decide_calls
from data.queue import close_queue
from data.scores import log_scores
from data.store import read_tables
from data.store.meanwhile import lock_scores
from features.feeds import feed_schemas
from serving.ranking import queue_scores
from training import score_questions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from serving.desk import Desk
    from training import Artefact

KEPT_FOR = timedelta(days=1)
"""Ages and counts of the last days move on; after a day they are computed anew."""

TICK = timedelta(microseconds=1)
FEATURE_TABLES = tuple(feed_schemas())


@dataclass(frozen=True)
class KeptLead:
    """The encoded features of a lead.

    Attributes:
        as_of: when they were computed.
        model_version: whose schema they follow.
        row: float64 (k,).
    """

    as_of: datetime
    model_version: str
    row: NDArray[np.float64]


def refresh_lead(desk: Desk, lead_id: str, artefact: Artefact, *, question: str, at: datetime) -> bool:
    """Compute the lead's features and score anew, keep them, rank it, and log the score.

    Args:
        desk: the service's.
        lead_id: a known lead.
        artefact: the model version.
        question: who asks: list or rep.
        at: what happened and was known up to then counts.

    Returns:
        Whether there is a score: a lead that is won or lost has none, and leaves the queue.
    """
    with desk.store.transaction() as connection:
        hold_erasures(connection)
        connection.execute(_ONE_AT_A_TIME, {"lead": lead_id})  # a slower refresh never overwrites a newer one
        lock_scores(connection)
        as_of = pd.Timestamp(at + TICK).tz_convert("UTC").as_unit("us")
        (decision,) = decide_calls(connection, [lead_id], as_of.to_pydatetime())
        if decision.rule is not None and decision.rule.name in ("closed", "unknown_lead"):
            close_queue(connection, [lead_id])
            connection.execute(_FORGET, {"lead": lead_id})
            return False
        tables = read_tables(desk.store, FEATURE_TABLES, leads=[lead_id])
        questions = pd.DataFrame({"lead_id": pd.Series([lead_id], dtype="str"), "as_of": as_of})
        scored = score_questions(tables, questions, artefact, desk.computer)
        _keep(connection, lead_id, KeptLead(as_of.to_pydatetime(), artefact.version, scored.matrix[0]))
        queue_scores(connection, scored.scores, artefact.version)
        log_scores(connection, scored.scores, question=question, model_version=artefact.version, arrived_at=at)
        return True


def find_kept_lead(connection: sa.Connection, lead_id: str, model_version: str, at: datetime) -> KeptLead | None:
    """The lead's kept features where they are of that version, not too old, and no newer score is in the queue."""
    found = connection.execute(_FIND, {"lead": lead_id, "version": model_version, "at": at}).one_or_none()
    return KeptLead(found.as_of, found.model_version, np.array(found.row, dtype="float64")) if found else None


def _keep(connection: sa.Connection, lead_id: str, kept: KeptLead) -> None:
    values = {"lead": lead_id, "as_of": kept.as_of, "expires": kept.as_of + KEPT_FOR}
    connection.execute(_KEEP, values | {"version": kept.model_version, "row": kept.row.tolist()})


_ONE_AT_A_TIME = sa.text("SELECT pg_advisory_xact_lock(hashtextextended(:lead, 0))")

_KEEP = sa.text("""
    INSERT INTO lead_features (lead_id, as_of, expires_at, model_version, row)
    VALUES (:lead, :as_of, :expires, :version, :row)
    ON CONFLICT (lead_id) DO UPDATE SET as_of = excluded.as_of, expires_at = excluded.expires_at,
        model_version = excluded.model_version, row = excluded.row""")

_FIND = sa.text("""
    SELECT f.as_of, f.model_version, f.row FROM lead_features f LEFT JOIN call_queue q ON q.lead_id = f.lead_id
    WHERE f.lead_id = :lead AND f.model_version = :version AND f.expires_at > :at
      AND f.as_of >= coalesce(q.as_of, f.as_of)""")

_FORGET = sa.text("DELETE FROM lead_features WHERE lead_id = :lead")
