"""Imports of small folders in the contract's form, and what the store holds of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from itertools import count
from typing import TYPE_CHECKING, Any

import pytest

from data.contract import CONTRACT
from data.imports import import_source
from data.imports.mapping import contract_mapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.imports import ImportReport
    from data.store import Store

Row = dict[str, Any]

LONG_AGO, NOW = "2025-01-01T00:00:00Z", datetime(2025, 6, 3, 9, 0, tzinfo=UTC)

DEFAULTS: dict[str, Row] = {
    "clients": {"client_id": "n", "name": "Client", "currency": "DKK", "time_zone": "Europe/Copenhagen"},
    "companies": {"client_id": "n", "country": "DK"},
    "contacts": {"company_id": "a"},
    "campaigns": {"campaign_id": "k", "client_id": "n", "name": "Campaign", "calls_without_consent": "true"},
    "leads": {"campaign_id": "k", "company_id": "a", "contact_id": "p"},
}


@pytest.fixture
def import_rows(store: Store, tmp_path: Path) -> Callable[..., ImportReport]:
    """Import rows, given as ``table=[{field: text}]``, each time a day later than before."""
    numbers = count()

    def import_some(**tables: list[Row]) -> ImportReport:
        number = next(numbers)
        folder = tmp_path / f"import{number}"
        folder.mkdir()
        tables = {"clients": [{}]} | tables
        for name, rows in tables.items():
            filled = [DEFAULTS.get(name, {}) | {"occurred_at": LONG_AGO} | row for row in rows]
            columns = list(dict.fromkeys(column for row in filled for column in row))
            lines = [",".join(f'"{row.get(column, "")}"' for column in columns) for row in filled]
            (folder / f"{name}.csv").write_text("\n".join([",".join(columns), *lines, ""]), encoding="utf-8")
        return import_source(store, folder, contract_mapping(), arrived_at=NOW + timedelta(days=number))

    return import_some


@pytest.fixture
def current(store: Store) -> Callable[..., Any]:
    """A field of the rows of a table as they are now, by key."""

    def read(table: str, field: str) -> dict[str, Any]:
        query = f"SELECT {CONTRACT[table].key}, {field} FROM {table} WHERE superseded_at IS NULL"
        with store.transaction() as connection:
            return dict(map(tuple, connection.exec_driver_sql(query)))

    return read
