"""Flat files in memory: the same rows as through the store, in file order."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from data.contract import CONTRACT
from data.errors import BadInput, MappingError, SourceError
from data.frames import arrow_schema
from data.imports.flat import read_flat
from data.imports.importing import import_source
from data.imports.mapping import change_columns, load_mapping, read_mapping
from data.store import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    import pyarrow as pa

    from data.imports.mapping import Mapping
    from data.store import Store

NOW = datetime(2026, 1, 1, tzinfo=UTC)
FAULTS = "Ål;x;05-02-2025;Åben;;\nÆrø Køl;13;03-02-2025;Tabt;;\nNy;;;;;\n"


def sort(table: pa.Table, key: str) -> list[dict[str, object]]:
    return table.sort_by([(key, "ascending"), ("known_at", "ascending")]).to_pylist()


def test_leads_come_in_file_order(crm: Mapping, export: str, write_file: Callable[..., Path]) -> None:
    flat = read_flat(write_file("crm.csv", export), crm)
    assert flat.rows["source_row"].tolist() == [2, 3, 4]
    assert flat.rows["lead_id"].nunique() == 3
    assert flat.rows["occurred_at"].astype("str").tolist()[0] == "2025-02-02 23:00:00+00:00"
    assert (flat.order, flat.read, flat.quarantined, flat.dropped) == ("time", 3, 0, ())
    assert all(table.schema == arrow_schema(CONTRACT[name]) for name, table in flat.tables.items())


def test_tables_are_those_that_the_store_gives(
    store: Store, crm: Mapping, export: str, write_file: Callable[..., Path]
) -> None:
    path = write_file("crm.csv", export + FAULTS)
    flat = read_flat(path, crm)
    report = import_source(store, path, crm, arrived_at=NOW)
    assert (flat.read, flat.quarantined) == (report.read, report.quarantined) == (6, 3)
    assert sorted(flat.examples)[0] == sorted(report.examples)[0]
    for name, table in flat.tables.items():
        stored = read_tables(store, [name])[name]
        key = CONTRACT[name].key
        assert [row | {"attributes": ""} for row in sort(table, key)] == [
            row | {"attributes": ""} for row in sort(stored, key)
        ]


def test_columns_are_dropped_and_kept(crm: Mapping, export: str, write_file: Callable[..., Path]) -> None:
    mapping = change_columns(crm, drop=["Kilde"], keep=["Ansatte"])
    flat = read_flat(write_file("crm.csv", export), mapping)
    assert flat.dropped == ("Kilde",)
    assert flat.tables["leads"]["attributes"].to_pylist() == ['{"Ansatte": 12}', '{"Ansatte": 7}', "{}"]


@pytest.mark.parametrize(
    ("option", "column", "says"),
    [
        ("drop", "Kilden", r"^--drop 'Kilden': crm\.csv has no such column; did you mean 'Kilde'\?$"),
        (
            "keep",
            "Score",
            r"^--keep 'Score': crm\.csv has no such column; its columns are Firma, Ansatte, .*Kilde\.$",
        ),
    ],
)
def test_a_column_that_an_option_names_and_the_file_lacks(
    crm: Mapping, export: str, write_file: Callable[..., Path], option: str, column: str, says: str
) -> None:
    with pytest.raises(BadInput, match=says) as raised:
        read_flat(write_file("crm.csv", export), change_columns(crm, **{option: [column]}))
    assert not isinstance(raised.value, SourceError)


def test_what_is_not_flat_is_refused(
    crm_text: str, export: str, write_file: Callable[..., Path], tmp_path: Path
) -> None:
    with pytest.raises(MappingError, match="mapping contract reads several files; import them and use the store"):
        read_flat(tmp_path, load_mapping("contract"))
    clients = read_mapping(crm_text.split("[tables.companies]")[0], "crm")
    with pytest.raises(MappingError, match=r"mapping crm makes no leads; add \[tables\.leads\]"):
        read_flat(write_file("crm.csv", export), clients)
    with pytest.raises(SourceError, match="a header line and no rows"):
        read_flat(write_file("crm.csv", export.splitlines()[0] + "\n"), read_mapping(crm_text, "crm"))


@pytest.mark.parametrize(
    ("file", "mapping", "rows", "wins", "order"),
    [
        ("bank-additional-full.csv", "uci-bank-additional", 41_188, 4640, "rows"),
        ("b2b_sales.csv", "b2b-sales", 448, 227, "none"),
    ],
)
def test_shared_files(
    shared_data: Callable[[str], Path], file: str, mapping: str, rows: int, wins: int, order: str
) -> None:
    flat = read_flat(shared_data(file), load_mapping(mapping))
    assert (flat.read, len(flat.rows), flat.quarantined, flat.order) == (rows, rows, 0, order)
    assert flat.rows["source_row"].is_monotonic_increasing
    assert flat.tables["deals"].num_rows == wins
    assert flat.tables["deals"].num_rows + flat.tables["lead_stages"].num_rows == rows
    assert all(later.as_py() >= NOW.replace(year=2008) for later in flat.tables["deals"]["occurred_at"][:3])
