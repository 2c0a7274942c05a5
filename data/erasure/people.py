"""Who is meant: contacts found by id, e-mail address or telephone number."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import phonenumbers
import sqlalchemy as sa

from data.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Sequence


@dataclass(frozen=True)
class Person:
    """A contact as one client knows it.

    Attributes:
        contact_id: the contact.
        client_id: whose contact it is.
        emails: all addresses that it had, in small letters.
        names: all names that it had, in small letters.
        phones: all numbers that it had.
        leads: how many leads.
    """

    contact_id: str
    client_id: str
    emails: frozenset[str]
    names: frozenset[str]
    phones: frozenset[str]
    leads: int


def find_people(
    connection: sa.Connection, contact: str, *, client_id: str | None = None, all_clients: bool = False
) -> list[Person]:
    """Find the contacts of one person.

    Args:
        connection: to the store.
        contact: contact id, e-mail address or telephone number. Who has the same address and name is the same person.
        client_id: only as this client knows them.
        all_clients: as every client knows them.

    Raises:
        BadInput: nobody is found; several clients know the person and none is chosen; or several persons are found.
    """
    found = _find(connection, contact.strip())
    people = {person.contact_id: person for person in (*found, *_find_alike(connection, found))}
    chosen = [person for person in people.values() if client_id is None or person.client_id == client_id]
    if not chosen:
        where = f" with client '{client_id}'" if client_id is not None else ""
        raise BadInput(f"nobody is found by that id, e-mail address or telephone number{where}; correct it.")
    clients = sorted({person.client_id for person in chosen})
    if len(clients) > 1 and not all_clients:
        raise BadInput(
            f"the person is known to the clients {', '.join(clients)}; choose one with --client, or --all-clients."
        )
    _require_one(chosen)
    return sorted(chosen, key=lambda person: person.contact_id)


def find_sharing(connection: sa.Connection, people: Sequence[Person]) -> list[str]:
    """Other contacts of the same clients that have an address or number of these people, and perhaps are they."""
    values = {
        "contacts": [person.contact_id for person in people],
        "clients": [person.client_id for person in people],
    }
    return list(connection.execute(_SHARING, values).scalars())


def _find(connection: sa.Connection, contact: str) -> list[Person]:
    if found := _read(connection, "p.contact_id = ANY(CAST(:wanted AS text[]))", [contact]):
        return found
    if "@" in contact:
        return _read(connection, "lower(trim(p.email)) = ANY(CAST(:wanted AS text[]))", [contact.lower()])
    return _read(connection, "p.phone = ANY(CAST(:wanted AS text[]))", _write_number(connection, contact))


def _find_alike(connection: sa.Connection, found: Sequence[Person]) -> list[Person]:
    """Contacts with the same address and no other name: a mailbox may be that of several persons."""
    emails = sorted({email for person in found for email in person.emails})
    names = {name for person in found for name in person.names}
    alike = _read(connection, "lower(trim(p.email)) = ANY(CAST(:wanted AS text[]))", emails) if emails else []
    return [person for person in alike if not names or person.names <= names]


def _write_number(connection: sa.Connection, text: str) -> list[str]:
    """A number as contacts may have it: as it was typed, and in E.164 in each client's country."""
    countries = connection.exec_driver_sql("SELECT DISTINCT coalesce(country, 'DK') FROM clients").scalars()
    written = {text}
    for country in countries:
        try:
            number = phonenumbers.parse(text, country)
        except phonenumbers.NumberParseException:
            continue
        written.add(phonenumbers.format_number(number, phonenumbers.PhoneNumberFormat.E164))
    return sorted(written)


def _require_one(people: Sequence[Person]) -> None:
    """Contacts are one person where all have one name, or one address and no name.

    Raises:
        BadInput: they are several.
    """
    emails = {email for person in people for email in person.emails}
    names = {name for person in people for name in person.names}
    if len(people) > 1 and (len(names) > 1 or (not names and len(emails) > 1)):
        ids = ", ".join(sorted(person.contact_id for person in people)[:10])
        raise BadInput(f"{len(people)} contacts of different persons are found ({ids}); give the id of the one meant.")


def _read(connection: sa.Connection, condition: str, wanted: Sequence[str]) -> list[Person]:
    rows = connection.execute(sa.text(_PEOPLE.format(condition=condition)), {"wanted": list(wanted)}).all()
    return [
        Person(
            row.contact_id, row.client_id, frozenset(row.emails), frozenset(row.names), frozenset(row.phones), row.leads
        )
        for row in rows
    ]


_PEOPLE = """
    SELECT p.contact_id, c.client_id,
           coalesce(array_agg(DISTINCT lower(trim(p.email))) FILTER (WHERE trim(p.email) <> ''), '{{}}') AS emails,
           coalesce(array_agg(DISTINCT lower(trim(p.name))) FILTER (WHERE trim(p.name) <> ''), '{{}}') AS names,
           coalesce(array_agg(DISTINCT p.phone) FILTER (WHERE p.phone <> ''), '{{}}') AS phones,
           (SELECT count(DISTINCT l.lead_id) FROM leads l WHERE l.contact_id = p.contact_id) AS leads
    FROM contacts p
    JOIN (SELECT DISTINCT company_id, client_id FROM companies WHERE superseded_at IS NULL) c USING (company_id)
    WHERE p.contact_id IN (SELECT p.contact_id FROM contacts p WHERE {condition})
    GROUP BY p.contact_id, c.client_id"""

_SHARING = sa.text("""
    SELECT DISTINCT o.contact_id FROM contacts p
    JOIN contacts o ON lower(trim(o.email)) = lower(trim(p.email)) OR o.phone = p.phone
    JOIN companies c ON c.company_id = o.company_id AND c.client_id = ANY(CAST(:clients AS text[]))
    WHERE p.contact_id = ANY(CAST(:contacts AS text[])) AND o.contact_id <> ALL(CAST(:contacts AS text[]))
    ORDER BY 1""")
