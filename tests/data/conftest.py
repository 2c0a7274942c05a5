"""Small worlds for the tests of the data room: contract rows with what a test does not care about filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.contract import CONTRACT
from data.imports.mapping import contract_mapping
from data.imports.reading import RowReader
from data.store import lock_merges, merge_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store import Store
    from data.store.merging import Merge

LONG_AGO = "2025-01-01T00:00:00Z"
NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)

DEFAULTS: dict[str, dict[str, str]] = {
    "clients": {"client_id": "n", "name": "Client", "currency": "DKK", "time_zone": "Europe/Copenhagen"},
    "companies": {"company_id": "c", "client_id": "n"},
    "contacts": {"contact_id": "p", "company_id": "c", "phone_valid": "true"},
    "consents": {"consent_id": "s", "contact_id": "p"},
    "campaigns": {"campaign_id": "k", "client_id": "n", "name": "Campaign", "calls_without_consent": "true"},
    "leads": {"lead_id": "l", "campaign_id": "k", "company_id": "c", "contact_id": "p", "attributes": "{}"},
    "lead_stages": {"lead_stage_id": "t", "lead_id": "l"},
    "calls": {"call_id": "x", "lead_id": "l", "talk_seconds": "0", "disposition": "no_answer"},
    "deals": {"deal_id": "d", "lead_id": "l", "amount_minor": "100000", "currency": "DKK"},
}

WORLD = ("clients", "companies", "contacts", "campaigns", "leads")
"""One lead that may be called: one row in each of these."""


def type_rows(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Typed contract rows from texts, numbered from 2 as in a file; a fault in them fails the test."""
    filled = [DEFAULTS.get(name, {}) | {"occurred_at": LONG_AGO} | row for row in rows]
    text = pd.DataFrame(filled, columns=list(CONTRACT[name].names)).astype("str").fillna("")
    text.index = range(2, len(text) + 2)
    mapping = contract_mapping()
    (file,) = (file for file in mapping.files if file.name == f"{name}.csv")
    extract = RowReader(mapping, file).read(text)
    assert extract.problems == []
    return extract.tables[name]


@pytest.fixture
def merge(store: Store) -> Callable[..., Merge]:
    """Merge rows, given as ``table=[{field: text}]``, into the store; each call is an import of its own."""

    def merge_some(
        arrived_at: datetime = NOW,
        *,
        seen_before: bool = False,
        handover_history: bool = False,
        **tables: list[dict[str, Any]],
    ) -> Merge:
        frames = {name: type_rows(name, rows) for name, rows in tables.items()}
        with store.transaction() as connection:
            lock_merges(connection)
            return merge_rows(
                connection,
                frames,
                import_id=None,
                arrived_at=arrived_at,
                seen_before=seen_before,
                handover_history=handover_history,
            )

    return merge_some


@pytest.fixture
def world(merge: Callable[..., Merge]) -> Callable[..., Merge]:
    """The world with one lead that may be called at ``NOW``, and ``merge`` to add to it."""
    merge(**{name: [{}] for name in WORLD})
    return merge


@pytest.fixture
def contents(store: Store) -> Callable[[], dict[str, list[Any]]]:
    """All that the store holds, for "nothing has changed"."""
    from data.store.schema import METADATA

    def read() -> dict[str, list[Any]]:
        with store.transaction() as connection:
            return {
                name: sorted(map(str, connection.exec_driver_sql(f"SELECT * FROM {name}"))) for name in METADATA.tables
            }

    return read


@pytest.fixture
def write_file(tmp_path: Path) -> Callable[..., Path]:
    """Write text to a file of a temporary folder, in an encoding."""

    def write(name: str, text: str | bytes, encoding: str = "utf-8") -> Path:
        path = tmp_path / name
        path.write_bytes(text if isinstance(text, bytes) else text.encode(encoding))
        return path

    return write
