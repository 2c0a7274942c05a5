"""Contacts as they come in."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store
    from data.store.merging import Merge


def read_back(store: Store, fields: str) -> list[Any]:
    with store.transaction() as connection:
        query = f"SELECT {fields} FROM contacts WHERE superseded_at IS NULL ORDER BY contact_id"
        return [tuple(row) for row in connection.exec_driver_sql(query)]


@pytest.mark.parametrize(
    ("title", "level", "kept"),
    [
        ("Indkøbschef", "", ("decision_maker", True)),
        ("Indkøbschef", "other", ("other", None)),  # the source knows better, and it is not marked as read
        ("Omstilling", "", (None, None)),
        ("", "", (None, None)),
    ],
)
def test_a_level_is_read_where_the_source_gives_none_and_marked(
    store: Store, world: Callable[..., Merge], title: str, level: str, kept: tuple[Any, ...]
) -> None:
    world(contacts=[{"title": title, "decision_level": level}])
    assert read_back(store, "decision_level, decision_level_read") == [kept]


def test_a_wrong_address_does_not_refuse_the_contact(store: Store, world: Callable[..., Merge]) -> None:
    found = world(contacts=[{"email": "anne@"}, {"contact_id": "q", "email": "Q@BAGER.dk"}, {"contact_id": "r"}])
    assert found.refused == []
    assert read_back(store, "email, email_valid") == [("anne@", False), ("Q@bager.dk", True), (None, None)]


def test_the_same_contact_again_is_unchanged(world: Callable[..., Merge]) -> None:
    rows = [{"email": "A@BÆGER.dk", "title": "Ejer", "phone": "33 12 34 56"}]
    world(contacts=rows)
    assert world(contacts=rows).changed == {"contacts": 0}
