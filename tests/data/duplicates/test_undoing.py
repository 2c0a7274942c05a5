"""Merging moves references and fills in; undoing gives everything back; neither changes the past."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.contract import CONTRACT
from data.duplicates import undo_merge
from data.duplicates.records import REFERENCES
from data.errors import BadInput
from data.gate import may_call
from data.imports.suppression_lists import suppress_file
from data.store import read_tables
from features import compute_features

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store import Store

CVR = "10150817"
LATER = datetime(2025, 7, 1, tzinfo=UTC)
BEFORE_MERGE, AFTER_MERGE = datetime(2025, 6, 4, 8, tzinfo=UTC), datetime(2025, 6, 4, 10, tzinfo=UTC)

COMPANIES = [
    {"company_id": "a", "registration_id": CVR, "name": "Bageriet", "employees": ""},
    {"company_id": "b", "name": "Bager A/S", "employees": "12", "sole_proprietor": "true"},
]
NUMBERED = [COMPANIES[0], COMPANIES[1] | {"registration_id": "DK " + CVR}]
CONTACTS = [
    {"contact_id": "p", "email": "a@x.dk", "name": "Åse", "phone": "+4533123456", "do_not_call": "false"},
    {"contact_id": "q", "email": "b@x.dk", "name": "Åse", "company_id": "b", "title": "CEO", "do_not_call": "true"},
]
WRITTEN_ALIKE = [CONTACTS[0], CONTACTS[1] | {"email": "A@x.dk"}]
LEADS = [{"lead_id": "l"}, {"lead_id": "r", "company_id": "b", "contact_id": "q"}]
CONSENT = {"consent_id": "s", "contact_id": "q", "consent": "given", "occurred_at": "2025-01-02T00:00:00Z"}
REST = {"campaigns": [{}], "leads": LEADS, "consents": [CONSENT]}


def ask(as_of: datetime) -> pd.DataFrame:
    return pd.DataFrame({"lead_id": ["l", "r"], "as_of": [as_of, as_of]})


@pytest.fixture
def duplicates(import_rows: Callable[..., Any]) -> Callable[..., Any]:
    """Two companies with a contact and a lead each, that turn out to be one the day after."""
    import_rows(companies=COMPANIES, contacts=CONTACTS, **REST)
    report = import_rows(companies=NUMBERED, contacts=WRITTEN_ALIKE, **REST)
    assert report.merged == {"companies": 1, "contacts": 1}
    return import_rows


def read_all(store: Store) -> dict[str, dict[str, dict[str, Any]]]:
    """What every record of a company, a contact, or one that refers to them, is now."""
    found = {}
    for name in {"companies", *(table for pairs in REFERENCES.values() for table, _ in pairs)}:
        rows = read_tables(store, [name])[name].to_pylist()
        key, content = CONTRACT[name].key, CONTRACT[name].content
        found[name] = {row[key]: {f: row[f] for f in content} for row in rows if row["superseded_at"] is None}
    return found


@pytest.mark.usefixtures("duplicates")
def test_references_move_and_what_is_missing_is_filled_in(store: Store) -> None:
    now = read_all(store)
    lead, contact, company = now["leads"]["r"], now["contacts"]["p"], now["companies"]["a"]
    assert (lead["company_id"], lead["contact_id"], now["consents"]["s"]["contact_id"]) == ("a", "p", "p")
    assert (contact["title"], contact["do_not_call"], contact["phone"]) == ("CEO", True, "+4533123456")
    assert (company["name"], company["employees"], company["sole_proprietor"]) == ("Bageriet", 12, True)
    assert (now["contacts"]["q"]["merged_into"], now["contacts"]["q"]["company_id"]) == ("p", "a")


@pytest.mark.usefixtures("duplicates")
def test_the_gate_goes_by_the_kept_record(store: Store) -> None:
    with store.transaction() as connection:
        assert may_call(connection, ["l", "r"], LATER)["rule"].tolist() == ["do_not_call", "do_not_call"]


def test_the_past_stays_as_it_was(import_rows: Callable[..., Any], store: Store) -> None:
    import_rows(companies=COMPANIES, contacts=CONTACTS, **REST)
    before = compute_features(read_tables(store), ask(BEFORE_MERGE))
    import_rows(companies=NUMBERED, contacts=WRITTEN_ALIKE, **REST)
    tables = read_tables(store)
    assert compute_features(tables, ask(BEFORE_MERGE)).equals(before)
    assert compute_features(tables, ask(AFTER_MERGE))["employees"].tolist() == [12, 12]


def test_the_same_import_again_changes_nothing(
    duplicates: Callable[..., Any], contents: Callable[[], dict[str, list[Any]]]
) -> None:
    before = contents()
    report = duplicates(companies=NUMBERED, contacts=WRITTEN_ALIKE, **REST)
    assert (report.accepted, report.unchanged, report.quarantined, report.merged.total()) == (0, 9, 0, 0)
    assert {name: rows for name, rows in contents().items() if name != "imports"} == {
        name: rows for name, rows in before.items() if name != "imports"
    }


def test_undo_gives_back_every_reference_and_field(duplicates: Callable[..., Any], store: Store) -> None:
    duplicates(leads=[{"lead_id": "new", "company_id": "b", "contact_id": "q"}])
    assert read_all(store)["leads"]["new"] | {"contact_id": "p", "company_id": "a"} == read_all(store)["leads"]["new"]
    undo_merge(store, 2, at=LATER)
    undo_merge(store, 1, at=LATER)
    undone = read_all(store)
    duplicates(companies=COMPANIES, contacts=CONTACTS, **REST)  # as if they had never been thought the same
    restated = read_all(store)
    assert {name: undone[name] for name in ("leads", "consents")} == {
        name: restated[name] for name in ("leads", "consents")
    }
    new = restated["leads"]["new"]
    assert (new["company_id"], new["contact_id"]) == ("b", "q")
    company, contact = undone["companies"]["a"], undone["contacts"]["p"]
    assert (company["employees"], company["sole_proprietor"], company["merged_into"]) == (None, None, None)
    assert (contact["title"], contact["do_not_call"]) == (None, False)
    assert (undone["companies"]["b"]["merged_into"], undone["contacts"]["q"]["company_id"]) == (None, "b")


def test_what_was_taken_apart_stays_apart(
    duplicates: Callable[..., Any], current: Callable[..., Any], store: Store
) -> None:
    undo_merge(store, 2, at=LATER)
    undo_merge(store, 1, at=LATER)
    third = {"company_id": "c", "registration_id": CVR, "occurred_at": "2024-01-01T00:00:00Z"}
    renamed = [row | {"industry": "bread"} for row in NUMBERED]
    assert duplicates(companies=[*renamed, third]).merged.total() == 1
    assert current("companies", "merged_into") == {"a": "c", "b": None, "c": None}


def test_a_flag_that_the_source_sets_itself_outlasts_the_merge(
    duplicates: Callable[..., Any], current: Callable[..., Any], store: Store
) -> None:
    duplicates(contacts=[WRITTEN_ALIKE[0] | {"do_not_call": "true"}])
    undo_merge(store, 2, at=LATER)
    assert current("contacts", "do_not_call") == {"p": True, "q": True}


def test_a_flag_set_at_a_merged_record_reaches_the_kept_one(
    duplicates: Callable[..., Any], current: Callable[..., Any]
) -> None:
    duplicates(contacts=[WRITTEN_ALIKE[1] | {"robinson": "true"}])
    assert current("contacts", "robinson")["p"] is True


def test_a_kept_record_that_was_merged_on_is_undone_last_merge_first(
    duplicates: Callable[..., Any], store: Store
) -> None:
    duplicates(companies=[{"company_id": "c", "registration_id": CVR, "occurred_at": "2024-01-01T00:00:00Z"}])
    with pytest.raises(BadInput, match="undo 3 first"):
        undo_merge(store, 1, at=LATER)
    undo_merge(store, 3, at=LATER)
    undo_merge(store, 1, at=LATER)
    with pytest.raises(BadInput, match="undone already"):
        undo_merge(store, 1, at=LATER)
    with pytest.raises(BadInput, match="merge 9 is not known"):
        undo_merge(store, 9, at=LATER)


def test_a_list_that_holds_a_merged_record_holds_the_kept_one(
    duplicates: Callable[..., Any], current: Callable[..., Any], store: Store, write_file: Callable[..., Path]
) -> None:
    duplicates(contacts=[WRITTEN_ALIKE[1] | {"phone": "+4533998877"}])
    assert current("contacts", "robinson")["p"] is not True
    suppress_file(store, write_file("list.csv", "phone\n+4533998877\n"), "robinson", client_id=None, at=LATER)
    assert current("contacts", "robinson") == {"p": True, "q": True}


def test_a_number_brings_its_validity_and_no_other(
    import_rows: Callable[..., Any], current: Callable[..., Any]
) -> None:
    mine, other = {"contact_id": "p", "email": "a@x.dk", "name": "Åse"}, {"phone": "+4533123456", "title": "CEO"}
    import_rows(companies=COMPANIES, contacts=[mine, mine | {"contact_id": "q", "title": "Elev"} | other])
    assert current("contacts", "phone_valid")["p"] is True
    import_rows(contacts=[mine | {"phone": "+4500"}])
    assert current("contacts", "phone_valid")["p"] is not True


def test_undoing_one_merge_leaves_what_another_gave(
    import_rows: Callable[..., Any], current: Callable[..., Any], store: Store
) -> None:
    person = {"email": "a@x.dk", "name": "Åse", "do_not_call": "true"}
    alike = [person | {"contact_id": key} for key in ("q", "r")]
    import_rows(companies=COMPANIES, contacts=[person | {"contact_id": "p", "do_not_call": "false"}, *alike])
    undo_merge(store, 1, at=LATER)
    assert current("contacts", "do_not_call") == {"p": True, "q": True, "r": True}
    undo_merge(store, 2, at=LATER)
    assert current("contacts", "do_not_call") == {"p": False, "q": True, "r": True}
