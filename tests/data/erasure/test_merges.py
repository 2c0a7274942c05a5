"""Who was merged is erased whole: the records that became one, and what the log of merges keeps of them."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from data.duplicates import list_merges, merge_by_hand
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
