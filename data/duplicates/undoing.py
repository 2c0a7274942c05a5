"""Taking a merge back: both records stand for themselves again, with what was theirs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import sqlalchemy as sa

from data.contract import CONTRACT
from data.duplicates.filling import fill_again
from data.duplicates.merging import DIVIDED
from data.duplicates.records import put_versions, read_current
from data.errors import BadInput
from data.store.meanwhile import end_merges
from data.store.merging import lock_merges
from data.suppression import mark_suppressed

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from data.store.postgres import Store


def undo_merge(store: Store, merge_id: int, *, at: datetime) -> int:
    """Take a merge back: every field that it changed and that nobody changed since gets its old value again.

    The two records are not merged by themselves again. Whoever is on a list stays marked.

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
        count = take_back(connection, store.home, merge_id, at, apart=True)
        end_merges(connection, at)
        return count


def take_back(connection: sa.Connection, home: Path, merge_id: int, at: datetime, *, apart: bool) -> int:
    """Take a merge in force back; how many fields were changed back.

    Args:
        connection: in a transaction that holds :func:`data.store.lock_merges`.
        home: folder of the installation, with the secret of its lists.
        merge_id: its record was not merged on.
        at: now.
        apart: the two are not merged by themselves again.
    """
    party, kept = _require_open(connection, merge_id)
    changes = pd.DataFrame(connection.execute(_CHANGES, {"merge_id": merge_id}).all())
    tables: dict[str, pd.DataFrame] = {}
    count = 0
    for table, theirs in changes.groupby("table_name"):
        name = str(table)
        rows = read_current(connection, name, CONTRACT[name].key, theirs["record_id"])
        for record, field, was, became in theirs[["record_id", "field", "was", "became"]].itertuples(index=False):
            if record in rows.index and _is_same(rows.loc[record, field], became):
                rows.loc[record, field] = pd.NA if was is None else was
                count += 1
        tables[name] = rows
    connection.execute(_CLOSE, {"merge_id": merge_id, "at": at, "suffix": "" if apart else DIVIDED})
    put_versions(connection, mark_suppressed(connection, tables, home), at)
    fill_again(connection, party, [kept], at)  # what others that it stands for have as well
    return count


def _require_open(connection: sa.Connection, merge_id: int) -> tuple[str, str]:
    found = connection.execute(_FIND, {"merge_id": merge_id}).one_or_none()
    if found is None or found.undone_at is not None:
        problem = "is not known" if found is None else "was undone already"
        raise BadInput(f"merge {merge_id} {problem}; callworth duplicates log lists them.")
    return found.table_name, found.kept


def _is_same(value: Any, other: object) -> bool:
    return bool(pd.isna(value)) if other is None else bool(value == other)


_FIND = sa.text("SELECT table_name, kept, undone_at FROM merges WHERE merge_id = :merge_id")

_ONWARD = sa.text("""
    SELECT merge_id FROM merges WHERE table_name = :party AND merged = :kept AND undone_at IS NULL""")

_CHANGES = sa.text("""
    SELECT table_name, record_id, field, was, became FROM merge_changes WHERE merge_id = :merge_id
    ORDER BY table_name, record_id, field""")

_CLOSE = sa.text("UPDATE merges SET undone_at = :at, named = named || :suffix WHERE merge_id = :merge_id")
