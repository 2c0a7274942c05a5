"""Handovers that come in through a mapping: refused and released, or taken as history because the mapping says so."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd

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


def test_history_comes_in_as_it_was_where_the_mapping_says_so(
    store: Store, write_file: Callable[..., Path], crm_text: str
) -> None:
    mapping = read_mapping("[handover]\nhistory = true\n" + hand_over(crm_text).replace('name = "crm"\n', "", 1), "crm")
    report = import_source(store, write_file("crm.csv", EXPORT), mapping, arrived_at=NOW)
    assert (report.accepted, report.quarantined, report.unready) == (1, 0, 1)
    assert report.as_json()["unready"] == 1
    assert any(note.startswith("1 leads came in as qualified without") for note in report.list_notes())
