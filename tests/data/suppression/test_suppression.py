"""Lists of whom nobody may call: kept as hashes, marked in the store and at every import."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from data.contract.codes import NATIONAL_LISTS
from data.errors import BadInput, EnvironmentFault, SourceError
from data.gate import may_call
from data.imports.importing import import_source
from data.imports.mapping import contract_mapping
from data.imports.suppression_lists import Suppressed, suppress_file
from data.suppression import NATIONAL
from data.suppression.digests import SECRET, read_secret

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store import Store
    from data.store.merging import Merge

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)  # a Tuesday, 11:00 in Copenhagen
LATER = NOW + timedelta(minutes=1)

PEOPLE = [{"contact_id": "p", "phone": "+4533123456", "email": "Anne@Bager.dk"}]
COMPANIES = [{"company_id": "c", "country": "DK", "registration_id": "10150817", "sole_proprietor": "true"}]


@pytest.fixture
def take(store: Store, world: Callable[..., Merge], write_file: Callable[..., Path]) -> Callable[..., Suppressed]:
    """One lead that may be called, and a list given as the text of a file."""
    world(NOW - timedelta(days=1), contacts=PEOPLE, companies=COMPANIES)

    def suppress(text: str, name: str = "internal", client: str | None = None, at: datetime = NOW) -> Suppressed:
        return suppress_file(store, write_file("list.csv", text), name, client_id=client, at=at)

    return suppress


def ask(store: Store, at: datetime = LATER) -> str | None:
    with store.transaction() as connection:
        (answer,) = may_call(connection, ["l"], at).to_dict("records")
    return None if answer["allowed"] else str(answer["rule"])


@pytest.mark.parametrize(
    ("text", "name", "rule"),
    [
        ("Telefon\n33 12 34 56\n", "internal", "do_not_call"),
        ("e-mail;name\nanne@bager.dk;Anne\n", "internal", "do_not_call"),
        ("CVR\nDK 10 15 08 17\n", "internal", "do_not_call"),
        ("CVR\n10150817\n", "protected", "advertising_protected"),
        ("phone\n+45 33123456\n", "robinson", "robinson"),
        ("phone\n+45 33123456\n", "nix", "nix"),
    ],
)
def test_who_is_on_a_list_is_not_called_from_then_on(
    store: Store, take: Callable[..., Suppressed], text: str, name: str, rule: str
) -> None:
    assert ask(store) is None
    result = take(text, name)
    assert (result.read, result.added, result.contacts + result.companies) == (1, 1, 1)
    assert ask(store) == rule
    assert ask(store, NOW) is None  # what was said before stays as it was
    assert take(text, name, at=LATER).added == 0


@pytest.mark.parametrize(("client", "rule"), [("n", "do_not_call"), ("n2", None)])
def test_a_client_s_list_stops_that_client_s_calls_alone(
    store: Store, take: Callable[..., Suppressed], world: Callable[..., Merge], client: str, rule: str | None
) -> None:
    world(NOW - timedelta(days=1), clients=[{"client_id": "n2"}])
    take("phone\n33123456\n", client=client)
    assert ask(store) == rule


def test_an_import_does_not_bring_them_back(store: Store, take: Callable[..., Suppressed], tmp_path: Path) -> None:
    take("phone\n33123456\n")
    folder = tmp_path / "export"
    folder.mkdir()
    header = "contact_id,company_id,phone,do_not_call,title,occurred_at\n"
    rows = "p,c,33123456,false,CEO,2025-01-01T00:00:00Z\nq,c,33 12 34 56,,,2025-01-01T00:00:00Z\n"
    (folder / "contacts.csv").write_text(header + rows, encoding="utf-8")
    import_source(store, folder, contract_mapping(), arrived_at=LATER)
    assert import_source(store, folder, contract_mapping(), arrived_at=LATER).accepted == 0
    with store.transaction() as connection:
        flags = connection.execute(
            sa.text("SELECT contact_id, title, do_not_call FROM contacts WHERE superseded_at IS NULL ORDER BY 1")
        ).all()
    assert [tuple(row) for row in flags] == [("p", "CEO", True), ("q", None, True)]


def test_a_company_without_a_country_is_found_on_the_danish_list(
    store: Store, take: Callable[..., Suppressed], world: Callable[..., Merge]
) -> None:
    world(NOW - timedelta(hours=1), companies=[{"registration_id": "10150817", "country": ""}])
    assert take("CVR\n10150817\n", "protected").companies == 1
    assert ask(store) == "advertising_protected"


@pytest.mark.parametrize("content", ["", "00ff", "not hexadecimal"])
def test_a_secret_that_is_none_is_refused(tmp_path: Path, content: str) -> None:
    (tmp_path / SECRET).write_text(content, encoding="ascii")
    with pytest.raises(EnvironmentFault, match="cannot be read or made"):
        read_secret(tmp_path)


def test_nothing_readable_is_kept(store: Store, take: Callable[..., Suppressed]) -> None:
    take("phone,email\n33123456,anne@bager.dk\n")
    with store.transaction() as connection:
        kept = " ".join(str(row) for row in connection.exec_driver_sql("SELECT * FROM suppressions"))
    assert "33123456" not in kept
    assert "anne" not in kept
    assert (store.home / SECRET).stat().st_mode & 0o077 == 0


def test_rows_without_anything_that_can_exist_are_counted(take: Callable[..., Suppressed]) -> None:
    result = take("phone,email\n123,\n,nobody\n33123456,\n")
    assert (result.read, result.added, result.unreadable) == (3, 1, 2)


@pytest.mark.parametrize(
    ("text", "name", "client", "error", "says"),
    [
        ("phone\n1\n", "friends", None, BadInput, "use one of robinson, protected, internal, tps, ctps, bloctel"),
        ("phone\n1\n", "forgotten", None, BadInput, "use one of robinson, protected, internal"),
        ("phone\n33123456\n", "internal", "nobody", BadInput, "client 'nobody' is not known; known are n"),
        ("name\nAnne\n", "internal", None, SourceError, "name one of them phone, email or cvr"),
    ],
)
def test_what_cannot_be_taken_in_is_refused(
    store: Store, take: Callable[..., Suppressed], text: str, name: str, client: str | None, error: Any, says: str
) -> None:
    with pytest.raises(error, match=says):
        take(text, name, client)
    assert ask(store) is None


def test_another_secret_is_noticed(store: Store, take: Callable[..., Suppressed]) -> None:
    take("phone\n33123456\n")
    path = store.home / SECRET
    kept = path.read_text(encoding="ascii")
    path.write_text("00" * 32, encoding="ascii")
    try:
        with pytest.raises(EnvironmentFault, match="kept with another secret"):
            take("phone\n33123457\n")
    finally:
        path.write_text(kept, encoding="ascii")


def test_a_list_of_another_country_refuses_with_its_country_and_law(
    store: Store, take: Callable[..., Suppressed], world: Callable[..., Merge]
) -> None:
    world(NOW - timedelta(hours=1), contacts=[{"contact_id": "p", "phone": "+442079460000"}])
    assert take("phone\n020 7946 0000\n", "ctps").contacts == 1  # as it is written there, without a country code
    with store.transaction() as connection:
        (answer,) = may_call(connection, ["l"], LATER).to_dict("records")
    assert "United Kingdom" in answer["reason"]
    assert "(CTPS)" in answer["reason"]
    assert "reg. 21" in answer["source"]


def test_the_lists_of_other_countries_are_those_of_the_contract() -> None:
    assert tuple(each.name for each in NATIONAL) == NATIONAL_LISTS
