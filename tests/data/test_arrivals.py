"""Rows that are stated as known before they arrived."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd

from data.arrivals import read_backdated
from data.imports.importing import import_source
from data.imports.mapping import contract_mapping

if TYPE_CHECKING:
    from pathlib import Path

    from data.store import Store

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
HEADER = "client_id,name,currency,time_zone,occurred_at,known_at\n"


def test_only_moments_that_a_source_states_are_backdated(store: Store, tmp_path: Path) -> None:
    for number, known in enumerate(("2025-01-02T00:00:00Z", "", "2025-07-01T00:00:00Z")):
        row = f"n{number},Client,DKK,Europe/Copenhagen,2025-01-01T00:00:00Z,{known}\n"
        (tmp_path / "clients.csv").write_text(HEADER + row, encoding="utf-8")
        import_source(store, tmp_path, contract_mapping(), arrived_at=NOW + timedelta(days=number))
    backdated = read_backdated(store)
    assert backdated["arrived_at"].tolist() == [pd.Timestamp(NOW)]
    assert backdated["known_from"].tolist() == [pd.Timestamp("2025-01-02", tz="UTC")]
