"""Rows about the erased: refused before anything of them is kept, wherever they stand in a file."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from data.erasure import ERASED, forget_people
from data.erasure.refusing import ErasedRow
from data.errors import SourceError
from data.imports.importing import import_source
from data.imports.mapping import contract_mapping, read_mapping
from data.imports.quarantine import export_quarantine, release_quarantine
from data.imports.reading import RowReader

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store import Store
    from data.store.merging import Merge

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
HEADER = "contact_id,company_id,email,occurred_at\n"

MAPPING = """
name = "flat"

[tables.clients]
client_id = { value = "n" }
name = { value = "Client" }
currency = { value = "DKK" }
time_zone = { value = "Europe/Copenhagen" }
occurred_at = { value = "2020-01-01" }

[tables.companies]
company_id = "company"
client_id = { value = "n" }
occurred_at = { value = "2020-01-01" }
"""


@pytest.fixture
def contacts(store: Store, world: Callable[..., Merge], tmp_path: Path) -> Callable[[str], Path]:
    """Writes the rows of contacts.csv in a folder of their own; Anne is erased."""
    world(contacts=[{"contact_id": "anne-1", "email": "anne@berg.dk"}])
    with store.transaction() as connection:
        forget_people(connection, store.home, ["anne-1"], at=NOW)
    (tmp_path / "export").mkdir()

    def write(rows: str) -> Path:
        (tmp_path / "export" / "contacts.csv").write_text(HEADER + rows, encoding="utf-8")
        return tmp_path / "export"

    return write


def test_what_holds_for_the_whole_file_is_not_lost_with_its_first_row() -> None:
    mapping = read_mapping(MAPPING, "flat.toml")
    chunk = pd.DataFrame({"company": ["erased", "other"]}, index=[2, 3], dtype="str")
    refuse = ErasedRow(2, "", "", "", ERASED, "the person has been erased", "leave the row out")
    extract = RowReader(mapping, mapping.files[0]).read(chunk, lambda _, problems: [*problems, refuse])
    assert extract.tables["companies"]["company_id"].tolist() == ["other"]
    assert extract.tables["clients"]["client_id"].tolist() == ["n"]
    assert extract.problems[0].sentence("f") == "f, row 2: the person has been erased; leave the row out."


@pytest.mark.parametrize("row", ["anne-1,c,,2025-02-31\n", "x,c,Anne@Berg.dk,never\n"])
def test_a_row_that_is_broken_as_well_leaves_nothing_either(
    store: Store, contacts: Callable[[str], Path], row: str
) -> None:
    report = import_source(store, contacts(row), contract_mapping(), arrived_at=NOW)
    assert report.reasons == {ERASED: 1}
    with store.transaction() as connection:
        (kept,) = connection.exec_driver_sql("SELECT t::text FROM quarantine t").scalars()
    assert "nne" not in kept


def test_such_rows_are_not_released(store: Store, contacts: Callable[[str], Path], tmp_path: Path) -> None:
    import_source(store, contacts("anne-1,c,,2025-01-01\nbo,c,,2025-02-31\n"), contract_mapping(), arrived_at=NOW)
    path = tmp_path / "q.csv"
    with store.transaction() as connection:
        assert export_quarantine(connection, path) == 1
        erased = connection.exec_driver_sql(
            f"SELECT quarantine_id FROM quarantine WHERE rule = '{ERASED}'"
        ).scalar_one()
    text = path.read_text(encoding="utf-8-sig")
    head, row = text.splitlines()
    path.write_text(f"{head}\n{erased};{row.partition(';')[2]}\n", encoding="utf-8")
    with pytest.raises(SourceError, match="the person has been erased, and nothing of the row was kept; leave"):
        release_quarantine(store, path, arrived_at=NOW)
    path.write_text(text.replace("2025-02-31", "2025-01-31").replace("bo;c;", "bo;c;anne@berg.dk"), encoding="utf-8")
    report = release_quarantine(store, path, arrived_at=NOW)  # a mended row may not bring them in either
    assert (report.accepted, report.quarantined, report.reasons) == (0, 1, {ERASED: 1})


def test_a_row_that_only_the_store_refuses_leaves_nothing_either(store: Store, contacts: Callable[[str], Path]) -> None:
    folder = contacts("anne-2,c,anne@berg.dk,2025-01-01\n")
    header = "lead_id,campaign_id,company_id,contact_id,next_action,occurred_at\n"
    rows = "l9,k,c,anne-2,Anne@Berg.dk,2025-01-01\nl8,k,c,nobody,call,2025-01-01\n"
    (folder / "leads.csv").write_text(header + rows, encoding="utf-8")
    report = import_source(store, folder, contract_mapping(), arrived_at=NOW)
    assert report.reasons == {ERASED: 2, "contact_id: unknown": 1}
    assert "nne" not in str(report.as_json()["examples"])
    with store.transaction() as connection:
        kept = connection.exec_driver_sql("SELECT string_agg(t::text, '') FROM quarantine t").scalar_one()
    assert "nne" not in kept


def test_a_contact_without_a_company_is_refused_as_ever(store: Store, contacts: Callable[[str], Path]) -> None:
    report = import_source(store, contacts("bo,,bo@berg.dk,2025-01-01\n"), contract_mapping(), arrived_at=NOW)
    assert report.reasons == {"company_id: required": 1}
