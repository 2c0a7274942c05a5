"""Records of one company or person become one; nothing before the merge changes, and every merge can be taken back."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.duplicates import list_merges, merge_by_hand, undo_merge
from data.errors import BadInput
from data.gate import may_call
from data.hygiene import make_round
from data.imports.importing import import_source
from data.imports.mapping import load_mapping
from data.store import read_tables
from data.visible import open_visible

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.imports.report import ImportReport
    from data.store import Store

    Bring = Callable[..., ImportReport]

FIRST, SECOND, THIRD = (datetime(2026, 3, day, 9, tzinfo=UTC) for day in (2, 9, 16))
START = "2026-01-01T00:00:00Z"
CLIENTS = [{"client_id": c, "name": c, "currency": "DKK", "time_zone": "Europe/Copenhagen"} for c in ("n", "m")]
CAMPAIGNS = [{"campaign_id": "k", "client_id": "n", "name": "K"}]
OLD = {"company_id": "a", "client_id": "n", "country": "DK", "registration_id": "10150817", "name": "Bageriet A/S"}
NEW = {
    "company_id": "b",
    "client_id": "n",
    "country": "DK",
    "registration_id": "DK 10 15 08 17",
    "domain": "www.Bager.dk",
    "advertising_protected": "true",
    "occurred_at": "2026-02-01T00:00:00Z",
}
PERSON = {"contact_id": "p", "company_id": "a", "email": "bo@bager.dk", "name": "Bo Bøgh"}
AGAIN = {
    "contact_id": "q",
    "company_id": "b",
    "email": " BO@bager.dk",
    "phone": "+4533123456",
    "do_not_call": "true",
    "occurred_at": "2026-02-01T00:00:00Z",
}
LEAD = {"lead_id": "l", "campaign_id": "k", "company_id": "b", "contact_id": "q", "attributes": "{}"}
SAID = {"consent_id": "s", "contact_id": "q", "consent": "given"}


@pytest.fixture
def bring(store: Store, tmp_path: Path) -> Bring:
    """Import contract files with the rows given, as one import."""

    def bring_some(at: datetime, **tables: list[dict[str, Any]]) -> ImportReport:
        folder = tmp_path / f"files-{len(list(tmp_path.iterdir()))}"
        folder.mkdir()
        for name, rows in tables.items():
            frame = pd.DataFrame([{"occurred_at": START} | row for row in rows])
            frame.to_csv(folder / f"{name}.csv", index=False)
        return import_source(store, folder, load_mapping("contract"), arrived_at=at)

    return bring_some


@pytest.fixture
def told(store: Store) -> Callable[..., dict[str, Any]]:
    """A row as it was visible at a moment."""

    def read(table: str, key: str, at: datetime = THIRD + timedelta(days=1)) -> dict[str, Any]:
        with open_visible(read_tables(store), (table,), at) as connection:
            rows = connection.sql(f"SELECT * FROM {table}").df()
        (row,) = rows[rows.iloc[:, 0] == key].to_dict("records")
        return {name: None if pd.isna(value) else value for name, value in row.items()}

    return read


def bring_both(bring: Bring) -> ImportReport:
    bring(FIRST, clients=CLIENTS, campaigns=CAMPAIGNS, companies=[OLD], contacts=[PERSON])
    return bring(SECOND, companies=[NEW], contacts=[AGAIN], leads=[LEAD], consents=[SAID])


def test_records_with_one_key_become_one_and_the_rest_follows(bring: Bring, told: Callable[..., Any]) -> None:
    report = bring_both(bring)
    assert report.merged == {"companies": 1, "contacts": 1}
    assert told("companies", "b")["merged_into"] == "a"
    assert told("contacts", "q")["merged_into"] == "p"
    assert (told("leads", "l")["company_id"], told("leads", "l")["contact_id"]) == ("a", "p")
    assert told("consents", "s")["contact_id"] == "p"


def test_what_the_kept_record_lacks_is_filled_in_and_protection_wins(bring: Bring, told: Callable[..., Any]) -> None:
    bring_both(bring)
    company, person = told("companies", "a"), told("contacts", "p")
    assert (company["name"], company["domain"], company["advertising_protected"]) == ("Bageriet A/S", "bager.dk", True)
    assert (person["name"], person["phone"], person["phone_valid"]) == ("Bo Bøgh", "+4533123456", True)
    assert person["do_not_call"] is True


def test_what_was_visible_before_the_merge_stays(bring: Bring, told: Callable[..., Any]) -> None:
    bring_both(bring)
    assert (told("leads", "l", SECOND)["company_id"], told("leads", "l", SECOND)["contact_id"]) == ("b", "q")
    assert told("companies", "a", SECOND)["domain"] is None
    assert told("contacts", "p", SECOND)["do_not_call"] is None


def test_the_same_files_again_change_nothing(bring: Bring, contents: Callable[[], Any]) -> None:
    bring_both(bring)
    before = contents()
    for rows in (
        {"companies": [OLD], "contacts": [PERSON]},
        {"companies": [NEW], "contacts": [AGAIN], "leads": [LEAD], "consents": [SAID]},
    ):
        report = bring(THIRD, **rows)
        assert (report.accepted, report.unchanged, report.quarantined) == (0, report.read, 0)
        assert report.merged == {}
    after = contents()
    assert {name for name in before if before[name] != after[name]} == {"imports"}


def test_what_arrives_later_under_the_merged_id_lands_at_the_kept_record(
    bring: Bring, told: Callable[..., Any]
) -> None:
    bring_both(bring)
    report = bring(
        THIRD,
        leads=[LEAD | {"lead_id": "l2"}],
        contacts=[PERSON | {"contact_id": "r", "company_id": "b", "email": None}],
    )
    assert report.accepted == 2
    assert (told("leads", "l2")["company_id"], told("leads", "l2")["contact_id"]) == ("a", "p")
    assert told("contacts", "r")["company_id"] == "a"


def test_a_source_that_corrects_the_kept_record_does_not_empty_what_was_filled(
    bring: Bring, told: Callable[..., Any]
) -> None:
    bring_both(bring)
    bring(THIRD, companies=[OLD | {"name": "Bageriet", "advertising_protected": "false"}])
    company = told("companies", "a")
    assert (company["name"], company["domain"], company["advertising_protected"]) == ("Bageriet", "bager.dk", True)


def test_an_update_can_show_that_two_records_are_one(bring: Bring, told: Callable[..., Any]) -> None:
    bring(FIRST, clients=CLIENTS, campaigns=CAMPAIGNS, companies=[OLD, NEW | {"registration_id": None}])
    assert bring(SECOND, companies=[NEW]).merged == {"companies": 1}
    assert told("companies", "b")["merged_into"] == "a"


def test_an_older_record_takes_over_from_the_one_that_was_kept(bring: Bring, told: Callable[..., Any]) -> None:
    bring_both(bring)
    oldest = {"company_id": "c", "client_id": "n", "domain": "bager.dk", "occurred_at": "2025-01-01T00:00:00Z"}
    bring(THIRD, companies=[oldest])
    assert [told("companies", key)["merged_into"] for key in "abc"] == ["c", "c", None]
    assert told("leads", "l")["company_id"] == told("contacts", "p")["company_id"] == "c"
    assert told("companies", "c")["name"] == "Bageriet A/S"


UNREGISTERED = {"registration_id": None}
COLLEAGUE = AGAIN | {"company_id": "a", "name": "Ida"}
APART: dict[str, dict[str, list[dict[str, Any]]]] = {
    "two clients": {"companies": [OLD, NEW | {"client_id": "m"}]},
    "no key": {"companies": [OLD | UNREGISTERED, NEW | UNREGISTERED | {"domain": None}]},
    "no such CVR number": {"companies": [row | {"registration_id": "10150818"} for row in (OLD, NEW)]},
    "a group": {"companies": [OLD | {"domain": "bager.dk"}, NEW | {"registration_id": "25313763"}]},
    "mail provider": {"companies": [row | UNREGISTERED | {"domain": "gmail.com"} for row in (OLD, NEW)]},
    "two countries": {"companies": [OLD | {"country": "SE"}, NEW | {"country": "NO"}]},
    "no address": {"companies": [OLD], "contacts": [row | {"email": None} for row in (PERSON, COLLEAGUE)]},
    "shared mailbox": {"companies": [OLD], "contacts": [row | {"email": "info@x.dk"} for row in (PERSON, COLLEAGUE)]},
}


@pytest.mark.parametrize("rows", APART.values(), ids=list(APART))
def test_what_is_not_the_same_stays_apart(bring: Bring, rows: dict[str, list[dict[str, Any]]]) -> None:
    assert bring(FIRST, clients=CLIENTS, campaigns=CAMPAIGNS, **rows).merged == {}


def test_a_merge_taken_back_gives_every_field_its_value_and_is_not_made_again(
    bring: Bring, store: Store, told: Callable[..., Any]
) -> None:
    bring_both(bring)
    for number in list_merges(store)["merge_id"]:
        assert undo_merge(store, int(number), at=THIRD) > 0
    assert told("companies", "b")["merged_into"] is None
    assert (told("leads", "l")["company_id"], told("leads", "l")["contact_id"]) == ("b", "q")
    assert (told("contacts", "q")["company_id"], told("consents", "s")["contact_id"]) == ("b", "q")
    assert (told("companies", "a")["domain"], told("companies", "a")["advertising_protected"]) == (None, None)
    assert (told("contacts", "p")["phone"], told("contacts", "p")["do_not_call"]) == (None, None)
    later = THIRD + timedelta(hours=1)
    assert bring(later, companies=[NEW | {"name": "Bager B"}], contacts=[AGAIN | {"title": "Ejer"}]).merged == {}


def test_what_followed_a_merge_goes_back_with_it(bring: Bring, store: Store, told: Callable[..., Any]) -> None:
    bring_both(bring)
    bring(THIRD, leads=[LEAD | {"lead_id": "l2"}])
    for number in list_merges(store)["merge_id"]:
        undo_merge(store, int(number), at=THIRD + timedelta(hours=1))
    assert (told("leads", "l2")["company_id"], told("leads", "l2")["contact_id"]) == ("b", "q")


def test_a_merge_that_was_merged_on_is_taken_back_after_that(bring: Bring, store: Store) -> None:
    bring_both(bring)
    bring(THIRD, companies=[{"company_id": "c", "client_id": "n", "domain": "bager.dk", "occurred_at": "2025-01-01"}])
    merges = list_merges(store).set_index("merged")["merge_id"]
    with pytest.raises(BadInput, match=f"undo {merges['a']} first"):
        undo_merge(store, int(merges["b"]), at=THIRD)


def test_two_records_are_merged_by_hand(bring: Bring, store: Store, told: Callable[..., Any]) -> None:
    bring(FIRST, clients=CLIENTS, campaigns=CAMPAIGNS, companies=[OLD, NEW | {"registration_id": None}], leads=[
        LEAD | {"contact_id": None}])  # fmt: skip
    merge_by_hand(store, "companies", "a", "b", at=SECOND)
    assert told("leads", "l")["company_id"] == "a"
    with pytest.raises(BadInput, match="b was merged into a already"):
        merge_by_hand(store, "companies", "a", "b", at=THIRD)


def test_records_of_two_clients_are_not_merged_by_hand(bring: Bring, store: Store) -> None:
    bring(FIRST, clients=CLIENTS, companies=[OLD, NEW | {"client_id": "m"}])
    with pytest.raises(BadInput, match="not two records of one client"):
        merge_by_hand(store, "companies", "a", "b", at=SECOND)
    with pytest.raises(BadInput, match="there is no x in companies"):
        merge_by_hand(store, "companies", "a", "x", at=SECOND)


def test_a_merge_keeps_the_attributes_of_the_leads_that_it_moves(world: Callable[..., Any], store: Store) -> None:
    world(
        companies=[{"company_id": "old"}], leads=[{"lead_id": "l2", "company_id": "old", "attributes": '{"beds": 4}'}]
    )
    merge_by_hand(store, "companies", "c", "old", at=SECOND)
    with store.transaction() as connection:
        kept = connection.exec_driver_sql("SELECT attributes FROM leads WHERE lead_id = 'l2' AND superseded_at IS NULL")
        assert kept.scalar_one() == {"beds": 4}


def test_a_number_that_was_found_dead_stays_so_at_the_record_that_takes_it_over(bring: Bring, store: Store) -> None:
    call = {"call_id": "c", "lead_id": "l", "talk_seconds": 0, "disposition": "invalid_number"}
    bring(
        FIRST,
        clients=CLIENTS,
        companies=[OLD],
        contacts=[{**AGAIN, "company_id": "a", "do_not_call": ""}],
        campaigns=[CAMPAIGNS[0] | {"calls_without_consent": "true"}],
        leads=[{**LEAD, "company_id": "a"}],
        calls=[call | {"occurred_at": "2026-03-01T10:00:00Z"}],
    )
    assert bring(SECOND, contacts=[PERSON]).merged == {"contacts": 1}
    with store.transaction() as connection:
        assert may_call(connection, ["l"], THIRD)["rule"].tolist() == ["invalid_number"]
    findings = make_round(read_tables(store), THIRD).findings
    assert findings.loc[findings["rule"] == "dead_number", "row_id"].tolist() == ["p"]
