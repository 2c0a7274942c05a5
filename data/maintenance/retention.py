"""Retention: rows that have been kept for as long as the settings say are deleted."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.contract import CONTRACT
from data.erasure import forget_people
from data.erasure.rekeying import PREFIX
from data.store.merging import lock_merges

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from data.settings import Retention

EVENTS = ("scores", "touches", "trigger_signals", "calls")
"""Tables whose rows are deleted by the day they happened."""

STAYING = {"calls": "disposition NOT IN ('do_not_call', 'invalid_number')"}
"""Rows that decide who may be called stay for as long as their lead."""


def apply_retention(connection: sa.Connection, home: Path, retention: Retention, *, at: datetime) -> dict[str, int]:
    """Delete what is older than the settings say; a row that another refers to stays.

    Kept features that have expired always go: they are computed anew when they are needed.

    Args:
        connection: in a transaction.
        home: folder of the installation, with its secret.
        retention: how long what is kept.
        at: now.

    Returns:
        Rows deleted by table, of the tables that have a period; of contacts, persons erased as by ``forget``.
    """
    lock_merges(connection)
    deleted = {"lead_features": connection.execute(_EXPIRED, {"at": at}).rowcount}
    if retention.quarantine is not None:
        before = at - timedelta(days=retention.quarantine)
        deleted["quarantine"] = connection.execute(_QUARANTINED, {"before": before}).rowcount
    if retention.contacts is not None:
        before = at - timedelta(days=retention.contacts)
        contacts = connection.execute(_SILENT, {"before": before}).scalars().all()
        deleted["contacts"] = forget_people(connection, home, contacts, at=at).contacts if contacts else 0
    for name in EVENTS:
        if (days := getattr(retention, name)) is not None:
            values = {"before": at - timedelta(days=days), "at": at}
            deleted[name] = connection.execute(sa.text(_delete(name)), values).rowcount
    if any(count for name, count in deleted.items() if name != "lead_features"):
        connection.execute(_NOTE, {"at": at})
    return deleted


def _delete(name: str) -> str:
    """SQL: delete all versions of what happened before a moment; whose lead it was cannot be scored as before."""
    table = CONTRACT[name]
    unused = [
        f"NOT EXISTS (SELECT FROM {other.name} o WHERE o.{field} = t.{table.key})"
        for other in CONTRACT.values()
        for field, of in other.references()
        if of == name
    ]
    conditions = " AND ".join(filter(None, [*unused, STAYING.get(name)]))
    delete = f"""
        DELETE FROM {name} t WHERE t.{table.key} IN (
            SELECT {table.key} FROM {name} GROUP BY {table.key} HAVING max(occurred_at) < :before)
        {f"AND {conditions}" if conditions else ""}"""
    if name == "scores":
        return f"{delete} AND :at IS NOT NULL"
    return f"""
        WITH gone AS ({delete} RETURNING t.lead_id), noted AS (
            INSERT INTO erased_leads (lead_id, erased_at) SELECT DISTINCT lead_id, CAST(:at AS timestamptz) FROM gone
            ON CONFLICT DO NOTHING)
        SELECT FROM gone"""


_EXPIRED = sa.text("DELETE FROM lead_features WHERE expires_at <= :at")

_QUARANTINED = sa.text("DELETE FROM quarantine WHERE arrived_at < :before")

_NOTE = sa.text("INSERT INTO erasures (erased_at) VALUES (:at)")

_LEAD_EVENTS = ("leads", "lead_stages", "trigger_signals", "calls", "meetings", "touches", "opportunities", "deals")

_SILENT = sa.text(f"""
    WITH heard AS (
        SELECT contact_id, known_at AS at FROM contacts
        UNION ALL SELECT contact_id, occurred_at FROM consents
        {
    "".join(
        f'''
        UNION ALL SELECT l.contact_id, e.occurred_at FROM leads l JOIN {name} e USING (lead_id)
        WHERE l.superseded_at IS NULL AND l.contact_id IS NOT NULL'''
        for name in _LEAD_EVENTS
    )
})
    SELECT contact_id FROM heard WHERE NOT starts_with(contact_id, '{PREFIX}')
    GROUP BY contact_id HAVING max(at) < :before ORDER BY contact_id""")
"""SQL: contacts of whom nothing has been heard since a moment: not imported or changed, called, met or written to."""
