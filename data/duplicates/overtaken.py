"""Rows that a merge has overtaken: they arrive after it, and their source knew them before.

As history they stay what they were, under the merged id. From now on they hold for the record that was kept as well:
a refusal that a source registered before the merge and sends after it must reach whoever is called.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.contract import CONTRACT
from data.duplicates.following import follow_merges
from data.duplicates.records import REFERENCES, put_versions, read_current, read_versions
from data.store.refusals import not_refused

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    import sqlalchemy as sa

CONCERNED = tuple(dict.fromkeys((*REFERENCES, *(table for pairs in REFERENCES.values() for table, _ in pairs))))


def note_overtaken(connection: sa.Connection, tables: Collection[str]) -> None:
    """Remember the rows of a chunk that a merge has overtaken; right after they were merged into the store.

    Args:
        connection: in the import's transaction.
        tables: that the chunk had rows of.
    """
    connection.exec_driver_sql(_OVERTAKEN)
    if connection.exec_driver_sql(_ANY).scalar_one():
        for table in CONCERNED:
            if table in tables:
                connection.exec_driver_sql(_note(table))


def renew_overtaken(connection: sa.Connection, at: datetime) -> None:
    """Let what overtaken rows say hold from now on, unless something newer was said since.

    Args:
        connection: in the import's transaction, after all of its rows.
        at: when they arrived.
    """
    connection.exec_driver_sql(_OVERTAKEN)
    for table in connection.exec_driver_sql("SELECT DISTINCT table_name FROM overtaken").scalars().all():
        said = read_versions(connection, table, f"ctid IN ({_select_said(table)})", {})
        before = read_versions(connection, table, f"ctid IN ({_select_before(table)})", {})
        now = read_current(connection, table, CONTRACT[table].key, said.index)
        put_versions(connection, {table: _renew(connection, table, said, before, now)}, at)


def _renew(
    connection: sa.Connection, table: str, said: pd.DataFrame, before: pd.DataFrame, now: pd.DataFrame
) -> pd.DataFrame:
    """The current rows with what the overtaken ones changed and nobody has changed since."""
    is_new = now["known_at"].eq(said["known_at"].reindex(now.index))
    both = now.index[~is_new].intersection(before.index)
    said, before = (_follow(connection, table, rows) for rows in (said, before.loc[both]))
    renewed = now.loc[both]
    for field in CONTRACT[table].content:
        takes = _differ(said.loc[both, field], before[field]) & ~_differ(renewed[field], before[field])
        renewed[field] = renewed[field].mask(takes, said.loc[both, field])
    return pd.concat([said.loc[now.index[is_new]], renewed])


def _follow(connection: sa.Connection, table: str, rows: pd.DataFrame) -> pd.DataFrame:
    return follow_merges(connection, {table: rows.assign(known_at_assumed=True)})[table]


def _differ(values: pd.Series, others: pd.Series) -> pd.Series:
    equal = values.eq(others).fillna(False).astype(bool)
    return ~(equal | values.isna() & others.isna())


def _note(table: str) -> str:
    """SQL: staged rows that are, or name, a record of a merge that was made after they were known."""
    key = CONTRACT[table].key
    named = [(party, field) for party, pairs in REFERENCES.items() for name, field in pairs if name == table]
    meets = [f"m.table_name = '{party}' AND m.merged = s.{field}" for party, field in named]
    meets += [f"m.table_name = '{table}' AND m.{side} = s.{key}" for side in ("merged", "kept") if table in REFERENCES]
    return " UNION ".join(
        f"""{"" if number else "INSERT INTO overtaken "}
        SELECT '{table}', s.{key} FROM stage_{table} s JOIN merges m ON {condition}
        WHERE m.undone_at IS NULL AND NOT s.known_at_assumed AND s.known_at < m.merged_at AND {not_refused("s")}"""
        for number, condition in enumerate(meets)
    )


def _select_said(table: str) -> str:
    """SQL: the newest version of each that this transaction has added, where no source has said anything since."""
    key = CONTRACT[table].key
    return f"""
        SELECT DISTINCT ON (v.{key}) v.ctid FROM {table} v JOIN overtaken o ON o.record_id = v.{key}
        WHERE o.table_name = '{table}' AND v.import_id IN ({_OWN_IMPORTS})
          AND NOT EXISTS (SELECT FROM {table} w
                          WHERE w.{key} = v.{key} AND w.known_at > v.known_at AND w.import_id IS NOT NULL)
        ORDER BY v.{key}, v.known_at DESC"""


def _select_before(table: str) -> str:
    """SQL: the version that each of those of :func:`_select_said` has ended."""
    key = CONTRACT[table].key
    return f"""
        SELECT DISTINCT ON (p.{key}) p.ctid FROM {table} p JOIN {table} s USING ({key})
        WHERE s.ctid IN ({_select_said(table)}) AND p.superseded_at = s.known_at AND p.known_at < s.known_at
        ORDER BY p.{key}, p.known_at DESC"""


_OVERTAKEN = "CREATE TEMP TABLE IF NOT EXISTS overtaken (table_name text, record_id text) ON COMMIT DROP"

_ANY = "SELECT EXISTS (SELECT FROM merges WHERE undone_at IS NULL)"

_OWN_IMPORTS = "SELECT import_id FROM imports WHERE xmin = pg_current_xact_id()::xid"
