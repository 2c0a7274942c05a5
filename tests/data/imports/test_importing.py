"""Imports: counts add up, the same file twice changes nothing, and bad input leaves the store as it was."""

from __future__ import annotations

from contextlib import suppress
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
from hypothesis import HealthCheck, given
from hypothesis import settings as hypothesis_settings
from hypothesis import strategies as st

from data.errors import CallworthError, SourceError
from data.imports.importing import import_source
from data.imports.mapping import load_mapping
from data.store import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.imports.mapping import Mapping
    from data.imports.report import ImportReport
    from data.store import Store

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
HEADER = "Firma;Ansatte;Oprettet;Status;Beløb;Kilde\n"


def bring(store: Store, path: Path, mapping: Mapping, **options: Any) -> ImportReport:
    return import_source(store, path, mapping, arrived_at=options.pop("arrived_at", NOW), **options)


def counts(report: ImportReport) -> tuple[int, int, int, int]:
    return report.read, report.accepted, report.unchanged, report.quarantined


def test_an_export_becomes_contract_rows(
    store: Store, crm: Mapping, export: str, write_file: Callable[..., Path]
) -> None:
    report = bring(store, write_file("crm.csv", export), crm)
    assert counts(report) == (3, 3, 0, 0)
    assert report.tables == {
        "clients": 1, "companies": 3, "campaigns": 1, "leads": 3, "deals": 1, "lead_stages": 1,
    }  # fmt: skip
    tables = read_tables(store)
    assert tables["deals"]["amount_minor"].to_pylist() == [123450]
    assert tables["deals"]["occurred_at"].to_pylist() == [datetime(2025, 3, 4, 23, 0, tzinfo=UTC)]
    assert sorted(tables["leads"]["attributes"].to_pylist()) == ['{"Kilde": "Messe"}', '{"Kilde": "Web"}', "{}"]
    assert sorted(tables["companies"]["name"].to_pylist()) == ["Bo & Søn", "Ål", "Ærø Køl"]


def test_the_same_file_twice_changes_nothing(
    store: Store, crm: Mapping, export: str, write_file: Callable[..., Path]
) -> None:
    path = write_file("crm.csv", export)
    bring(store, path, crm)
    before = dict(read_tables(store))
    again = bring(store, path, crm, arrived_at=NOW + timedelta(days=1))
    assert counts(again) == (3, 0, 3, 0)
    assert again.tables == {}
    assert dict(read_tables(store)) == before


def test_equal_rows_are_rows_of_their_own(store: Store, crm: Mapping, write_file: Callable[..., Path]) -> None:
    row = "Ål;1;05-02-2025;Åben;;\n"
    report = bring(store, write_file("crm.csv", HEADER + row * 3), crm)
    assert report.tables["leads"] == 3
    assert report.tables["companies"] == 1


BAD_ROWS = [
    ("Ål;x;05-02-2025;Åben;;", "column 'Ansatte', value 'x': it is not a whole number"),
    ("Ål;1,5;05-02-2025;Åben;;", "column 'Ansatte', value '1,5': it is not a whole number"),
    ("Ål;-1;05-02-2025;Åben;;", "column 'Ansatte', value '-1': employees must be at least 0 people"),
    ("Ål;1;31-02-2025;Åben;;", "column 'Oprettet', value '31-02-2025': it is not a date that exists"),
    ("Ål;1;;Åben;;", "column 'Oprettet', value '': occurred_at (when the facts in this row became true) is required"),
    (";1;05-02-2025;Åben;;", "column 'Firma', value '': company_id (the company as this client knows it) is required"),
    ("Ål;1;05-02-2025;Vundet;;", "column 'Beløb', value '': amount_minor (booked amount, without VAT) is required"),
    ("Ål;1;05-02-2025;Vundet;1234.50;", "column 'Beløb', value '1234.50': it is not an amount"),
    (f"{'x' * 501};1;05-02-2025;Åben;;", "company_id is longer than 500 characters"),
]


@pytest.mark.parametrize(("row", "says"), BAD_ROWS, ids=[row[:30] for row, _ in BAD_ROWS])
def test_a_bad_row_goes_to_quarantine_with_its_reason(
    store: Store, crm: Mapping, export: str, write_file: Callable[..., Path], row: str, says: str
) -> None:
    report = bring(store, write_file("crm.csv", export + row + "\n"), crm)
    assert counts(report) == (4, 3, 0, 1)
    (sentence,) = report.examples
    assert sentence.startswith("crm.csv, row 5, column ")
    assert says in sentence
    assert sentence.count("; ") == 1
    assert sentence.endswith(".")
    assert len(read_tables(store)["leads"]) == 3


def test_a_dry_run_reports_and_changes_nothing(
    store: Store,
    crm: Mapping,
    export: str,
    write_file: Callable[..., Path],
    contents: Callable[[], dict[str, list[Any]]],
) -> None:
    before = contents()
    report = bring(store, write_file("crm.csv", export + BAD_ROWS[0][0] + "\n"), crm, dry_run=True)
    assert (counts(report), report.imported) == ((4, 3, 0, 1), False)
    assert contents() == before


def test_strict_refuses_a_file_with_a_bad_row(
    store: Store,
    crm: Mapping,
    export: str,
    write_file: Callable[..., Path],
    contents: Callable[[], dict[str, list[Any]]],
) -> None:
    before = contents()
    report = bring(store, write_file("crm.csv", export + BAD_ROWS[0][0] + "\n"), crm, strict=True)
    assert (counts(report), report.imported) == ((4, 3, 0, 1), False)
    assert contents() == before
    assert bring(store, write_file("crm.csv", export), crm, strict=True).imported


def test_a_file_that_breaks_off_leaves_the_store_as_it_was(
    store: Store,
    crm: Mapping,
    export: str,
    write_file: Callable[..., Path],
    contents: Callable[[], dict[str, list[Any]]],
    monkeypatch: pytest.MonkeyPatch,
) -> None:
    monkeypatch.setattr("data.imports.one_file.read_chunks", lambda source: read_small(source))
    before = contents()
    told: list[int] = []
    with pytest.raises(SourceError, match=r"row 5: it has 2 fields where the header has 6"):
        bring(store, write_file("crm.csv", export + "only;two\n"), crm, progress=lambda _, rows: told.append(rows))
    assert told[0] == 1
    assert contents() == before


def read_small(source: Any) -> Any:
    from data.imports.formats import read_chunks

    return read_chunks(source, block_bytes=50)


def test_a_header_alone_is_told(store: Store, crm: Mapping, write_file: Callable[..., Path]) -> None:
    with pytest.raises(SourceError, match=r"crm\.csv, row 1: the file has a header line and no rows; export it again"):
        bring(store, write_file("crm.csv", HEADER), crm)


def test_a_contract_folder(store: Store, tmp_path: Path) -> None:
    (tmp_path / "clients.csv").write_text(
        "client_id,name,currency,time_zone,occurred_at\n"
        "n,Client,DKK,Europe/Copenhagen,2025-01-01T00:00:00Z\nm,Other,kr,Europe/Copenhagen,2025-01-01T00:00:00Z\n"
        "o,Third,DKK,Copenhagen,2025-01-01T00:00:00Z\n"
    )
    (tmp_path / "deals.csv").write_text("deal_id,lead_id,amount_minor,currency,occurred_at\n")
    (tmp_path / "calls.csv").write_text(
        "call_id,lead_id,talk_seconds,disposition,occurred_at\nx,nobody,3,busy,2025-01-01T00:00:00Z\n"
        "y,nobody,-3,busy,2025-01-01T00:00:00Z\nz,nobody,3,bussy,2025-01-01T00:00:00Z\n"
    )
    (tmp_path / "callz.csv").write_text("a\n")
    report = bring(store, tmp_path, load_mapping("contract"))
    assert counts(report) == (6, 1, 0, 5)
    assert report.ignored == ["callz.csv"]
    assert report.reasons == {
        "currency: form": 1,
        "time_zone: form": 1,
        "lead_id: unknown": 1,
        "talk_seconds: minimum": 1,
        "disposition: unreadable": 1,
    }


@pytest.mark.parametrize(
    ("make", "says"),
    [
        (lambda folder: folder / "nowhere", "nowhere: there is no such folder; name a folder with clients.csv"),
        (lambda folder: folder, "none of the mapping's files is there; name a folder with clients.csv, companies.csv"),
        (
            lambda folder: ((folder / "f.csv").write_text("") and None) or folder / "f.csv",
            "it is a file, and the mapping",
        ),
    ],
)
def test_folders_that_are_none_are_told(store: Store, tmp_path: Path, make: Any, says: str) -> None:
    with pytest.raises(SourceError) as raised:
        bring(store, make(tmp_path), load_mapping("contract"))
    assert says in str(raised.value)


def test_a_contract_file_with_a_stranger_or_without_a_required_column(store: Store, tmp_path: Path) -> None:
    path = tmp_path / "clients.csv"
    path.write_text("client_id,name,currency,time_zone,occurred_at,colour\n")
    with pytest.raises(SourceError, match="column 'colour': the mapping does not know this column; take it out"):
        bring(store, tmp_path, load_mapping("contract"))
    path.write_text("client_id,name,time_zone,occurred_at\n")
    with pytest.raises(SourceError, match="column 'currency': the file has no such column"):
        bring(store, tmp_path, load_mapping("contract"))


FIELDS = [
    st.sampled_from(["", "Ål", "Bo", "Æ\"'\\x", "a\tb", "\u2028", "=1+1", "x" * 600]),
    st.sampled_from(["", "1", "12", "1,5", "x", "-3", "1.000", "1e5", "٣", "9" * 30]),
    st.sampled_from(["", "01-02-2025", "31-02-2025", "29-02-2024", "01-02-25", "x", "01-01-9999"]),
    st.sampled_from(["Vundet", "Tabt", "Åben", ""]),
    st.sampled_from(["", "1.234,50", "5", "x", "-1", "nan", "1e400"]),
    st.sampled_from(["", "1", "1.5", "1e999999", "007", "٣", "{}", '"', "\x1f", "\ufeff"]),
]


@hypothesis_settings(
    max_examples=15, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(rows=st.lists(st.tuples(*FIELDS), min_size=1, max_size=12))
def test_counts_always_add_up(store: Store, crm: Mapping, tmp_path: Path, rows: list[tuple[str, ...]]) -> None:
    path = tmp_path / "crm.csv"
    quoted = [";".join('"' + field.replace('"', '""') + '"' for field in row) for row in rows]
    path.write_text(HEADER + "\n".join(quoted) + "\n", encoding="utf-8")
    first, second = bring(store, path, crm), bring(store, path, crm)
    for report in (first, second):
        assert report.read == len(rows) == report.accepted + report.unchanged + report.quarantined
        assert sum(report.reasons.values()) == report.quarantined
    assert second.accepted == 0
    assert second.quarantined == first.quarantined


@hypothesis_settings(
    max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture, HealthCheck.too_slow]
)
@given(noise=st.binary(max_size=120), keep_header=st.booleans())
def test_no_bytes_raise_anything_but_our_own_errors(
    store: Store, crm: Mapping, tmp_path: Path, noise: bytes, keep_header: bool
) -> None:
    path = tmp_path / "crm.csv"
    path.write_bytes(HEADER.encode() + noise if keep_header else noise)
    with suppress(CallworthError):
        report = bring(store, path, crm)
        assert report.read == report.accepted + report.unchanged + report.quarantined


def test_bank_full(store: Store, shared_data: Callable[[str], Path]) -> None:
    path, mapping = shared_data("bank-full.csv"), load_mapping("uci-bank")
    assert counts(bring(store, path, mapping)) == (45_211, 45_211, 0, 0)
    assert counts(bring(store, path, mapping)) == (45_211, 0, 45_211, 0)
    leads = read_tables(store, ["leads"])["leads"].to_pandas()
    days = leads["occurred_at"].dt.tz_convert("Europe/Lisbon").dt.strftime("%Y-%m-%d %H:%M")
    assert (days.min(), days.max()) == ("2008-05-05 00:00", "2010-11-17 00:00")
    assert not leads["attributes"].str.contains("duration").any()
