"""Scores that are given while rows are being merged, which see none of these rows and must never seem to have.

A merge takes a while, and commits rows that happened long ago. A lead that the service scores in the meantime is
scored without them; so before the merge ends, the rows of such a lead are moved behind its score. Two locks close
the gaps: who scores shares ``SCORES`` from before it reads until it commits, and the merge takes it for its short
end alone. Who scores while no merge is under way shares the lock of merges as well, so that the next merge begins
after that score is there, and nothing has to be noted.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.contract import CONTRACT
from data.store.merging import LOCK
from data.store.reading import belonging
from data.store.versions import chain_versions

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from data.contract import Table

SCORES = 0x73636F72  # the letters "scor"


def lock_scores(connection: sa.Connection) -> None:
    """Begin to score: what is read from now on stands until the transaction ends, or is noted to be mended.

    Waits for no merge but for the short end of one.

    Args:
        connection: in the transaction that will log the scores, before their features are read.
    """
    connection.execute(sa.text("SELECT pg_advisory_xact_lock_shared(:lock)"), {"lock": SCORES})
    connection.execute(_NO_MERGE, {"lock": LOCK})


def note_scores(connection: sa.Connection, leads: Sequence[str], moments: Sequence[datetime]) -> None:
    """Note scores for the merge that is under way, if there is one.

    Args:
        connection: in a transaction that holds :func:`lock_scores`.
        leads: who was scored.
        moments: the as-of of each.
    """
    connection.execute(_NOTE, {"lock": LOCK, "leads": leads, "moments": moments})


def end_merges(connection: sa.Connection, arrived_at: datetime) -> int:
    """End a transaction of merges: rows that a lead was scored without in the meantime are known after that score.

    Those whose source says when they were known are believed, as ever.

    Args:
        connection: in the transaction that merged, with nothing left to do but to commit.
        arrived_at: of the rows.

    Returns:
        How many rows are known later than they happened, that were not before.
    """
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": SCORES})
    until = connection.exec_driver_sql("SELECT max(as_of) FROM scored_meanwhile").scalar_one()
    if until is None:
        return 0
    tables = [table for table in CONTRACT.values() if table.name != "scores"]
    late = sum(_move_rows(connection, table, arrived_at, until) for table in tables)
    connection.exec_driver_sql("DELETE FROM scored_meanwhile")
    return late


def _move_rows(connection: sa.Connection, table: Table, arrived_at: datetime, until: datetime) -> int:
    values = {"arrived_at": arrived_at, "until": until}
    connection.execute(sa.text(_select_moved(table)), values)
    late = connection.exec_driver_sql("SELECT count(*) FROM moved WHERE assumed").scalar_one()
    connection.execute(sa.text(_move(table)), values)
    chain_versions(connection, table, "moved")
    connection.exec_driver_sql("DROP TABLE moved")
    return int(late)


def _select_moved(table: Table) -> str:
    """SQL: rows of this transaction that belong to a lead noted, and whose source does not say when they were known.

    Of those that changed a row or came late it does not say either; they are known from arrival. An older version
    that the transaction ended is of another import, and was known before.
    """
    return f"""
        CREATE TEMP TABLE moved ON COMMIT DROP AS
        WITH {_CHOSEN}
        SELECT t.ctid AS at, t.{table.key}, coalesce(t.known_at_assumed, FALSE) AS assumed
        FROM (SELECT *, ctid FROM {table.name}
              WHERE xmin = pg_current_xact_id()::xid AND known_at < :until
                AND (known_at >= :arrived_at AND import_id IS NULL
                     OR (known_at >= :arrived_at OR known_at_assumed) AND import_id IN ({_OWN_IMPORTS}))) t
        {belonging(table.name)}"""


def _move(table: Table) -> str:
    return f"""
        UPDATE {table.name} t SET known_at = :until, known_at_assumed = FALSE,
            superseded_at = CASE WHEN t.superseded_at IS NULL THEN NULL ELSE greatest(t.superseded_at, :until) END
        FROM moved WHERE t.ctid = moved.at"""


_NO_MERGE = sa.text("SELECT pg_try_advisory_xact_lock_shared(:lock)")

_NOTE = sa.text("""
    INSERT INTO scored_meanwhile (lead_id, as_of)
    SELECT * FROM unnest(CAST(:leads AS text[]), CAST(:moments AS timestamptz[]))
    WHERE NOT (SELECT pg_try_advisory_xact_lock_shared(:lock))""")

_OWN_IMPORTS = "SELECT import_id FROM imports WHERE xmin = pg_current_xact_id()::xid"

_CHOSEN = """
    chosen AS (SELECT lead_id, company_id, contact_id, campaign_id, list_id FROM leads
               WHERE lead_id IN (SELECT lead_id FROM scored_meanwhile))"""
