"""Words of the trade in an unknown export: proposed as codes, and left alone where nobody knows them."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from data.imports.importing import import_source
from data.imports.mapping import read_mapping
from data.imports.suggest import suggest_mapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store import Store

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
