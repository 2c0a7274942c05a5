"""The log of merges: which record became part of which, and what each merge changed."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.contract import CONTRACT
from data.store.schema import MERGE_CHANGES

if TYPE_CHECKING:
    from datetime import datetime

    from data.store.postgres import Store

LISTED = ["merge_id", "table", "kept", "merged", "named", "merged_at", "undone_at", "changes"]


def open_merge(connection: sa.Connection, party: str, kept: str, merged: str, named: str, at: datetime) -> int:
    """Write a merge down; its number."""
    values = {"party": party, "kept": kept, "merged": merged, "named": named, "at": at}
    return int(connection.execute(_OPEN, values).scalar_one())


def log_changes(
    connection: sa.Connection, table: str, field: str, rows: pd.DataFrame, was: pd.Series, became: pd.DataFrame
) -> None:
    """Write down what merges change in a field of rows.

    Args:
        connection: in the merge's transaction.
        table: the contract table.
        field: of it.
        rows: of it.
        was: the values before, in the rows' order.
        became: ``merge_id`` and ``kept`` (the values after), in the rows' order.
    """
    changes = [
        {"merge_id": int(number), "table_name": table, "record_id": key, "field": field, "was": old, "became": new}
        for key, old, number, new in zip(
            rows[CONTRACT[table].key], _plain(was), became["merge_id"], _plain(became["kept"]), strict=True
        )
    ]
    if changes:
        connection.execute(_LOG, changes)


def list_merges(store: Store) -> pd.DataFrame:
    """All merges, the last one first: those of :data:`LISTED`; ``changes`` counts the fields that each changed."""
    with store.transaction() as connection:
        return pd.DataFrame(connection.execute(_LIST).all(), columns=LISTED)


def _plain(values: pd.Series) -> list[object]:
    """Values as JSON knows them."""
    return [None if pd.isna(value) else getattr(value, "item", lambda v=value: v)() for value in values]


_OPEN = sa.text("""
    INSERT INTO merges (table_name, kept, merged, named, merged_at) VALUES (:party, :kept, :merged, :named, :at)
    RETURNING merge_id""")

_LOG = sa.dialects.postgresql.insert(MERGE_CHANGES).on_conflict_do_nothing()

_LIST = sa.text("""
    SELECT m.merge_id, m.table_name, m.kept, m.merged, m.named, m.merged_at, m.undone_at, count(c.merge_id)
    FROM merges m LEFT JOIN merge_changes c USING (merge_id) GROUP BY m.merge_id ORDER BY m.merge_id DESC""")
