"""Merges of erased persons: who was the same person is erased with them, and the log keeps nothing of it."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.contract import CONTRACT

if TYPE_CHECKING:
    from collections.abc import Iterable

    import sqlalchemy as sa


def add_same(connection: sa.Connection) -> None:
    """Add to ``erased_contacts`` the records that are merged with those that are in it, in either direction.

    Two records whose merge was taken back are two persons.
    """
    while connection.exec_driver_sql(_ADD_SAME).rowcount:
        pass


def forget_lent(connection: sa.Connection, party: str, fields: Iterable[str]) -> None:
    """Empty, in records that are not erased, what they had of the erased while a merge since taken back was in force.

    Args:
        connection: with the temporary tables ``erased_contacts`` and ``erased_companies``.
        party: ``companies`` or ``contacts``.
        fields: of it that say who a person is.
    """
    for field in fields:
        for statement in _write_lent(party, field):
            connection.exec_driver_sql(statement)


def forget_merges(connection: sa.Connection) -> None:
    """Take the merges of erased records out of the log, and give the ids of ``rekeyed`` to what others changed.

    Args:
        connection: with the temporary tables ``rekeyed`` and ``erased_companies``.
    """
    for statement in _FORGET:
        connection.exec_driver_sql(statement)


def _write_lent(party: str, field: str) -> tuple[str, str]:
    """SQL that empties a field that was lent, and SQL that takes it out of the log."""
    key = CONTRACT[party].key
    lent = f"""
        c.merge_id = m.merge_id AND m.table_name = '{party}' AND m.undone_at IS NOT NULL AND c.table_name = '{party}'
        AND c.field = '{field}' AND c.record_id NOT IN (SELECT {key} FROM erased_{party})
        AND c.became #>> '{{}}' IN (SELECT {field} FROM {party} JOIN erased_{party} USING ({key}))"""
    empty = f"""
        UPDATE {party} t SET {field} = NULL FROM merge_changes c, merges m
        WHERE {lent} AND t.{key} = c.record_id AND t.{field} = c.became #>> '{{}}'
          AND t.known_at >= m.merged_at AND t.superseded_at IS NOT NULL"""
    return empty, f"DELETE FROM merge_changes c USING merges m WHERE {lent}"


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
