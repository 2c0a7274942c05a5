"""The encoded feature row of each open lead, kept when something is written and read when a score is asked for."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import sqlalchemy as sa

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    Matrix = np.ndarray[tuple[int, int], np.dtype[np.float64]]
    Row = np.ndarray[tuple[int], np.dtype[np.float64]]


def keep_features(
    connection: sa.Connection,
    lead_ids: Sequence[str],
    matrix: Matrix,
    *,
    as_of: datetime,
    expires_at: datetime,
    model_version: str,
) -> None:
    """Keep the feature rows of leads, in the place of those kept before.

    Args:
        connection: in a transaction.
        lead_ids: one lead per row, each once.
        matrix: encoded features, float64, leads × features.
        as_of: what they were computed for.
        expires_at: when columns that age are no longer true.
        model_version: the version whose schema encoded them.
    """
    clocks = {"as_of": as_of, "expires_at": expires_at, "model_version": model_version}
    rows = [{"lead_id": lead, "row": row} | clocks for lead, row in zip(lead_ids, matrix.tolist(), strict=True)]
    if rows:
        connection.execute(_KEEP, sorted(rows, key=lambda row: str(row["lead_id"])))


def read_features(
    connection: sa.Connection, lead_ids: Sequence[str], *, model_version: str, at: datetime
) -> dict[str, Row]:
    """The kept rows of leads, by lead; a lead whose row is missing, aged or of another version is left out."""
    values = {"leads": list(lead_ids), "model_version": model_version, "at": at}
    return {lead: np.array(row, np.float64) for lead, row in connection.execute(_READ, values)}


def drop_features(connection: sa.Connection, lead_ids: Sequence[str]) -> None:
    """Forget the kept rows of leads: closed, erased, or changed by something just written."""
    statement = sa.text("DELETE FROM lead_features WHERE lead_id = ANY(CAST(:leads AS text[]))")
    connection.execute(statement, {"leads": list(lead_ids)})


_KEEP = sa.text("""
    INSERT INTO lead_features (lead_id, as_of, expires_at, model_version, "row")
    VALUES (:lead_id, :as_of, :expires_at, :model_version, :row)
    ON CONFLICT (lead_id) DO UPDATE
    SET as_of = excluded.as_of, expires_at = excluded.expires_at, model_version = excluded.model_version,
        "row" = excluded."row" """)

_READ = sa.text("""
    SELECT lead_id, "row" FROM lead_features
    WHERE lead_id = ANY(CAST(:leads AS text[])) AND model_version = :model_version AND expires_at > :at""")
