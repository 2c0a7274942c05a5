"""The score log: every score that was given, so that it can be checked, counted and rebuilt."""

from __future__ import annotations

from hashlib import blake2b
from typing import TYPE_CHECKING

import pandas as pd
import pyarrow as pa
import sqlalchemy as sa

from data.contract import CONTRACT
from data.errors import BadInput
from data.frames import ARROW_TYPES
from data.store.meanwhile import lock_scores, note_scores
from data.store.reading import read_query

if TYPE_CHECKING:
    from datetime import datetime

    from data.store.postgres import Store

GIVEN = {
    "features_hash": "text",
    "probability": "double precision",
    "probability_90_days": "double precision",
    "probability_180_days": "double precision",
    "expected_amount_minor": "bigint",
    "expected_value_minor": "bigint",
}
"""What a score says, beside lead and as-of, and its type in PostgreSQL."""


def log_scores(
    connection: sa.Connection, scores: pd.DataFrame, *, question: str, model_version: str, arrived_at: datetime
) -> int:
    """Write scores to the log; a score that is there already is not written again.

    A score is the same when lead, as-of, question and model version are. Who reads the features in the same transaction
    calls :func:`data.store.meanwhile.lock_scores` before that.

    Args:
        connection: in a transaction.
        scores: ``lead_id``, ``as_of`` (UTC), ``features_hash``, ``probability``, and where known
            ``probability_90_days``, ``probability_180_days``, ``expected_amount_minor``, ``expected_value_minor``.
        question: who asked: list, rep or pipeline.
        model_version: version in the registry.
        arrived_at: now.

    Returns:
        How many were written.

    Raises:
        BadInput: a lead is not in the store, or the question is not one of the contract's.
    """
    if question not in (allowed := CONTRACT["scores"]["question"].codes):
        raise BadInput(f"question '{question}' is not known; use one of {', '.join(allowed)}.")
    leads = scores["lead_id"].tolist()
    lock_scores(connection)
    unknown = connection.execute(_UNKNOWN, {"leads": leads}).scalar()
    if unknown is not None:
        raise BadInput(f"lead '{unknown}' is not in the store, so its score is not logged; import the lead first.")
    moments = [moment.to_pydatetime() for moment in scores["as_of"]]
    keys = [name_score(lead, at, question, model_version) for lead, at in zip(leads, moments, strict=True)]
    values: dict[str, object] = {"keys": keys, "leads": leads, "moments": moments}
    values |= {name: _to_list(scores, name) for name in GIVEN}
    values |= {"question": question, "version": model_version, "arrived": arrived_at}
    note_scores(connection, leads, moments)
    return connection.execute(_INSERT, values).rowcount


def repeat_score(
    connection: sa.Connection, lead_id: str, as_of: datetime, model_version: str, *, question: str, arrived_at: datetime
) -> None:
    """Log that a score which is in the log already was given to someone else who asked.

    Args:
        connection: in a transaction.
        lead_id: the lead.
        as_of: of the score.
        model_version: of the score.
        question: who asked now.
        arrived_at: now.
    """
    key = name_score(lead_id, as_of, question, model_version)
    values = {"key": key, "lead": lead_id, "as_of": as_of, "version": model_version}
    connection.execute(_REPEAT, values | {"question": question, "arrived": arrived_at})


def name_score(lead_id: str, as_of: datetime, question: str, model_version: str) -> str:
    """The key of a score: 32 hexadecimal digits made of lead, as-of, question and model version."""
    parts = (lead_id, pd.Timestamp(as_of).tz_convert("UTC").isoformat(), question, model_version)
    return blake2b("\x1f".join(parts).encode(), digest_size=16).hexdigest()


def read_scores(
    store: Store, start: datetime, end: datetime, *, question: str | None = None, model_version: str | None = None
) -> pd.DataFrame:
    """Read the scores whose as-of lies in a period.

    Args:
        store: an open store.
        start: first as-of.
        end: the first as-of that is no longer wanted.
        question: only those; all where None.
        model_version: only those; all where None.

    Returns:
        The contract's columns of ``scores``, with ``occurred_at`` named ``as_of``; ordered by as-of, lead and key.
    """
    names = CONTRACT["scores"].names
    query = f"""
        SELECT {", ".join(names)} FROM scores
        WHERE superseded_at IS NULL AND occurred_at >= $1 AND occurred_at < $2
          AND ($3::text IS NULL OR question = $3) AND ($4::text IS NULL OR model_version = $4)
        ORDER BY occurred_at, lead_id COLLATE "C", score_id COLLATE "C" """
    found = read_query(store, query, [start, end, question, model_version])
    types = pa.schema([(name, ARROW_TYPES[CONTRACT["scores"][name].kind]) for name in names])
    return found.cast(types).to_pandas().rename(columns={"occurred_at": "as_of"})


def _to_list(scores: pd.DataFrame, name: str) -> list[object]:
    if name not in scores:
        return [None] * len(scores)
    values = scores[name].astype("object")
    return values.where(values.notna(), None).tolist()


_UNKNOWN = sa.text("""
    SELECT a.lead_id FROM unnest(CAST(:leads AS text[])) AS a(lead_id)
    WHERE NOT EXISTS (SELECT FROM leads l WHERE l.lead_id = a.lead_id) LIMIT 1""")

_INSERT = sa.text(f"""
    INSERT INTO scores (score_id, lead_id, question, model_version, {", ".join(GIVEN)},
                        occurred_at, known_at, known_at_assumed)
    SELECT s.score_id, s.lead_id, :question, :version, {", ".join(f"s.{name}" for name in GIVEN)},
           s.as_of, :arrived, FALSE
    FROM unnest(CAST(:keys AS text[]), CAST(:leads AS text[]), CAST(:moments AS timestamptz[]),
                {", ".join(f"CAST(:{name} AS {kind}[])" for name, kind in GIVEN.items())})
         AS s(score_id, lead_id, as_of, {", ".join(GIVEN)})
    ON CONFLICT (score_id) WHERE superseded_at IS NULL DO NOTHING""")

_REPEAT = sa.text(f"""
    INSERT INTO scores (score_id, lead_id, question, model_version, {", ".join(GIVEN)},
                        occurred_at, known_at, known_at_assumed)
    SELECT :key, lead_id, :question, model_version, {", ".join(GIVEN)}, occurred_at, :arrived, FALSE
    FROM scores
    WHERE lead_id = :lead AND occurred_at = :as_of AND model_version = :version AND superseded_at IS NULL
    LIMIT 1
    ON CONFLICT (score_id) WHERE superseded_at IS NULL DO NOTHING""")
