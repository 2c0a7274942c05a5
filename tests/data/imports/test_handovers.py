"""Handovers that come in through a mapping: refused and released, or taken as history because the mapping says so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from data.imports.formats import read_chunks
from data.imports.importing import import_source
from data.imports.mapping import read_mapping
from data.imports.quarantine import export_quarantine, release_quarantine

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store import Store

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
EXPORT = "Firma;Titel;Samtykke;Aftale;Oprettet;Status\nÆrø Køl;;Ja;ring;03-02-2025;Overdraget\n"
MORE = """
[tables.contacts]
contact_id = { column = "Firma", prefix = "p-" }
company_id = "Firma"
title = "Titel"
occurred_at = { column = "Oprettet", format = "%d-%m-%Y" }

[tables.consents]
where = { column = "Samtykke" }
consent_id = { column = "Firma", prefix = "s-" }
contact_id = { column = "Firma", prefix = "p-" }
consent = { column = "Samtykke", codes = { Ja = "given" } }
occurred_at = { column = "Oprettet", format = "%d-%m-%Y" }
"""


def hand_over(crm_text: str) -> str:
    """The flat mapping with contacts and consents, without deals, and with qualified for handed over."""
    text = crm_text[: crm_text.index("[tables.deals]")] + crm_text[crm_text.index("[tables.lead_stages]") :] + MORE
    text = text.replace('employees = "Ansatte"\n', "").replace('["Tabt"]', '["Overdraget"]')
    text = text.replace('"lost"', '"qualified"').replace('company_id = "Firma"\noccurred', "COMPANY\noccurred", 1)
    return text.replace(
        "COMPANY", 'company_id = "Firma"\ncontact_id = { column = "Firma", prefix = "p-" }\nnext_action = "Aftale"'
    )


def test_a_lead_without_a_title_waits_until_it_has_one(
    store: Store, write_file: Callable[..., Path], tmp_path: Path, crm_text: str
) -> None:
    mapping = read_mapping(hand_over(crm_text), "crm.toml")
    report = import_source(store, write_file("crm.csv", EXPORT), mapping, arrived_at=NOW)
    assert (report.accepted, report.quarantined) == (0, 1)
    assert report.examples == [
        "crm.csv, row 2, column 'stage', value 'qualified': the lead cannot be handed over: the contact has no title; "
        "ask for the title, then release the row."
    ]
    with store.transaction() as connection:
        export_quarantine(connection, tmp_path / "mend.csv")
    rows = pd.read_csv(tmp_path / "mend.csv", sep=";", dtype="str", encoding="utf-8-sig", keep_default_na=False)
    rows.assign(Titel="Direktør").to_csv(tmp_path / "mend.csv", sep=";", index=False)
    released = release_quarantine(store, tmp_path / "mend.csv", mapping, arrived_at=NOW)
    assert (released.accepted, released.quarantined) == (1, 0)


@pytest.mark.parametrize("dry_run", [True, False])
def test_the_twin_may_stand_further_on_in_the_file(
    store: Store, write_file: Callable[..., Path], crm_text: str, monkeypatch: pytest.MonkeyPatch, *, dry_run: bool
) -> None:
    monkeypatch.setattr("data.imports.one_file.read_chunks", lambda source: read_chunks(source, block_bytes=60))
    mapping = read_mapping(hand_over(crm_text).replace('title = "Titel"', 'title = "Titel"\nemail = "Mail"'), "crm")
    rows = [
        "Å;;Ja;;03-02-2025;Ny;å@b.dk",
        "Ærø Køl;;Ja;ring;03-02-2025;Overdraget;bo@b.dk",
        "Ål;;Ja;;03-02-2025;Overdraget;b@b.dk",
    ]
    header, twin = EXPORT.split("\n")[0] + ";Mail", "Ø;Chef;Ja;;04-02-2025;Ny;bo@b.dk"
    path = write_file("crm.csv", "\n".join([header, *rows, twin, ""]))
    report = import_source(store, path, mapping, arrived_at=NOW, dry_run=dry_run)
    assert (report.read, report.accepted, report.unchanged, report.quarantined) == (4, 3, 0, 1)
    assert report.merged["contacts"] == 1
    assert "row 4, column 'stage', value 'qualified': the lead cannot be handed over" in report.examples[0]
    if dry_run:
        assert report.preview is not None
        assert report.preview.tables["lead_stages"]["new"] == 1
        assert [refusal.rows for refusal in report.preview.refused] == [(4,)]
    else:
        assert import_source(store, path, mapping, arrived_at=NOW).quarantined == 1


@pytest.mark.parametrize("dry_run", [True, False])
def test_a_first_row_that_is_not_ready_takes_no_other_with_it(
    store: Store, write_file: Callable[..., Path], crm_text: str, *, dry_run: bool
) -> None:
    mapping = read_mapping(hand_over(crm_text), "crm")  # client and campaign come with the first row
    rows = EXPORT + "Bo;;;;03-02-2025;Overdraget\nÅl;Chef;Ja;ring;03-02-2025;Overdraget\nÅs;;;;03-02-2025;Ny\n"
    report = import_source(store, write_file("crm.csv", rows), mapping, arrived_at=NOW, dry_run=dry_run)
    assert (report.read, report.accepted, report.unchanged, report.quarantined) == (4, 2, 0, 2)
    assert [example.split(",")[1] for example in report.examples] == [" row 2", " row 3"]
    if report.preview:
        assert (report.preview.tables["leads"]["new"], report.preview.tables["clients"]["new"]) == (2, 1)


def test_history_comes_in_as_it_was_where_the_mapping_says_so(
    store: Store, write_file: Callable[..., Path], crm_text: str
) -> None:
    mapping = read_mapping("[handover]\nhistory = true\n" + hand_over(crm_text).replace('name = "crm"\n', "", 1), "crm")
    report = import_source(store, write_file("crm.csv", EXPORT), mapping, arrived_at=NOW)
    assert (report.accepted, report.quarantined, report.unready) == (1, 0, 1)
    assert report.as_json()["unready"] == 1
    assert any(note.startswith("1 leads came in as qualified without") for note in report.list_notes())
