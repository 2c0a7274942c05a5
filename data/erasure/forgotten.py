"""The list of those who were erased: keyed hashes by which an import knows them again."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.suppression import (
    EVERYBODY,
    FORGOTTEN,
    add_entries,
    find_secret,
    hash_emails,
    hash_endings,
    hash_ids,
    hash_phones,
    hash_registrations,
)

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

GUARDED = ("companies", "contacts", "leads", "meetings")
"""Tables whose erased ids are known again: every row of an erased person names one of them."""


@dataclass(frozen=True)
class Forgotten:
    """The list.

    Attributes:
        secret: with which it was kept.
        ids: digests of erased ids, and of the endings of telephone numbers.
        reached: digests of telephone numbers, addresses and company numbers, each with its client.
    """

    secret: bytes
    ids: frozenset[str]
    reached: frozenset[tuple[str, str]]


def read_forgotten(connection: sa.Connection, home: Path) -> Forgotten | None:
    """The list; None where nobody was erased.

    Raises:
        EnvironmentFault: it was kept with another secret.
    """
    entries = connection.execute(_READ, {"list": FORGOTTEN}).all()
    secret = find_secret(connection, home) if entries else None
    if secret is None:
        return None
    ids = frozenset(digest for digest, client in entries if client == EVERYBODY)
    return Forgotten(secret, ids, frozenset((digest, client) for digest, client in entries if client != EVERYBODY))


def keep_forgotten(connection: sa.Connection, secret: bytes, at: datetime) -> None:
    """Keep the digests of those in the temporary tables of an erasure.

    Numbers and addresses that somebody else of the client has as well, as a switchboard's, say nothing about the
    person and are not kept: colleagues could not be imported any more.
    """
    digests: dict[str, list[pd.Series]] = {EVERYBODY: []}
    for name in GUARDED:
        ids = pd.Series(connection.execute(_IDS, {"table": name}).scalars().all(), dtype="str")
        digests[EVERYBODY].append(hash_ids(name, ids, secret))
    for name, query in (("phone", _PHONES), ("email", _EMAILS)):
        found = pd.DataFrame(connection.execute(query).all(), columns=["client_id", "text"], dtype="str")
        if name == "phone":
            digests[EVERYBODY].append(hash_endings(found["text"], secret))
        hashed = (hash_phones if name == "phone" else hash_emails)(found["text"], secret)
        for client, some in hashed.groupby(found["client_id"]):
            digests.setdefault(str(client), []).append(some)
    owners = pd.DataFrame(connection.execute(_OWNERS).all(), columns=["client_id", "country", "number"], dtype="str")
    registrations = hash_registrations(owners["number"], owners["country"], secret)
    for client, some in registrations.groupby(owners["client_id"]):
        digests.setdefault(str(client), []).append(some)
    for client, series in digests.items():
        entries = sorted(set(pd.concat(series).dropna()))
        add_entries(connection, FORGOTTEN, entries, client_id=client, secret=secret, at=at)


_READ = sa.text("SELECT digest, client_id FROM suppressions WHERE list = 'forgotten' AND list = :list")

_IDS = sa.text("SELECT old FROM rekeyed WHERE of = :table AND known_again ORDER BY old")


def _select_unshared(field: str) -> sa.TextClause:
    return sa.text(f"""
        SELECT DISTINCT e.client_id, p.{field} FROM contacts p JOIN erased_contacts e USING (contact_id)
        WHERE trim(p.{field}) <> '' AND NOT EXISTS (
            SELECT FROM contacts o JOIN companies c USING (company_id)
            WHERE lower(trim(o.{field})) = lower(trim(p.{field})) AND c.client_id = e.client_id
              AND o.contact_id NOT IN (SELECT contact_id FROM erased_contacts))""")


_PHONES, _EMAILS = _select_unshared("phone"), _select_unshared("email")

_OWNERS = sa.text("""
    SELECT DISTINCT c.client_id, c.country, c.registration_id FROM companies c JOIN erased_companies USING (company_id)
    WHERE c.registration_id IS NOT NULL AND sole AND alone""")
"""A company that only bears the person's name, or where somebody else works, may come again."""
