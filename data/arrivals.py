"""Imports that brought rows stated as known before they arrived: what scores given before then could not see."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.contract import CONTRACT
from data.store.reading import read_query

if TYPE_CHECKING:
    import pandas as pd

    from data.store.postgres import Store

_STATED = " UNION ALL ".join(
    f"SELECT import_id, known_at FROM {name} WHERE import_id IS NOT NULL AND NOT coalesce(known_at_assumed, FALSE)"
    for name in CONTRACT
)


def read_backdated(store: Store) -> pd.DataFrame:
    """Each import whose source states moments before its arrival.

    Args:
        store: an open store.

    Returns:
        ``arrived_at`` and ``known_from``, the earliest moment stated (UTC); ordered by arrival.
    """
    query = f"""
        SELECT i.arrived_at, min(r.known_at) AS known_from FROM ({_STATED}) r JOIN imports i USING (import_id)
        WHERE r.known_at < i.arrived_at GROUP BY i.import_id, i.arrived_at ORDER BY 1, 2"""
    return read_query(store, query, []).to_pandas()
