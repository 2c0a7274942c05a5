"""Merges of erased persons: who was the same person is erased with them, and the log keeps nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import sqlalchemy as sa


def add_same(connection: sa.Connection) -> None:
    """Add to ``erased_contacts`` the records that are merged with those that are in it, in either direction.

    Two records whose merge was taken back are two persons.
    """
    while connection.exec_driver_sql(_ADD_SAME).rowcount:
        pass


def forget_merges(connection: sa.Connection) -> None:
    """Take the merges of erased records out of the log, and give the ids of ``rekeyed`` to what others changed.

    Args:
        connection: with the temporary tables ``rekeyed`` and ``erased_companies``.
    """
    for statement in _FORGET:
        connection.exec_driver_sql(statement)


_ADD_SAME = """
    INSERT INTO erased_contacts
    SELECT DISTINCT p.contact_id, c.client_id
    FROM contacts p JOIN companies c USING (company_id)
    WHERE p.superseded_at IS NULL AND p.contact_id NOT IN (SELECT contact_id FROM erased_contacts)
      AND (p.merged_into IN (SELECT contact_id FROM erased_contacts)
           OR p.contact_id IN (SELECT o.merged_into FROM contacts o JOIN erased_contacts e USING (contact_id)
                               WHERE o.merged_into IS NOT NULL AND o.superseded_at IS NULL))"""

_ERASED = """
    SELECT m.merge_id FROM merges m JOIN rekeyed r ON r.of = m.table_name AND r.old IN (m.kept, m.merged)
    UNION SELECT m.merge_id FROM merges m JOIN erased_companies e ON m.table_name = 'companies'
                                                                 AND e.company_id IN (m.kept, m.merged)"""

_FORGET = (
    f"DELETE FROM merge_changes WHERE merge_id IN ({_ERASED})",
    f"DELETE FROM merges WHERE merge_id IN ({_ERASED})",
    """
    UPDATE merge_changes c SET record_id = r.new FROM rekeyed r WHERE r.of = c.table_name AND r.old = c.record_id""",
)
