"""What arrives meets what is there: merges are followed, suppressed ones marked, rows merged, duplicates noted."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.duplicates import follow_merges, note_arrivals, note_overtaken, note_twins
from data.store.merging import Merge, find_stored, merge_rows
from data.suppression import mark_suppressed

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime
    from pathlib import Path

    import sqlalchemy as sa


def take_in(
    connection: sa.Connection,
    home: Path,
    tables: Mapping[str, pd.DataFrame],
    *,
    import_id: int,
    arrived_at: datetime,
    seen_before: bool = False,
    handover_history: bool = False,
) -> Merge:
    """Merge contract rows of a source into the store, as :func:`data.store.merging.merge_rows` does.

    Rows that name a record merged into another follow it, and those of whom nobody may call are marked. What came of
    companies and contacts is noted for :func:`data.duplicates.merge_duplicates`, at the end of the transaction.
    """
    followed = mark_suppressed(connection, follow_merges(connection, tables), home)
    if seen_before:
        followed = _keep_stored(connection, mark_suppressed(connection, tables, home), followed)
    merge = merge_rows(
        connection,
        followed,
        import_id=import_id,
        arrived_at=arrived_at,
        seen_before=seen_before,
        handover_history=handover_history,
        note_twins=note_twins,
    )
    note_arrivals(connection, followed, merge.changed_rows)
    note_overtaken(connection, [name for name, rows in followed.items() if len(rows)])
    return merge


def _keep_stored(
    connection: sa.Connection, tables: Mapping[str, pd.DataFrame], followed: Mapping[str, pd.DataFrame]
) -> dict[str, pd.DataFrame]:
    """The rows that followed a merge, but those as they came that the store has as they came, from before it."""
    kept = dict(followed)
    for name, rows in followed.items():
        if len(rows) and not rows.equals(tables[name]):
            stored = find_stored(connection, name, tables[name])
            kept[name] = pd.concat([rows.drop(index=stored), tables[name].loc[stored]]).loc[rows.index]
    return kept
