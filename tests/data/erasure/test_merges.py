"""Who was merged is erased whole: the records that became one, and what the log of merges keeps of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from data.duplicates import list_merges, merge_by_hand, undo_merge
from data.erasure import forget_people

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store
    from data.store.merging import Merge

AT = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)


@pytest.mark.parametrize("asked", ["p", "q"])
def test_a_merged_person_is_erased_whole(
    world: Callable[..., Merge], store: Store, contents: Callable[[], dict[str, list[Any]]], asked: str
) -> None:
    world(
        companies=[{"company_id": "c2"}],
        contacts=[
            {"contact_id": "q", "name": "Anne Zwillingsberg", "phone": "+4533123456", "company_id": "c2"},
            {"contact_id": "r", "name": "Bo", "company_id": "c2"},
        ],
        leads=[{"lead_id": "l2", "contact_id": "q", "company_id": "c2"}],
    )
    merge_by_hand(store, "companies", "c", "c2", at=AT + timedelta(minutes=1))
    merge_by_hand(store, "contacts", "p", "q", at=AT + timedelta(minutes=2))
    with store.transaction() as connection:
        assert forget_people(connection, store.home, [asked], at=AT + timedelta(minutes=3)).contacts == 2
    held = contents()
    assert not [row for rows in held.values() for row in rows if "Zwillingsberg" in row or "33123456" in row]
    assert list_merges(store)["merged"].tolist() == ["c2"]
    changed = " ".join(held["merge_changes"])
    assert "'l2'" not in changed
    assert "'q'" not in changed
    assert "'r'" in changed


def test_who_was_taken_apart_again_is_another_person(world: Callable[..., Merge], store: Store) -> None:
    world(contacts=[{"contact_id": "q", "name": "Bo", "company_id": "c"}])
    number = merge_by_hand(store, "contacts", "p", "q", at=AT + timedelta(minutes=1))
    undo_merge(store, number, at=AT + timedelta(minutes=2))
    with store.transaction() as connection:
        assert forget_people(connection, store.home, ["p"], at=AT + timedelta(minutes=3)).contacts == 1
        names = connection.exec_driver_sql("SELECT name FROM contacts WHERE contact_id = 'q'").scalars().all()
    assert set(names) == {"Bo"}


def test_the_record_that_a_sole_proprietor_s_company_was_merged_from_goes_too(
    world: Callable[..., Merge], store: Store, contents: Callable[[], dict[str, list[Any]]]
) -> None:
    world(companies=[{"company_id": "old", "name": "Malerfirma"}, {"company_id": "c", "sole_proprietor": "true"}])
    merge_by_hand(store, "companies", "c", "old", at=AT + timedelta(minutes=1))
    with store.transaction() as connection:
        assert forget_people(connection, store.home, ["p"], at=AT + timedelta(minutes=3)).companies == 2
    assert "Malerfirma" not in str(contents())


def test_what_another_had_of_the_erased_while_they_were_merged_goes_too(
    world: Callable[..., Merge], store: Store, contents: Callable[[], dict[str, list[Any]]]
) -> None:
    anne = {"contact_id": "q", "name": "Anne Zwillingsberg", "phone": "+4533123456", "company_id": "c2"}
    proprietor = {"company_id": "c2", "name": "Maler Zwillingsberg", "sole_proprietor": "true"}
    world(companies=[proprietor], contacts=[anne, {"contact_id": "r", "title": "CEO"}])
    numbers = [
        merge_by_hand(store, party, kept, merged, at=AT + timedelta(minutes=minute))
        for minute, (party, kept, merged) in enumerate(
            [("companies", "c", "c2"), ("contacts", "p", "q"), ("contacts", "r", "p")], start=1
        )
    ]
    for minute, number in enumerate(reversed(numbers), start=4):
        undo_merge(store, number, at=AT + timedelta(minutes=minute))
    world(AT + timedelta(minutes=8), contacts=[{"contact_id": "p", "phone": "+4544123456"}])
    with store.transaction() as connection:
        assert forget_people(connection, store.home, ["q"], at=AT + timedelta(minutes=9)).contacts == 1
        (listed,) = connection.exec_driver_sql("SELECT count(*) FROM suppressions WHERE client_id = 'n'").scalars()
    held = contents()
    assert not [row for rows in held.values() for row in rows if "Zwillingsberg" in row or "33123456" in row]
    assert "44123456" in str(held["contacts"])
    assert listed == 1  # the number was Anne's alone, and keeps her out
