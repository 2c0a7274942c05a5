"""Rows leave the quarantine by themselves when their source brings them again, and were mended there."""

from __future__ import annotations

from datetime import timedelta
from typing import TYPE_CHECKING

import pytest

from data.imports.importing import import_source
from data.imports.mapping import load_mapping, read_mapping
from data.imports.quarantine import export_quarantine, list_quarantine, list_resolved, release_quarantine
from tests.data.imports.quarantine.conftest import NOW

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.imports import ImportReport
    from data.imports.mapping import Mapping
    from data.store import Store

LATER = NOW + timedelta(days=1)
HEADER = "Firma;Ansatte;Oprettet;Status;Beløb;Kilde"


@pytest.fixture
def keyed(crm_text: str) -> Mapping:
    """The flat mapping with leads that are named in the source, so that a mended row is known again."""
    for word in ("lead", "deal", "stage"):
        crm_text = crm_text.replace(f'{{ row = "{word}" }}', '"Kilde"')
    return read_mapping(crm_text, "crm.toml")


def bring(store: Store, write_file: Callable[..., Path], mapping: Mapping, *rows: str, dry: bool = False) -> list[int]:
    """Import rows; how many were accepted, unchanged, quarantined and resolved."""
    path = write_file("crm.csv", "\n".join([HEADER, *rows, ""]))
    report = import_source(store, path, mapping, arrived_at=LATER, dry_run=dry)
    assert report.read == report.accepted + report.unchanged + report.quarantined == len(rows)
    return [report.accepted, report.unchanged, report.quarantined, report.resolved]


def count_waiting(store: Store) -> list[int]:
    with store.transaction() as connection:
        return list(list_quarantine(connection)["rows"])


GOOD, BAD, WORSE = "A;3;05-02-2025;Åben;;l1", "A;x;05-02-2025;Åben;;l1", "A;y;05-02-2025;Åben;;l1"
OTHER = "A;3;05-02-2025;Åben;;l2"


def test_a_mended_row_leaves_and_says_how(store: Store, keyed: Mapping, write_file: Callable[..., Path]) -> None:
    assert bring(store, write_file, keyed, BAD, OTHER) == [1, 0, 1, 0]
    assert bring(store, write_file, keyed, GOOD, OTHER, dry=True) == [1, 1, 0, 1]
    assert count_waiting(store) == [1]
    assert bring(store, write_file, keyed, GOOD, OTHER) == [1, 1, 0, 1]
    assert count_waiting(store) == []
    with store.transaction() as connection:
        (left,) = list_resolved(connection).to_dict("records")
        assert (left["file"], left["at"], left["rows"]) == ("crm.csv", LATER, 1)
        assert export_quarantine(connection, write_file("q.csv", "")) == 0
    assert bring(store, write_file, keyed, BAD) == [0, 0, 1, 0]  # it is refused again, and waits again
    assert count_waiting(store) == [1]


def test_another_row_of_the_same_company_mends_nothing(
    store: Store, keyed: Mapping, write_file: Callable[..., Path]
) -> None:
    bring(store, write_file, keyed, BAD)
    assert bring(store, write_file, keyed, OTHER) == [1, 0, 0, 0]
    assert bring(store, write_file, keyed, BAD, OTHER) == [0, 1, 1, 0]
    assert count_waiting(store) == [1]


def test_what_is_refused_otherwise_takes_the_place_of_the_older(
    store: Store, keyed: Mapping, write_file: Callable[..., Path]
) -> None:
    bring(store, write_file, keyed, BAD)
    assert bring(store, write_file, keyed, WORSE) == [0, 0, 1, 1]
    assert count_waiting(store) == [1]


def test_a_row_without_a_readable_key_waits(store: Store, keyed: Mapping, write_file: Callable[..., Path]) -> None:
    assert bring(store, write_file, keyed, "A;3;05-02-2025;Åben;;") == [0, 0, 1, 0]
    assert bring(store, write_file, keyed, GOOD) == [1, 0, 0, 0]
    assert count_waiting(store) == [1]


CONTRACT_ROWS = {
    "clients": "client_id,name,currency,time_zone,occurred_at\nn,N,DKK,Europe/Copenhagen,2025-01-01\n",
    "companies": "company_id,client_id,occurred_at\na,n,2025-01-01\n",
    "campaigns": "campaign_id,client_id,name,occurred_at\nk,n,K,2025-01-01\n",
    "leads": "lead_id,campaign_id,company_id,contact_id,next_action,occurred_at\nl,k,a,p,ring,2025-01-01\n",
    "lead_stages": "lead_stage_id,lead_id,stage,occurred_at\nt,l,qualified,2025-03-01\n",
    "consents": "consent_id,contact_id,consent,occurred_at\ns,p,given,2025-02-01\n",
    "contacts": "contact_id,company_id,email,title,occurred_at\np,a,bo@b.dk,,2025-01-01\n",
}


def write_folder(folder: Path, **files: str) -> Path:
    folder.mkdir()
    for name, text in files.items():
        (folder / f"{name}.csv").write_text(text)
    return folder


def test_the_same_row_leaves_when_a_twin_brought_what_it_lacked(store: Store, tmp_path: Path) -> None:
    def bring_folder(name: str, **files: str) -> ImportReport:
        return import_source(store, write_folder(tmp_path / name, **files), load_mapping("contract"), arrived_at=LATER)

    assert bring_folder("one", **CONTRACT_ROWS).quarantined == 1
    twin = {"contacts": CONTRACT_ROWS["contacts"].replace("p,a,bo@b.dk,", "q,a,bo@b.dk,Chef")}
    assert bring_folder("two", **twin).resolved == 0
    assert count_waiting(store) == [1]
    again = bring_folder("three", **CONTRACT_ROWS)
    assert (again.accepted, again.quarantined, again.resolved) == (1, 0, 1)
    assert again.list_notes()[-1].startswith("1 row left the quarantine")
    assert count_waiting(store) == []


def test_a_row_released_by_hand_stays_released(store: Store, keyed: Mapping, write_file: Callable[..., Path]) -> None:
    bring(store, write_file, keyed, BAD)
    with store.transaction() as connection:
        export_quarantine(connection, path := write_file("q.csv", ""))
    path.write_text(path.read_text().replace(";x;", ";4;"))
    assert release_quarantine(store, path, keyed, arrived_at=LATER).accepted == 1
    assert bring(store, write_file, keyed, BAD) == [0, 0, 1, 0]  # as before: somebody has dealt with it
    with store.transaction() as connection:
        assert list_resolved(connection).empty
    assert count_waiting(store) == []
