"""A dry run: what each table would gain, which rows would be refused and why, and examples without persons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

from data.imports.importing import import_source
from data.imports.mapping import read_mapping

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.imports.mapping import Mapping
    from data.store import Store

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
HEADER = "Firma;Ansatte;Oprettet;Status;Beløb;Kilde\n"
CONTACTS = """
[tables.contacts]
contact_id = "E-mail"
company_id = "Firma"
name = "Navn"
occurred_at = "Dato"
"""


def test_it_counts_new_changed_and_unchanged(
    store: Store,
    crm: Mapping,
    export: str,
    write_file: Callable[..., Path],
    contents: Callable[[], dict[str, list[Any]]],
) -> None:
    first = import_source(store, write_file("crm.csv", export), crm, arrived_at=NOW, dry_run=True).preview
    assert first is not None
    assert first.tables["companies"] == {"new": 3, "changed": 0, "unchanged": 0, "merged": 0}
    assert first.tables["campaigns"] == {"new": 1, "changed": 0, "unchanged": 0}  # one campaign of three rows
    assert first.refused == ()
    import_source(store, write_file("crm.csv", export), crm, arrived_at=NOW)
    before = contents()
    rows = "Ærø Køl;12;03-02-2025;Vundet;1.234,50;Messe\nBo & Søn;9;04-02-2025;Åben;;Web\nNy;1;05-02-2025;Åben;;\n"
    bad = "Ål;x;05-02-2025;Åben;;\nÅl;y;31-02-2025;Åben;;\n" + "Ål;z;05-02-2025;Åben;;\n" * 12
    report = import_source(
        store, write_file("crm.csv", HEADER + rows + bad), crm, arrived_at=NOW + timedelta(days=1), dry_run=True
    )
    assert contents() == before
    assert report.preview is not None
    assert report.preview.tables["companies"] == {"new": 1, "changed": 1, "unchanged": 1, "merged": 0}
    assert report.preview.tables["leads"] == {"new": 2, "changed": 0, "unchanged": 1}  # rows are leads here
    assert report.preview.tables["clients"] == {"new": 0, "changed": 0, "unchanged": 1}
    (refusal,) = report.preview.refused
    assert (refusal.file, refusal.rule, refusal.count) == ("crm.csv", "employees: unreadable", 14)
    assert refusal.rows == tuple(range(5, 15))
    assert refusal.reason == "it is not a whole number"
    companies = report.preview.examples["companies"]
    assert [(row["company_id"], row["name"], row["employees"]) for row in companies] == [
        ("•••", "•••", 9),
        ("•••", "•••", 1),
    ]
    assert "clients" not in report.preview.examples
    assert report.as_json()["preview"]["refused"][0]["rows"] == list(range(5, 15))


MERGING = """
[tables.contacts]
contact_id = { column = "Nr", prefix = "p-" }
company_id = "Firma"
email = "Mail"
phone = "Tlf"
occurred_at = { column = "Oprettet", format = "%d-%m-%Y" }

[tables.leads]"""


def test_it_counts_what_would_be_there_after_merging(
    store: Store, crm_text: str, write_file: Callable[..., Path]
) -> None:
    mapping = read_mapping(crm_text.replace("[tables.leads]", MERGING.strip(), 1), "crm")

    def rehearse(*rows: str, dry_run: bool = True) -> Any:
        text = HEADER.strip() + ";Nr;Mail;Tlf\n" + "\n".join(f"A;;0{row}" for row in rows) + "\n"
        report = import_source(store, write_file("crm.csv", text), mapping, arrived_at=NOW, dry_run=dry_run)
        return report.preview.tables["contacts"] if report.preview else report

    first, second = "1-02-2025;Åben;;x;1;bo@b.dk;", "2-02-2025;Åben;;y;2;bo@b.dk;22123456"
    third = "3-02-2025;Åben;;z;3;ida@b.dk;"
    assert rehearse(first, second, third) == {"new": 2, "changed": 0, "unchanged": 0, "merged": 1}
    assert rehearse(first, third, dry_run=False).accepted == 2
    # the first takes the number over from the second, which becomes part of it
    assert rehearse(first, second, third) == {"new": 0, "changed": 1, "unchanged": 1, "merged": 1}


def test_examples_say_who_nobody_is(store: Store, crm_text: str, write_file: Callable[..., Path]) -> None:
    text = crm_text.replace("[tables.leads]", CONTACTS.replace("Dato", "Dag") + "\n[tables.leads]")
    text = text.replace('occurred_at = "Dag"', 'occurred_at = { column = "Oprettet", format = "%d-%m-%Y" }')
    rows = "A;12;03-02-2025;Åben;;Messe;ak@nordlys.example;Åse Krogh;22123456;ring 22 12 34 56 til bo@b.dk\n"
    path = write_file("crm.csv", HEADER.strip() + ";E-mail;Navn;Mobil;Andet\n" + rows)
    preview = import_source(store, path, read_mapping(text, "crm"), arrived_at=NOW, dry_run=True).preview
    assert preview is not None
    (contact,) = preview.examples["contacts"]
    assert (contact["contact_id"], contact["name"], contact["company_id"]) == ("•••", "•••", "•••")
    (lead,) = preview.examples["leads"]
    assert lead["attributes"] == {"Kilde": "Messe", "Mobil": "•••", "Andet": "•••"}
    shown = str(preview.as_json())
    assert not [word for word in ("nordlys", "Krogh", "2212", "b.dk") if word in shown]


def test_an_import_that_is_none_has_no_preview(
    store: Store, crm: Mapping, export: str, write_file: Callable[..., Path]
) -> None:
    report = import_source(store, write_file("crm.csv", export), crm, arrived_at=NOW)
    assert report.preview is None
    assert "preview" not in report.as_json()
