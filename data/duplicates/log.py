"""The log of merges: what each changed, and taking one back."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import sqlalchemy as sa

from data.contract import CONTRACT
from data.duplicates.records import put_versions, read_current
from data.errors import BadInput
from data.store.meanwhile import end_merges
from data.store.merging import lock_merges
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


def undo_merge(store: Store, merge_id: int, *, at: datetime) -> int:
    """Take a merge back: every field that it changed and that nobody changed since gets its old value again.

    The two records are not merged by themselves again.

    Args:
        store: an open store.
        merge_id: of :func:`list_merges`.
        at: now; the fields are as they were from then on.

    Returns:
        How many fields were changed back.

    Raises:
        BadInput: there is no such merge, it was undone, or the record that it kept was merged on.
    """
    with store.transaction() as connection:
        lock_merges(connection)
        party, kept = _require_open(connection, merge_id)
        onward = connection.execute(_ONWARD, {"party": party, "kept": kept}).scalar()
        if onward is not None:
            raise BadInput(f"merge {merge_id} kept {kept}, which merge {onward} merged on; undo {onward} first.")
        changes = pd.DataFrame(connection.execute(_CHANGES, {"merge_id": merge_id}).all())
        tables, count = {}, 0
        for table, theirs in changes.groupby("table_name"):
            name = str(table)
            rows = read_current(connection, name, CONTRACT[name].key, theirs["record_id"])
            for record, field, was, became in theirs[["record_id", "field", "was", "became"]].itertuples(index=False):
                if record in rows.index and _is_same(rows.loc[record, field], became):
                    rows.loc[record, field] = pd.NA if was is None else was
                    count += 1
            tables[name] = rows
        connection.execute(_CLOSE, {"merge_id": merge_id, "at": at})
        put_versions(connection, tables, at)
        end_merges(connection, at)
        return count


def _require_open(connection: sa.Connection, merge_id: int) -> tuple[str, str]:
    found = connection.execute(_FIND, {"merge_id": merge_id}).one_or_none()
    if found is None or found.undone_at is not None:
        problem = "is not known" if found is None else "was undone already"
        raise BadInput(f"merge {merge_id} {problem}; callworth duplicates log lists them.")
    return found.table_name, found.kept


def _is_same(value: Any, other: object) -> bool:
    return bool(pd.isna(value)) if other is None else bool(value == other)


def _plain(values: pd.Series) -> list[object]:
    """Values as JSON knows them."""
    return [None if pd.isna(value) else getattr(value, "item", lambda v=value: v)() for value in values]


_OPEN = sa.text("""
    INSERT INTO merges (table_name, kept, merged, named, merged_at) VALUES (:party, :kept, :merged, :named, :at)
    RETURNING merge_id""")

_LOG = sa.dialects.postgresql.insert(MERGE_CHANGES).on_conflict_do_nothing()

_FIND = sa.text("SELECT table_name, kept, undone_at FROM merges WHERE merge_id = :merge_id")

_ONWARD = sa.text("""
    SELECT merge_id FROM merges WHERE table_name = :party AND merged = :kept AND undone_at IS NULL""")

_CHANGES = sa.text("""
    SELECT table_name, record_id, field, was, became FROM merge_changes WHERE merge_id = :merge_id
    ORDER BY table_name, record_id, field""")

_CLOSE = sa.text("UPDATE merges SET undone_at = :at WHERE merge_id = :merge_id")

_LIST = sa.text("""
    SELECT m.merge_id, m.table_name, m.kept, m.merged, m.named, m.merged_at, m.undone_at, count(c.merge_id)
    FROM merges m LEFT JOIN merge_changes c USING (merge_id) GROUP BY m.merge_id ORDER BY m.merge_id DESC""")
