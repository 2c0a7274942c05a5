"""Files of a folder in other forms than the mapping names them: found where one alone can be meant."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import openpyxl
import pyarrow as pa
import pyarrow.parquet
import pytest

from data.errors import SourceError
from data.imports.importing import import_source
from data.imports.mapping import contract_mapping, read_mapping
from data.imports.quarantine import export_quarantine, release_quarantine
from data.imports.reading.files import find_strangers
from data.imports.reading.places import find_place

if TYPE_CHECKING:
    from pathlib import Path

    from data.store import Store

NOW = datetime(2026, 1, 1, tzinfo=UTC)
CLIENTS = {"client_id": ["n"], "name": ["N"], "currency": ["DKK"], "time_zone": ["UTC"], "occurred_at": ["2025-01-01"]}
COMPANIES = [["company_id", "client_id", "occurred_at"], ["c", "n", datetime(2025, 1, 1)], ["d", "n", "31-02-2025"]]  # noqa: DTZ001


def fill(folder: Path) -> None:
    """The contract's own tables as a Parquet file and a workbook with a date that does not exist."""
    pa.parquet.write_table(pa.table(CLIENTS), folder / "clients.parquet")
    book = openpyxl.Workbook()
    for row in COMPANIES:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(folder / "companies.xlsx")


@pytest.mark.parametrize(
    ("there", "name"),
    [
        (["a.csv", "a.xlsx"], "a.csv"),
        (["a.xlsx"], "a.xlsx"),
        (["a.csv.gz", "b.csv"], "a.csv.gz"),
        (["a.parquet"], "a.parquet"),
        (["b.xlsx"], "a.csv"),  # the mapping has another file of that name
        (["a.ods", "aa.xlsx"], "a.csv"),
        ([], "a.csv"),
    ],
)
def test_the_file_that_is_meant(tmp_path: Path, there: list[str], name: str) -> None:
    for each in there:
        (tmp_path / each).touch()
    table = 'tables.agents]\nagent_id = "id"\nname = "id"\noccurred_at = "at"\n'
    mapping = read_mapping(f'[files."a.csv".{table}\n[files."b.xlsx".{table}\n[files."b.csv".{table}', "m")
    assert find_place(tmp_path, "a.csv", mapping) == tmp_path / name
    if there == ["b.xlsx"]:
        assert find_place(tmp_path, "b.csv", mapping) == tmp_path / "b.csv"


def test_two_that_could_be_meant_are_asked_for(tmp_path: Path) -> None:
    for name in ("clients.xlsx", "clients.parquet"):
        (tmp_path / name).touch()
    with pytest.raises(SourceError, match=r"both clients\.parquet and clients\.xlsx could be meant; keep one of them"):
        import_source(None, tmp_path, contract_mapping(), arrived_at=NOW)  # type: ignore[arg-type]


def test_a_folder_of_the_contracts_tables_in_other_forms(store: Store, tmp_path: Path) -> None:
    fill(tmp_path)
    report = import_source(store, tmp_path, contract_mapping(), arrived_at=NOW)
    assert (report.tables, report.quarantined) == ({"clients": 1, "companies": 1}, 1)
    assert report.examples[0].startswith("companies.xlsx, row 3, column 'occurred_at', value '31-02-2025': it is not a")
    assert find_strangers(tmp_path, contract_mapping()) == report.ignored == []
    mended = tmp_path / "mended.csv"
    with store.transaction() as connection:
        export_quarantine(connection, mended)
    mended.write_text(mended.read_text("utf-8-sig").replace("31-02-2025\n", "2025-02-28\n"), encoding="utf-8")
    released = release_quarantine(store, mended, contract_mapping(), arrived_at=NOW)
    assert (released.accepted, released.quarantined) == (1, 0)
