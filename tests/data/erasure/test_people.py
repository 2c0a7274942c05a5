"""Who is meant: one person, and never somebody else by mistake."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.erasure import find_people, find_sharing
from data.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store
    from data.store.merging import Merge

ANNE = {"name": "Anne Berg", "email": "Anne@berg.dk", "phone": "+4533123456"}


@pytest.fixture
def people(world: Callable[..., Merge]) -> None:
    """Anne, twice with one client and once with another, where she has no name; and two who share a mailbox."""
    world(
        clients=[{"client_id": "n2"}],
        companies=[{"company_id": "c2", "client_id": "n2"}],
        contacts=[
            {"contact_id": "anne", **ANNE},
            {"contact_id": "anne-2", **ANNE, "phone": "+4533123457"},
            {"contact_id": "abroad", **ANNE, "name": "", "company_id": "c2"},
            {"contact_id": "bo", "name": "Bo", "email": "info@berg.dk", "phone": "+4533123458"},
            {"contact_id": "eva", "name": "Eva", "email": "info@berg.dk", "phone": "+4533123458"},
        ],
    )


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("contact", "client", "everywhere", "found"),
    [
        ("anne", "n", False, ["anne", "anne-2"]),
        ("ANNE@BERG.DK ", "n", False, ["anne", "anne-2"]),
        ("anne@berg.dk", "n2", False, ["abroad"]),
        ("anne@berg.dk", None, True, ["abroad", "anne", "anne-2"]),
        ("33 12 34 57", "n", False, ["anne", "anne-2"]),
        ("bo", None, False, ["bo"]),
    ],
)
def test_a_person_is_found_by_id_address_or_number(
    store: Store, contact: str, client: str | None, everywhere: bool, found: list[str]
) -> None:
    with store.transaction() as connection:
        people = find_people(connection, contact, client_id=client, all_clients=everywhere)
    assert [person.contact_id for person in people] == found


@pytest.mark.usefixtures("people")
@pytest.mark.parametrize(
    ("contact", "client", "says"),
    [
        ("nobody", None, "nobody is found by that id, e-mail address or telephone number; correct it"),
        ("bo", "n2", "nobody is found .* with client 'n2'"),
        ("anne", None, "known to the clients n, n2; choose one with --client, or --all-clients"),
        ("info@berg.dk", None, r"2 contacts of different persons are found \(bo, eva\); give the id of the one meant"),
        ("+45 33123458", None, r"2 contacts of different persons"),
    ],
)
def test_what_is_not_one_person_is_refused(store: Store, contact: str, client: str | None, says: str) -> None:
    with store.transaction() as connection, pytest.raises(BadInput, match=says):
        find_people(connection, contact, client_id=client)


@pytest.mark.usefixtures("people")
def test_who_shares_an_address_or_number_is_named(store: Store) -> None:
    with store.transaction() as connection:
        for contact, sharing in (("bo", ["eva"]), ("anne-2", [])):
            assert find_sharing(connection, find_people(connection, contact, client_id="n")) == sharing
