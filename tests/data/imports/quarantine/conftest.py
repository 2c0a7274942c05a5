"""An import of which rows were refused, and their export as people read and mend it."""

from __future__ import annotations

import csv
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from data.imports.importing import import_source
from data.imports.quarantine import export_quarantine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.imports.mapping import Mapping
    from data.store import Store

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
BROKEN = '=cmd|x;x;05-02-2025;Åben;;Web\nBå;y;05-02-2025;Åben;;-5\n"to\nlinjer";3;32-02-2025;Åben;;@x\n'


@pytest.fixture
def refused(store: Store, crm: Mapping, export: str, write_file: Callable[..., Path]) -> Path:
    """An export of which three rows were refused, two of them for one reason."""
    path = write_file("crm.csv", export + BROKEN)
    report = import_source(store, path, crm, arrived_at=NOW)
    assert (report.accepted, report.quarantined) == (3, 3)
    return path


def export_rows(store: Store, path: Path) -> list[dict[str, str]]:
    """The rows in quarantine as their export to ``path`` has them."""
    with store.transaction() as connection:
        count = export_quarantine(connection, path)
    rows = read_rows(path)
    assert len(rows) == count
    return rows


def read_rows(path: Path) -> list[dict[str, str]]:
    """The rows of an export."""
    with path.open(encoding="utf-8-sig", newline="") as file:
        return list(csv.DictReader(file, delimiter=";"))


def write_rows(path: Path, rows: list[dict[str, str]]) -> None:
    """Write an export as a spreadsheet would save it, mended."""
    with path.open("w", encoding="utf-8", newline="") as file:
        writer = csv.DictWriter(file, rows[0].keys(), delimiter=";")
        writer.writeheader()
        writer.writerows(rows)
