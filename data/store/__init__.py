"""The store: PostgreSQL with the contract's tables.

``open_store`` gives a database whose schema is up to date; ``read_tables`` reads contract tables as Arrow. SQL is
written here and nowhere else in ``data``, except for the service's own row locks.
"""

from __future__ import annotations

from data.store.merging import lock_merges, merge_rows
from data.store.migrating import open_store, renew_store
from data.store.postgres import Store
from data.store.reading import read_tables

__all__ = ["Store", "lock_merges", "merge_rows", "open_store", "read_tables", "renew_store"]
