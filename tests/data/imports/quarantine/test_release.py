"""The quarantine: rows that were mended in their export are released, and the others stay."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from data.errors import BadInput, SourceError
from data.imports.importing import import_source
from data.imports.mapping import load_mapping
from data.imports.quarantine.export import list_quarantine
from data.imports.quarantine.release import release_quarantine
from data.store import read_tables
from tests.data.imports.quarantine.conftest import NOW, export_rows, write_rows

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.imports.mapping import Mapping
    from data.store import Store


@pytest.mark.usefixtures("refused")
def test_mended_rows_are_released_and_the_others_stay(store: Store, crm: Mapping, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    rows = export_rows(store, path)
    rows[0]["Ansatte"], rows[2]["Oprettet"] = "4", "28-02-2025"
    write_rows(path, rows)
    report = release_quarantine(store, path, crm, arrived_at=NOW)
    assert (report.read, report.accepted, report.unchanged, report.quarantined) == (3, 2, 0, 1)
    (example,) = report.examples
    assert example.startswith("q.csv, row 3, column 'Ansatte', value 'y': it is not a whole number")
    names = read_tables(store, ["companies"])["companies"]["name"].to_pylist()
    assert {"=cmd|x", "to\nlinjer"} <= set(names)
    with store.transaction() as connection:
        assert list_quarantine(connection)["rows"].tolist() == [1]
    again = release_quarantine(store, path, crm, arrived_at=NOW)
    assert (again.read, again.accepted, again.unchanged, again.quarantined) == (3, 0, 2, 1)


def test_released_rows_are_those_that_a_mended_source_would_give(
    store: Store, crm: Mapping, refused: Path, tmp_path: Path
) -> None:
    rows = export_rows(store, path := tmp_path / "q.csv")
    rows[0]["Ansatte"] = "4"
    write_rows(path, rows[:1])
    release_quarantine(store, path, crm, arrived_at=NOW)
    refused.write_text(refused.read_text().replace("=cmd|x;x;", "=cmd|x;4;"))
    report = import_source(store, refused, crm, arrived_at=NOW)
    assert (report.accepted, report.unchanged, report.quarantined) == (0, 4, 2)


def test_a_parent_that_came_later_lets_its_rows_be_released(store: Store, tmp_path: Path, world: Any) -> None:
    folder = tmp_path / "export"
    folder.mkdir()
    header = "call_id,lead_id,talk_seconds,disposition,occurred_at\n"
    (folder / "calls.csv").write_text(header + "x,later,3,busy,2025-01-01T00:00:00Z\n")
    assert import_source(store, folder, load_mapping("contract"), arrived_at=NOW).quarantined == 1
    export_rows(store, path := tmp_path / "q.csv")
    assert release_quarantine(store, path, arrived_at=NOW).quarantined == 1
    world(leads=[{"lead_id": "later"}])
    assert release_quarantine(store, path, arrived_at=NOW).accepted == 1
    assert read_tables(store, ["calls"])["calls"]["lead_id"].to_pylist() == ["later"]


def test_files_that_are_no_export_are_told(store: Store, crm: Mapping, refused: Path, tmp_path: Path) -> None:
    path = tmp_path / "q.csv"
    rows = export_rows(store, path)
    for change, says in (
        (
            {"quarantine:quarantine_id": "999"},
            "row 2, column 'quarantine:quarantine_id', value '999': there is no such",
        ),
        ({"quarantine:quarantine_id": rows[1]["quarantine:quarantine_id"]}, "row 3, column .* it is there twice"),
    ):
        write_rows(path, [rows[0] | change, *rows[1:]])
        with pytest.raises(SourceError, match=says):
            release_quarantine(store, path, crm, arrived_at=NOW)
    write_rows(path, [{name: row[name] for name in row if name != "Firma"} for row in rows])
    with pytest.raises(SourceError, match="row 1, column 'Firma': the file has no such column; leave the columns"):
        release_quarantine(store, path, crm, arrived_at=NOW)
    with pytest.raises(SourceError, match="column 'quarantine:quarantine_id': the file has no such column"):
        release_quarantine(store, refused, crm, arrived_at=NOW)
    write_rows(path, rows)
    with pytest.raises(BadInput, match="came through mapping 'crm', which does not come with callworth; give its file"):
        release_quarantine(store, path, arrived_at=NOW)


def test_rows_dated_by_their_place_are_mended_at_the_source(
    store: Store, write_file: Callable[..., Path], tmp_path: Path
) -> None:
    names = "age;job;marital;education;default;balance;housing;loan;contact;day;month;duration;campaign;pdays"
    row = "58;x;x;x;no;1;no;no;x;{day};may;1;1;-1;0;x;no"
    text = f"{names};previous;poutcome;y\n" + row.format(day=5) + "\n" + row.format(day=32) + "\n"
    mapping = load_mapping("uci-bank")
    assert import_source(store, write_file("bank.csv", text), mapping, arrived_at=NOW).quarantined == 1
    export_rows(store, path := tmp_path / "q.csv")
    with pytest.raises(BadInput, match="mend the source file and import it again"):
        release_quarantine(store, path, arrived_at=NOW)
