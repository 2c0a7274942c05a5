"""The quarantine: refused rows are listed by rule and exported for a spreadsheet, each with its reason."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.errors import EnvironmentFault
from data.imports.importing import import_source
from data.imports.quarantine.export import export_quarantine, list_quarantine
from tests.data.imports.quarantine.conftest import NOW, export_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.imports.mapping import Mapping
    from data.store import Store


@pytest.mark.usefixtures("refused")
def test_rows_are_listed_by_rule_with_an_example(store: Store) -> None:
    with store.transaction() as connection:
        listed = list_quarantine(connection).to_dict("records")
    assert [(row["mapping"], row["file"], row["rule"], row["rows"]) for row in listed] == [
        ("crm", "crm.csv", "employees: unreadable", 2),
        ("crm", "crm.csv", "occurred_at: unreadable", 1),
    ]
    assert listed[0]["example"].startswith("crm.csv, row 5, column 'Ansatte', value 'x': it is not a whole number")


def test_an_empty_quarantine(store: Store, tmp_path: Path) -> None:
    with store.transaction() as connection:
        assert len(list_quarantine(connection)) == 0
    assert export_rows(store, tmp_path / "q.csv") == []


def test_importing_again_quarantines_nothing_twice(store: Store, crm: Mapping, refused: Path) -> None:
    assert import_source(store, refused, crm, arrived_at=NOW).quarantined == 3
    with store.transaction() as connection:
        assert list_quarantine(connection)["rows"].sum() == 3


def test_equal_refused_rows_are_kept_one_by_one(
    store: Store, crm: Mapping, export: str, write_file: Callable[..., Path]
) -> None:
    import_source(store, write_file("crm.csv", export + "Ål;x;05-02-2025;Åben;;\n" * 3), crm, arrived_at=NOW)
    with store.transaction() as connection:
        assert list_quarantine(connection)["rows"].tolist() == [3]


@pytest.mark.usefixtures("refused")
def test_an_export_has_the_reason_beside_the_row_and_no_live_formula(store: Store, tmp_path: Path) -> None:
    rows = export_rows(store, tmp_path / "q.csv")
    assert list(rows[0])[-6:] == ["Firma", "Ansatte", "Oprettet", "Status", "Beløb", "Kilde"]
    assert rows[0]["quarantine:reason"].startswith("crm.csv, row 5, column 'Ansatte'")
    assert [row["quarantine:row"] for row in rows] == ["5", "6", "7"]
    assert [row["Firma"] for row in rows] == ["'=cmd|x", "Bå", "to\nlinjer"]
    assert [row["Kilde"] for row in rows] == ["Web", "-5", "'@x"]


def test_a_file_that_cannot_be_written_is_told(store: Store, tmp_path: Path) -> None:
    with store.transaction() as connection, pytest.raises(EnvironmentFault, match="cannot be written"):
        export_quarantine(connection, tmp_path / "none" / "q.csv")
