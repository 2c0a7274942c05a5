"""Leads of which something was erased: their past scores cannot be rebuilt."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.store.reading import read_query

if TYPE_CHECKING:
    from data.store.postgres import Store


def read_erased_leads(store: Store) -> list[str]:
    """The ids that they have now, in order."""
    found: list[str] = read_query(store, 'SELECT lead_id FROM erased_leads ORDER BY lead_id COLLATE "C"')[0].to_pylist()
    return found
