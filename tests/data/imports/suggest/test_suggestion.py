"""A first mapping for an unknown export: it loads, imports the very file, and says what is missing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import openpyxl
import pytest

from data.errors import MappingError, SourceError
from data.imports.flat import read_flat
from data.imports.formats import read_chunks
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


@pytest.mark.parametrize(
    ("amounts", "minor"),
    [(["1.250.000", "7"], [125_000_000, 700]), (["0.125", "12.500"], [12, 1_250]),
     (["62,01", "12.500"], [6_201, 1_250_000]), (["62.01", "12.500"], [6_201, 1_250])],
)  # fmt: skip
def test_amounts_with_thousands_are_read_as_they_are_meant(
    write_file: Callable[..., Path], amounts: list[str], minor: list[int]
) -> None:
    path = write_file("a.csv", "id;Status;Beløb\n" + "".join(f"{i};won;{text}\n" for i, text in enumerate(amounts)))
    flat = read_flat(path, read_mapping(suggest_mapping(path).toml, "a"))
    assert flat.tables["deals"]["amount_minor"].to_pylist() == minor


@pytest.mark.parametrize(
    ("amount", "sign", "minor", "reads"),
    [("12.500", ",", 1_250_000, "12.5 (decimals: '.') or 12500 (',')"), ("12.500", ".", 1_250, "12.5 (decimals: '.')"),
     ('"12,500"', ".", 1_250_000, "12500 (decimals: '.') or 12.5")],
)  # fmt: skip
def test_an_amount_with_two_meanings_is_asked_for_and_never_guessed(
    write_file: Callable[..., Path], amount: str, sign: str, minor: int, reads: str
) -> None:
    path = write_file("a.csv", f"id;Status;Beløb;Vægt;Ansatte\n1;won;{amount};62.01;1.250\n2;lost;;7.5;\n")
    suggestion = suggest_mapping(path)
    if amount == '"12,500"':  # settled: beside a decimal point the comma parts thousands
        assert suggestion.asks == ()
    else:
        assert len(suggestion.asks) == 1
        assert f"Column 'Beløb': '{amount}' can be {reads}" in suggestion.asks[0]
        with pytest.raises(MappingError, match=r"decimals 'Beløb' can be '\. or ,'; keep the one that is meant\.$"):
            read_mapping(suggestion.toml, "a")
    flat = read_flat(path, read_mapping(suggestion.toml.replace('". or ,"', f'"{sign}"'), "a"))
    assert flat.tables["deals"]["amount_minor"].to_pylist() == [minor]
    assert flat.tables["companies"]["employees"].to_pylist()[0] == 1250  # nobody has 1.25 employees
    assert flat.tables["leads"]["attributes"].to_pylist() == ['{"Vægt": 62.01}', '{"Vægt": 7.5}']


@pytest.mark.parametrize(
    ("dates", "style"),
    [
        (["01-02-2026", "02-03-2026"], "%d-%m-%Y or %m-%d-%Y"),
        (["01-02-2026"] * 9 + ["13-02-2026"], "%d-%m-%Y"),
        (["01/02/2026"] * 9 + ["02/13/2026"], "%m/%d/%Y"),
        (["01-02-2026"] * 200 + ["13-02-2026", "02-14-2026"], "%d-%m-%Y or %m-%d-%Y"),
        (["01.02.2026 09:30", "31.12.2025 10:00"], "%d.%m.%Y %H:%M"),
        (["01-02-26", "13-12-25"], "%d-%m-%y or %y-%m-%d"),
        (["31-12-99", "01-02-26"], "%d-%m-%y"),
        (["45000", "45001.5"], "excel"),
        (["2026-02-01", "20260203"], None),
    ],
)
def test_the_format_is_told_by_all_dates_or_asked_for(
    write_file: Callable[..., Path], monkeypatch: pytest.MonkeyPatch, dates: list[str], style: str | None
) -> None:
    monkeypatch.setattr("data.imports.suggest.export.read_chunks", lambda source: read_chunks(source, block_bytes=100))
    path = write_file("a.csv", "id;Oprettet;Status\n" + "".join(f"{i};{day};won\n" for i, day in enumerate(dates)))
    suggestion = suggest_mapping(path)
    written = [line for line in suggestion.toml.splitlines() if line.startswith("occurred_at = {") and "Opr" in line]
    if style is None:
        assert 'occurred_at = "Oprettet"' in suggestion.toml
    else:
        assert f'format = "{style}"' in written[0]
    asked = " or " in (style or "")
    assert [ask for ask in suggestion.asks if "Oprettet" in ask] == (
        [f"Column 'Oprettet': '{dates[0]}' can be {style}; keep the format that is meant."] if asked else []
    )
    if asked:
        with pytest.raises(MappingError, match=r"occurred_at format can be '%d-%m-%.*; keep the one that is meant"):
            read_mapping(suggestion.toml, "a")
    else:
        flat = read_flat(path, read_mapping(suggestion.toml, "a"))
        assert (flat.read, flat.quarantined) == (len(dates), 0)


def test_serial_dates_are_said_to_be_taken_for_such(write_file: Callable[..., Path]) -> None:
    notes = suggest_mapping(write_file("a.csv", "id;Oprettet;Pris\n1;45000;45000\n")).notes
    assert (
        "Column 'Oprettet' was taken for serial dates of the 1900 calendar, which begin with 2023-03-15; if all are "
        'four years early, write format = "excel-1904".'
    ) in notes


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


CODED = (
    "Oprettet;Navn;E-mail;Titel;Samtykke;Beslutningsniveau;Samtaleresultat;Næste skridt;Status\n"
    "2025-01-01;Anne;a@x.dk;CEO;Ja;Beslutningstager;Ikke hjemme;ring;Vundet\n"
    "2025-01-02;Bo;b@x.dk;Elev;Trukket tilbage;Andet;Møde booket;;Tabt\n"
    "2025-01-03;Ib;c@x.dk;Chef;;;;;Ny\n"
)


def test_words_of_the_trade_are_proposed_as_codes(store: Store, write_file: Callable[..., Path]) -> None:
    path = write_file("kunder.csv", CODED)
    suggestion = suggest_mapping(path)
    mapping = read_mapping(suggestion.toml, "kunder.toml")
    fields = {table.table: table.fields for table in mapping.files[0].tables}
    assert fields["consents"]["consent"].codes == {"Ja": "given", "Trukket tilbage": "withdrawn"}
    assert fields["contacts"]["decision_level"].codes == {"Andet": "other", "Beslutningstager": "decision_maker"}
    assert fields["leads"]["next_action"].column == "Næste skridt"
    (note,) = (note for note in suggestion.notes if "results of calls" in note)
    assert '"Ikke hjemme" = "no_answer", "Møde booket" = "meeting_booked"' in note
    report = import_source(store, path, mapping, arrived_at=datetime(2025, 6, 3, tzinfo=UTC))
    assert (report.accepted, report.tables["consents"]) == (3, 2)


def test_a_column_with_words_that_nobody_knows_is_not_taken_for_codes(write_file: Callable[..., Path]) -> None:
    path = write_file("kunder.csv", CODED.replace("Ikke hjemme", "Kaffe").replace("Ja;", "Tja;"))
    suggestion = suggest_mapping(path)
    assert "tables.consents" not in suggestion.toml
    assert not any("results of calls" in note for note in suggestion.notes)


def write_workbook(path: Path, *rows: list[object]) -> Path:
    book = openpyxl.Workbook()
    for row in [["Id", "Oprettet", "Status", "Beløb"], *rows]:
        book.active.append(row)  # type: ignore[union-attr]
    book.save(path)
    return path


@pytest.mark.parametrize(
    ("amounts", "minor"),
    [
        ([12.125, 7.5], [1212, 750]),  # a cell that holds a number has one meaning
        ([12.5, "1.250,50"], [1250, 125_050]),
        ([12.125, "12.50"], [1212, 1250]),
    ],
)
def test_cells_that_hold_numbers_are_not_asked_about(tmp_path: Path, amounts: list[object], minor: list[int]) -> None:
    rows: list[list[object]] = [[i, datetime(2025, 1, 2), "won", amount] for i, amount in enumerate(amounts)]  # noqa: DTZ001
    path = write_workbook(tmp_path / "a.xlsx", *rows)
    suggestion = suggest_mapping(path)
    assert suggestion.asks == ()
    flat = read_flat(path, read_mapping(suggestion.toml, "a"))
    assert flat.tables["deals"]["amount_minor"].to_pylist() == minor


def test_a_text_of_two_meanings_beside_numbers_is_asked_about(tmp_path: Path) -> None:
    path = write_workbook(tmp_path / "a.xlsx", [1, "2025-01-02", "won", 12.5], [2, "03-02-2025", "won", "12.500"])
    dates, amounts = suggest_mapping(path).asks
    assert dates.startswith("Column 'Oprettet': '03-02-2025' can be %d-%m-%Y or %m-%d-%Y")
    assert amounts.startswith("Column 'Beløb': '12.500' can be 12.5")


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


@pytest.mark.parametrize(
    ("day", "text", "told"),
    [(12, "13-02-2025", True), (13, "13-02-2025", False), (12, "12-02-2025", False), (12, "2025-02-12", False)],
)
def test_dates_that_a_spreadsheet_swapped_are_told(tmp_path: Path, day: int, text: str, told: bool) -> None:
    cells = [datetime(2025, 3, each) for each in (1, 2, 3, 4, day)]  # noqa: DTZ001 - a workbook has no zones
    path = write_workbook(tmp_path / "a.xlsx", *([i, date, "won", 1] for i, date in enumerate([*cells, text])))
    notes = [note for note in suggest_mapping(path).notes if "taken day and month for each other" in note]
    assert len(notes) == told
    if told:
        assert notes[0].startswith("Column 'Oprettet': its date cells, as 2025-03-01, all have a day up to 12, and its")
