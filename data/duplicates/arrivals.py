"""Arrivals: the records that an import brought, and those in the store that share a key with them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.company_keys import SHARED_DOMAINS
from data.contract import CONTRACT

if TYPE_CHECKING:
    from collections.abc import Collection

PARTIES = ("companies", "contacts")
COMPANY = ["company_id", "client_id", "country", "registration_id", "domain", "occurred_at"]
CONTACT = ["contact_id", "client_id", "email", "name", "occurred_at"]


def note_arrivals(connection: sa.Connection, tables: dict[str, pd.DataFrame], changed_rows: Collection[int]) -> None:
    """Remember the records that a chunk of an import added or changed; right after it was merged."""
    connection.exec_driver_sql(TOUCHED)
    for party in PARTIES:
        rows = tables.get(party, pd.DataFrame())
        keys = rows.loc[rows.index.isin(list(changed_rows)), CONTRACT[party].key].tolist() if len(rows) else []
        if keys:
            connection.execute(_TOUCH, {"party": party, "keys": keys})


def refresh_statistics(connection: sa.Connection) -> None:
    """Let the planner know of what this transaction brought: it takes a table that was just filled for empty."""
    connection.exec_driver_sql(TOUCHED)
    connection.exec_driver_sql("ANALYZE touched")
    if connection.exec_driver_sql(_MANY).scalar_one():
        connection.exec_driver_sql("ANALYZE companies, contacts")


def read_arrivals(connection: sa.Connection, party: str) -> list[str]:
    """The records of a party that this transaction added or changed."""
    return list(connection.execute(_TOUCHED_OF, {"party": party}).scalars())


def read_candidates(connection: sa.Connection, party: str) -> pd.DataFrame:
    """The records that share a key with one that arrived, and that one: :data:`COMPANY` or :data:`CONTACT`."""
    columns, query = {"companies": (COMPANY, _SAME_COMPANIES), "contacts": (CONTACT, _SAME_CONTACTS)}[party]
    rows = connection.execute(query, {"shared": sorted(SHARED_DOMAINS)} if party == "companies" else {}).all()
    return pd.DataFrame(rows, columns=columns).astype({name: "str" for name in columns if name != "occurred_at"})


TOUCHED = "CREATE TEMP TABLE IF NOT EXISTS touched (party text, record_id text) ON COMMIT DROP"

_MANY = "SELECT count(*) > 1000 FROM touched"

_TOUCH = sa.text("INSERT INTO touched SELECT :party, key FROM unnest(CAST(:keys AS text[])) AS k(key)")

_TOUCHED_OF = sa.text("SELECT DISTINCT record_id FROM touched WHERE party = :party")

_STANDS = "superseded_at IS NULL AND merged_into IS NULL"

_SAME_COMPANIES = sa.text(f"""
    WITH standing AS NOT MATERIALIZED (
        SELECT company_id, client_id, country, registration_id, domain, occurred_at FROM companies WHERE {_STANDS}),
    own AS (
        SELECT DISTINCT client_id, registration_id, domain FROM standing
        JOIN touched ON record_id = company_id AND party = 'companies'),
    numbers AS (
        SELECT client_id, registration_id FROM standing
        JOIN (SELECT DISTINCT client_id, registration_id FROM own) o USING (client_id, registration_id)
        GROUP BY client_id, registration_id HAVING count(*) > 1),
    domains AS (
        SELECT client_id, domain FROM standing
        JOIN (SELECT DISTINCT client_id, domain FROM own) o USING (client_id, domain)
        WHERE domain <> ALL(CAST(:shared AS text[])) GROUP BY client_id, domain HAVING count(*) > 1)
    SELECT s.* FROM numbers JOIN standing s USING (client_id, registration_id)
    UNION SELECT s.* FROM domains JOIN standing s USING (client_id, domain)""")

_SAME_CONTACTS = sa.text(f"""
    WITH standing AS NOT MATERIALIZED (
        SELECT contact_id, company_id, email, name, occurred_at FROM contacts WHERE {_STANDS}),
    own AS (
        SELECT DISTINCT lower(email) AS address FROM standing
        JOIN touched ON record_id = contact_id AND party = 'contacts'),
    held AS (
        SELECT s.contact_id, k.client_id, s.email, s.name, s.occurred_at, o.address
        FROM own o JOIN standing s ON lower(s.email) = o.address
        JOIN companies k ON k.company_id = s.company_id AND k.superseded_at IS NULL)
    SELECT contact_id, client_id, email, name, occurred_at
    FROM (SELECT *, count(*) OVER (PARTITION BY client_id, address) AS holders FROM held) h WHERE holders > 1""")
