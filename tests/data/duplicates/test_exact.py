"""What merges by itself: records of one client with the same key, whatever the order in which they arrive."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

CVR, OTHER_CVR = "10150817", "25313763"


def company(key: str, cvr: str = "", domain: str = "", **fields: str) -> dict[str, str]:
    return {"company_id": key, "registration_id": cvr, "domain": domain} | fields


def contact(key: str, email: str = "", name: str = "", **fields: str) -> dict[str, str]:
    return {"contact_id": key, "email": email, "name": name} | fields


def group(merged_into: dict[str, Any]) -> set[frozenset[str]]:
    """Who belongs together, of merged records and those that stand for them."""

    def find_root(row: str) -> str:
        return row if merged_into[row] is None else find_root(merged_into[row])

    roots = {row: find_root(row) for row in merged_into}
    return {frozenset(row for row in roots if roots[row] == root) for root in roots.values()}


COMPANIES = [
    ("the same number, written otherwise", [company("a", CVR), company("b", "dk 10 15 08 17")], ["ab"]),
    ("the same domain", [company("a", "", "www.Ærø.dk"), company("b", "", "https://ærø.dk/om")], ["ab"]),
    ("number, then domain", [company("a", CVR), company("b", CVR, "x.dk"), company("c", "", "x.dk")], ["abc"]),
    ("other countries", [company("a", CVR), company("b", CVR, country="SE")], ["a", "b"]),
    ("no keys", [company("a", name="Bageriet"), company("b", name="Bageriet")], ["a", "b"]),
    ("a number that cannot exist", [company("a", "11111111"), company("b", "11111111")], ["a", "b"]),
    ("no number", [company("a", "N/A", country="SE"), company("b", "N/A", country="SE")], ["a", "b"]),
    ("no domain", [company("a", "", "ukendt"), company("b", "", "ukendt")], ["a", "b"]),
    ("a mail provider", [company("a", "", "gmail.com"), company("b", "", "gmail.com")], ["a", "b"]),
    (
        "a domain of two numbers",
        [company("a", "", "x.dk"), company("b", CVR, "x.dk"), company("c", OTHER_CVR, "x.dk")],
        ["a", "b", "c"],
    ),
    (
        "a domain of two numbers, and one that has the number",
        [company("a", "", "x.dk"), company("b", CVR, "x.dk"), company("c", CVR), company("d", OTHER_CVR, "x.dk")],
        ["a", "bc", "d"],
    ),
]


@pytest.mark.parametrize("order", ["at once", "one by one", "backwards"])
def test_companies_with_the_same_key_are_one_in_any_order(
    import_rows: Callable[..., Any], current: Callable[..., Any], order: str
) -> None:
    clients = [{"client_id": name} for name, _, _ in COMPANIES]  # each case is a client of its own
    cases = [
        [row | {"company_id": name + row["company_id"], "client_id": name} for row in rows]
        for name, rows, _ in COMPANIES
    ]
    places = range(max(map(len, cases)))
    parts = [[rows[place] for rows in cases if place < len(rows)] for place in places]
    parts = [[row for part in parts for row in part]] if order == "at once" else parts
    merged = 0
    for part in parts[::-1] if order == "backwards" else parts:
        merged += import_rows(clients=clients, companies=part).merged.total()
    expected = {frozenset(name + row for row in together) for name, _, groups in COMPANIES for together in groups}
    assert group(current("companies", "merged_into")) == expected
    assert merged >= sum(len(rows) - len(groups) for _, rows, groups in COMPANIES)


CONTACTS = [
    ("the same person", [contact("p", "A@x.dk", "Åse Holm"), contact("q", " a@x.dk", "åse  holm")], ["pq"]),
    ("at two companies", [contact("p", "a@x.dk", "Å H"), contact("q", "a@x.dk", "Å H", company_id="b")], ["pq"]),
    ("a shared mailbox", [contact("p", "info@x.dk", "Åse"), contact("q", "info@x.dk", "Bo")], ["p", "q"]),
    (
        "a shared mailbox of another name",
        [contact("p", "butik@x.dk", "Åse"), contact("q", "butik@x.dk", "Bo")],
        ["p", "q"],
    ),
    ("spelt otherwise", [contact("p", "bo@x.dk", "Bo Bøgh"), contact("q", "bo@x.dk", "Bo Boegh")], ["pq"]),
    ("nameless", [contact("p", "info@x.dk"), contact("q", "info@x.dk")], ["p", "q"]),
    ("nameless at an own address", [contact("p", "bo@x.dk", "Bo"), contact("q", "bo@x.dk")], ["pq"]),
    ("no address", [contact("p", "", "Åse"), contact("q", "", "Åse")], ["p", "q"]),
    ("no real address", [contact("p", "ukendt", "Åse"), contact("q", "ukendt", "Åse")], ["p", "q"]),
    ("another client", [contact("p", "a@x.dk", "Åse"), contact("q", "a@x.dk", "Åse", company_id="z")], ["p", "q"]),
]


@pytest.mark.parametrize("together", [True, False])
def test_contacts_with_the_same_address_and_name_are_one(
    import_rows: Callable[..., Any], current: Callable[..., Any], together: bool
) -> None:
    names = [name for name, _, _ in CONTACTS]
    clients = [{"client_id": name} for name in [*names, "m"]]
    companies = [company(name + key, client_id=name) for name in names for key in "ab"]
    import_rows(clients=clients, companies=[*companies, company("another clientz", client_id="m")])
    cases = [
        [
            row | {"contact_id": name + row["contact_id"], "company_id": name + row.get("company_id", "a")}
            for row in rows
        ]
        for name, rows, _ in CONTACTS
    ]
    parts = [[rows[1] for rows in cases], [rows[0] for rows in cases]]
    for part in [[*parts[0], *parts[1]]] if together else parts:
        import_rows(contacts=part)
    expected = {frozenset(name + row for row in ids) for name, _, groups in CONTACTS for ids in groups}
    assert group(current("contacts", "merged_into")) == expected


def test_two_clients_never_share_a_record(import_rows: Callable[..., Any], current: Callable[..., Any]) -> None:
    import_rows(
        clients=[{}, {"client_id": "m"}],
        companies=[company("a", CVR, "x.dk"), company("b", CVR, "x.dk", client_id="m")],
    )
    assert current("companies", "merged_into") == {"a": None, "b": None}


def test_the_older_record_is_kept(import_rows: Callable[..., Any], current: Callable[..., Any]) -> None:
    import_rows(companies=[company("a", CVR), company("b", CVR, occurred_at="2024-01-01T00:00:00Z")])
    assert current("companies", "merged_into") == {"a": "b", "b": None}
