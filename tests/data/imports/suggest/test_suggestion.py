"""A first mapping for an unknown export: it loads, imports the very file, and says what is missing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from data.errors import SourceError
from data.imports.flat import read_flat
from data.imports.importing import import_source
from data.imports.mapping import read_mapping
from data.imports.suggest import suggest_mapping
from data.store import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store import Store

HEADER = (
    "Emne-id;Oprettet;Lukkedato;Firmanavn;CVR-nr.;Branche;Antal ansatte;Kontaktperson;Titel;E-mail;Telefon;Kampagne;"
    "Status;Beløb (kr.);Tabsårsag;Må ikke kontaktes;Noter;Kilde\n"
)
STATUS = ("Vundet", "Tabt", "Åben")


def danish_row(i: int) -> str:
    status = STATUS[i % 3]
    closed, amount = "" if status == "Åben" else "15-01-2026", "12.500,50" if status == "Vundet" else ""
    return (
        f"E{i};{1 + i % 28:02d}-{1 + i % 12:02d}-2025;{closed};Firma Ærø {i};{10_000_000 + i};"
        f"{'Byggeri' if i % 2 else 'IT'};{i};Person {i};Direktør;p{i}@firma{i}.dk;33 12 34 {i:02d};"
        f"{'Forår' if i % 2 else 'Efterår'};{status};{amount};{'Pris' if status == 'Tabt' else ''};"
        f"{'Ja' if i == 3 else 'Nej'};note {i};Messe\n"
    )


def test_a_danish_crm_export(store: Store, write_file: Callable[..., Path]) -> None:
    path = write_file("crm.csv", HEADER + "".join(danish_row(i) for i in range(60)), "cp1252")
    suggestion = suggest_mapping(path)
    report = import_source(
        store, path, read_mapping(suggestion.toml, "crm"), arrived_at=datetime(2026, 6, 1, tzinfo=UTC)
    )
    assert (report.read, report.accepted, report.quarantined) == (60, 60, 0)
    tables = read_tables(store)
    first = {name: tables[name].to_pylist()[0] for name in ("leads", "companies", "contacts", "deals", "lead_stages")}
    assert first["leads"]["attributes"] == '{"Kilde": "Messe"}'
    assert first["leads"]["occurred_at"] == datetime(2024, 12, 31, 23, 0, tzinfo=UTC)
    assert (first["companies"]["name"], first["companies"]["employees"]) == ("Firma Ærø 0", 0)
    assert (first["contacts"]["phone"], first["contacts"]["phone_valid"]) == ("+4533123400", True)
    assert (first["deals"]["amount_minor"], first["deals"]["currency"]) == (1_250_050, "DKK")
    assert first["deals"]["occurred_at"] == datetime(2026, 1, 14, 23, 0, tzinfo=UTC)
    assert {name: tables[name].num_rows for name in ("deals", "lead_stages", "campaigns")} == {
        "deals": 20, "lead_stages": 20, "campaigns": 2,
    }  # fmt: skip
    assert sum(tables["contacts"]["do_not_call"].to_pylist()) == 1
    notes = " ".join(suggestion.notes)
    assert "Column 'Status' was taken for the outcome: won is Vundet; lost is Tabt; still open is Åben." in notes
    assert "Column 'Tabsårsag' is dropped: filled in once the outcome is known" in notes
    assert "Column 'Noter' is dropped: it says who a person is, or may." in notes
    assert "No calls: contact rate, talk time and attempts cannot be computed" in notes
    assert "No deal amount" not in notes


def test_an_english_export_with_what_does_not_identify(write_file: Callable[..., Path]) -> None:
    text = "id,created,company,email,website,stage,amount\n"
    text += "1,2025-01-02T10:00:00Z,Acme,a@x.dk,x.dk,closedwon,100.50\n1,2025-01-03,Acme,b@x.dk,x.dk,closedlost,\n"
    text += "2,2025-01-03,Best,a@x.dk,y.dk,proposal,\n"
    path = write_file("deals.csv", text)
    suggestion = suggest_mapping(path)
    flat = read_flat(path, read_mapping(suggestion.toml, "deals"))
    assert (flat.read, flat.quarantined, flat.order) == (3, 0, "time")
    assert flat.tables["deals"]["amount_minor"].to_pylist() == [10050]
    assert flat.tables["lead_stages"].num_rows == 1
    assert "Column 'id' does not identify a lead: rows that share it differ." in suggestion.notes


@pytest.mark.parametrize(
    ("file", "outcome", "dropped"),
    [("b2b_sales.csv", "Status", []), ("bank-full.csv", "y", ["duration"])],
)
def test_shared_files(shared_data: Callable[[str], Path], file: str, outcome: str, dropped: list[str]) -> None:
    path = shared_data(file)
    suggestion = suggest_mapping(path)
    flat = read_flat(path, read_mapping(suggestion.toml, "suggested"))
    assert flat.read == len(flat.rows) == flat.tables["deals"].num_rows + flat.tables["lead_stages"].num_rows
    assert (flat.quarantined, flat.order, list(flat.dropped)) == (0, "none", dropped)
    notes = " ".join(suggestion.notes)
    assert f"Column '{outcome}' was taken for the outcome" in notes
    assert "No date of the leads" in notes
    assert "No telephone number: nobody may be called" in notes


@pytest.mark.parametrize(
    "folder", ["crm_exports/salesforce/sf_lead_data.csv", "crm_exports/salesforce/sf_opportunity_data.csv",
               "crm_exports/hubspot/contact_data.csv", "crm_exports/hubspot/deal_data.csv"],
)  # fmt: skip
def test_warehouse_tables_get_a_mapping_that_loads(shared_data: Callable[[str], Path], folder: str) -> None:
    path = shared_data(folder)
    flat = read_flat(path, read_mapping(suggest_mapping(path).toml, "suggested"))
    assert flat.read == len(flat.rows) + flat.quarantined


@pytest.mark.parametrize("name", ['a "b"\\c', "[x]", "å = 1", "#", "'''"])
def test_names_that_toml_would_stumble_over(write_file: Callable[..., Path], name: str) -> None:
    quoted = '"' + name.replace('"', '""') + '"'
    path = write_file("a.csv", f"{quoted};Status\nx;won\ny;lost\n")
    mapping = read_mapping(suggest_mapping(path).toml, "a")
    assert read_flat(path, mapping).read == 2


def test_a_file_without_an_outcome_or_rows_is_told(write_file: Callable[..., Path]) -> None:
    notes = suggest_mapping(write_file("a.csv", "Firma;Branche\nA;IT\nB;IT\n")).notes
    assert any(note.startswith("No outcome: nothing can be learned") for note in notes)
    with pytest.raises(SourceError, match="a header line and no rows"):
        suggest_mapping(write_file("a.csv", "Firma;Branche\n"))


def test_a_workbook_names_its_sheets(tmp_path: Path) -> None:
    book = openpyxl.Workbook()
    for row in (
        ["id", "Oprettet", "Status"],
        [1, datetime.fromisoformat("2026-02-01"), "won"],
        [2, "03-02-2026", "lost"],
    ):
        book.active.append(row)  # type: ignore[union-attr]
    book.create_sheet("Noter")
    book.save(tmp_path / "a.xlsx")
    suggestion = suggest_mapping(tmp_path / "a.xlsx")
    assert "a.xlsx: sheet 'Sheet' is read; the workbook also has 'Noter' (sheet under [source])." in suggestion.notes
    assert suggestion.toml.startswith('name = "a"')
    assert 'sheet = "Sheet"' in suggestion.toml
    assert "delimiter" not in suggestion.toml
    toml = suggestion.toml.replace("%d-%m-%Y or %m-%d-%Y", "%d-%m-%Y")
    flat = read_flat(tmp_path / "a.xlsx", read_mapping(toml, "a"))
    days = [row["occurred_at"].date().isoformat() for row in flat.tables["leads"].to_pylist()]
    assert days == ["2026-01-31", "2026-02-02"]  # midnight in Copenhagen, in UTC


@pytest.mark.parametrize(
    ("values", "personal"),
    [
        (["jens@firma.dk", "bo@x.dk", "a@b.dk"], True),
        (["33123456", "+45 22 12 34 56", ""], True),
        (["rød", "blå", ""], False),
    ],
)
def test_what_looks_personal_is_dropped(write_file: Callable[..., Path], values: list[str], personal: bool) -> None:
    path = write_file("a.csv", "id;Andet;Status\n" + "".join(f"{i};{value};won\n" for i, value in enumerate(values)))
    suggestion = suggest_mapping(path)
    assert ("Column 'Andet' is dropped: it says who a person is, or may." in suggestion.notes) is personal


def test_what_can_and_cannot_be_computed_is_said(write_file: Callable[..., Path]) -> None:
    path = write_file("a.csv", "id;Oprettet;Status;Beløb\n1;2026-02-01;won;10\n2;2026-02-02;lost;\n")
    notes = " ".join(suggest_mapping(path).notes)
    assert (
        "Can be computed from this file: win rate and close probabilities; figures per month and a backtest in order "
        "of time; income and deal size; expected value."
    ) in notes
    for missing in ("contact rate", "show rate", "weighted pipeline", "ROI", "attribution", "known at the time"):
        assert missing in notes


@pytest.mark.parametrize(
    ("rows", "told"),
    [
        ("13-01-2026;5\n01-13-2026;5", "'Oprettet'|dates in one format|'13-01-2026', '01-13-2026'"),
        ("2026-01;5\n2026-02;5", "'Oprettet'|dates in one format|'2026-01', '2026-02'"),
        ("2026-01-01;12 kr.\n2026-01-01;", "'Beløb'|numbers|'12 kr.'"),
    ],
)
def test_a_column_that_is_not_what_its_name_says_is_told(write_file: Callable[..., Path], rows: str, told: str) -> None:
    path = write_file("a.csv", "Oprettet;Beløb;Status\n" + "".join(f"{row};won\n" for row in rows.split("\n")))
    column, expected, held = told.split("|")
    note = f"Column {column} is not taken for what its name says: {expected} are expected there, and it holds {held}."
    assert note in suggest_mapping(path).notes
