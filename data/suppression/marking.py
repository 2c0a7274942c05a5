"""Marking contract rows of those who are on a list."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.suppression.digests import hash_emails, hash_phones, hash_registrations
from data.suppression.entries import EVERYBODY, find_secret
from data.suppression.national_lists import NATIONAL

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

COMPANY = ["company_id", "client_id", "country", "registration_id"]


def mark_suppressed(
    connection: sa.Connection, tables: Mapping[str, pd.DataFrame], home: Path
) -> dict[str, pd.DataFrame]:
    """Set the flags of contacts and companies that are on a list; those that are set already stay.

    Args:
        connection: to the store.
        tables: typed contract rows; others than contacts and companies are left alone.
        home: folder of the installation, with its secret.

    Returns:
        The tables: ``do_not_call`` for the list internal, ``robinson`` for robinson, ``advertising_protected`` for
        protected, and ``national_list`` for numbers on a list of another country. A list of one client marks that
        client's companies and contacts alone.

    Raises:
        EnvironmentFault: the lists were kept with another secret.
    """
    marked = dict(tables)
    secret = find_secret(connection, home)
    if secret is None:
        return marked
    if len(companies := tables.get("companies", pd.DataFrame())):
        digests = hash_registrations(companies["registration_id"], companies["country"], secret)
        found = _find(connection, digests, companies["client_id"], "protected")
        marked["companies"] = _set(companies, "advertising_protected", found)
    if len(contacts := tables.get("contacts", pd.DataFrame())):
        owners = find_owners(connection, contacts, tables.get("companies"))
        keys = [
            hash_phones(contacts["phone"], secret),
            hash_emails(contacts["email"], secret),
            hash_registrations(owners["registration_id"], owners["country"], secret),
        ]
        for name, column in (("internal", "do_not_call"), ("robinson", "robinson")):
            on_list = [_find(connection, digests, owners["client_id"], name) for digests in keys]
            contacts = _set(contacts, column, on_list[0] | on_list[1] | on_list[2])
        for national in NATIONAL:
            contacts = _name(contacts, national.name, _find(connection, keys[0], owners["client_id"], national.name))
        marked["contacts"] = contacts
    return marked


def _set(rows: pd.DataFrame, column: str, found: pd.Series) -> pd.DataFrame:
    return rows.assign(**{column: rows[column].astype("boolean").mask(found, True)}) if found.any() else rows


def _name(contacts: pd.DataFrame, name: str, found: pd.Series) -> pd.DataFrame:
    named = contacts["national_list"]
    return contacts.assign(national_list=named.mask(found & named.isna(), name)) if found.any() else contacts


def _find(connection: sa.Connection, digests: pd.Series, clients: pd.Series, name: str) -> pd.Series:
    """Which digests are on a list, of everybody or of the row's own client."""
    asked = {"digests": digests.dropna().unique().tolist(), "list": name}
    listed = connection.execute(_LISTED, asked).all()
    everybody = {digest for digest, client in listed if client == EVERYBODY}
    own = {(digest, client) for digest, client in listed if client != EVERYBODY}
    pairs = pd.Series(list(zip(digests, clients, strict=True)), index=digests.index, dtype="object")
    return digests.isin(everybody) | pairs.isin(own)


def find_owners(connection: sa.Connection, contacts: pd.DataFrame, arriving: pd.DataFrame | None) -> pd.DataFrame:
    """The company of each contact, as it arrives or else as the store has it."""
    names = contacts["company_id"].dropna().unique().tolist()
    stored = pd.DataFrame(connection.execute(_COMPANIES, {"companies": names}).all(), columns=COMPANY, dtype="str")
    both = stored if arriving is None else pd.concat([arriving[COMPANY], stored])
    owners = both.drop_duplicates("company_id").set_index("company_id")
    return owners.reindex(contacts["company_id"]).set_axis(contacts.index)


_LISTED = sa.text(
    "SELECT digest, client_id FROM suppressions WHERE list = :list AND digest = ANY(CAST(:digests AS text[]))"
)

_COMPANIES = sa.text("""
    SELECT company_id, client_id, country, registration_id FROM companies
    WHERE superseded_at IS NULL AND company_id = ANY(CAST(:companies AS text[]))""")
