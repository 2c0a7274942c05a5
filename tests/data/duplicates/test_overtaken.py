"""Rows that arrive after a merge, and whose source says that they were known before it."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from data.gate import may_call

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store

AT = datetime(2025, 6, 20, 9, 0, tzinfo=UTC)
BEFORE = "2025-05-01T00:00:00Z"
PEOPLE = [
    {"contact_id": "p", "email": "bo@bager.dk", "phone": "+4533123456", "phone_valid": "true"},
    {"contact_id": "q", "email": "bo@bager.dk", "occurred_at": "2025-02-01T00:00:00Z"},
]


def merge_two(import_rows: Callable[..., Any]) -> None:
    report = import_rows(
        companies=[{"company_id": "a", "name": "Bageriet"}], contacts=PEOPLE, campaigns=[{}], leads=[{"lead_id": "l"}]
    )
    assert report.merged == {"contacts": 1}


def ask(store: Store) -> Any:
    with store.transaction() as connection:
        return may_call(connection, ["l"], AT)["rule"][0]


def test_a_refusal_to_the_merged_record_reaches_the_kept_one(store: Store, import_rows: Callable[..., Any]) -> None:
    merge_two(import_rows)
    assert ask(store) != "consent_refused"
    said = {"consent_id": "s", "contact_id": "q", "consent": "refused", "occurred_at": BEFORE, "known_at": BEFORE}
    import_rows(consents=[said])
    assert ask(store) == "consent_refused"


def test_protection_stated_for_the_merged_record_reaches_the_kept_one(
    import_rows: Callable[..., Any], current: Callable[..., Any]
) -> None:
    merge_two(import_rows)
    import_rows(contacts=[PEOPLE[1] | {"do_not_call": "true", "known_at": BEFORE}])
    assert current("contacts", "do_not_call") == {"p": True, "q": True}


def test_a_lead_of_the_merged_record_is_one_of_the_kept(
    import_rows: Callable[..., Any], current: Callable[..., Any]
) -> None:
    merge_two(import_rows)
    import_rows(leads=[{"lead_id": "m", "contact_id": "q", "occurred_at": BEFORE, "known_at": BEFORE}])
    assert current("leads", "contact_id") == {"l": "p", "m": "p"}


def test_an_earlier_file_again_changes_nothing(import_rows: Callable[..., Any], current: Callable[..., Any]) -> None:
    first = {
        "companies": [{"company_id": "a"}, {"company_id": "b", "occurred_at": BEFORE}],
        "campaigns": [{}],
        "contacts": [{"contact_id": "p", "title": "CFO"}],
        "leads": [{"lead_id": "l", "company_id": "b", "next_action": "call"}],
    }
    import_rows(**first)
    import_rows(
        companies=[{"company_id": "a", "domain": "x.dk"}, {"company_id": "b", "domain": "x.dk", "occurred_at": BEFORE}],
        leads=[{"lead_id": "l", "company_id": "b", "next_action": "send"}],
    )
    assert current("leads", "company_id") == {"l": "a"}
    report = import_rows(**first)
    assert (report.accepted, current("leads", "next_action")) == (0, {"l": "send"})


def test_what_a_source_has_said_since_stays(import_rows: Callable[..., Any], current: Callable[..., Any]) -> None:
    merge_two(import_rows)
    import_rows(contacts=[PEOPLE[1] | {"title": "CFO"}])
    report = import_rows(contacts=[PEOPLE[1] | {"title": "clerk", "known_at": BEFORE}])
    assert (report.accepted, current("contacts", "title")) == (1, {"p": "CFO", "q": "CFO"})


def test_the_overtaken_row_again_is_no_news(import_rows: Callable[..., Any], current: Callable[..., Any]) -> None:
    merge_two(import_rows)
    said = {"consent_id": "s", "contact_id": "q", "consent": "refused", "occurred_at": BEFORE, "known_at": BEFORE}
    import_rows(consents=[said])
    assert import_rows(consents=[said]).accepted == 0
    assert current("consents", "contact_id") == {"s": "p"}
