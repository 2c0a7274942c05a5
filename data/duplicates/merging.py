"""Merging: the records that an import brought and that are the same as others become one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.company_keys import SHARED_DOMAINS
from data.contract import CONTRACT
from data.duplicates.keys import PAIRS, find_same_companies, find_same_contacts
from data.duplicates.log import log_changes, open_merge
from data.duplicates.records import REFERENCES, put_versions, read_current
from data.errors import BadInput
from data.store.meanwhile import end_merges
from data.store.merging import lock_merges

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    from data.store.postgres import Store

PARTIES = ("companies", "contacts")
PROTECTIVE = ("sole_proprietor", "advertising_protected", "do_not_call", "robinson")
"""Flags that win: what holds for one of the records holds for the one that is kept."""

BELONGING = {"phone_valid": "phone", "decision_level": "title"}
"""Fields that say something about another one, and are taken over with it alone."""

DIVIDED = ", until the domain had two registration numbers"
"""Ends the key of a merge that no person took back."""

OWN = ("company_id", "contact_id", "client_id", "merged_into", "occurred_at", "known_at", "known_at_assumed")
"""Fields of a record that it never takes over from another."""

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


def merge_duplicates(connection: sa.Connection, at: datetime) -> Counter[str]:
    """Merge the records that this transaction brought with those that share a key with them.

    Args:
        connection: in the import's transaction, after all of its rows.
        at: when they arrived; the merge is known from then on, and nothing before it changes.

    Returns:
        How many records were merged into others, by table.
    """
    connection.exec_driver_sql(TOUCHED)
    connection.exec_driver_sql("ANALYZE touched")
    if connection.exec_driver_sql(_MANY).scalar_one():  # what an import has just filled, the planner takes for empty
        connection.exec_driver_sql("ANALYZE companies, contacts")
    merged: Counter[str] = Counter()
    for party, find, columns, candidates in (
        ("companies", find_same_companies, COMPANY, _SAME_COMPANIES),
        ("contacts", find_same_contacts, CONTACT, _SAME_CONTACTS),
    ):
        rows = connection.execute(candidates, {"shared": sorted(SHARED_DOMAINS)}).all()
        frame = pd.DataFrame(rows, columns=columns).astype({name: "str" for name in columns if name != "occurred_at"})
        if len(frame):
            pairs = _drop_undone(connection, party, find(frame))
            merge_records(connection, party, pairs, at)
            merged[party] += len(pairs)
        touched = connection.execute(_TOUCHED_OF, {"party": party}).scalars().all()
        fill_again(connection, party, touched, at)
    return +merged


def fill_again(connection: sa.Connection, party: str, records: Collection[str], at: datetime) -> None:
    """Fill in what kept records lack now: a source changed one of the records, or a merge into it was taken back.

    Args:
        connection: in a transaction that holds :func:`data.store.lock_merges`.
        party: ``companies`` or ``contacts``.
        records: that changed, merged or kept.
        at: now.
    """
    found = connection.execute(_STANDING_FOR, {"party": party, "records": list(records)}).all()
    hops = pd.DataFrame(found, columns=["merged", "merge_id", "kept"]).set_index("merged")
    while len(hops):  # what was merged on takes over before it gives
        ready = ~hops.index.isin(hops["kept"])
        put_versions(connection, {party: _fill(connection, party, hops[ready])}, at)
        hops = hops[~ready]


def merge_by_hand(store: Store, party: str, kept: str, merged: str, *, at: datetime) -> int:
    """Merge two records because somebody says so; the number of the merge.

    Raises:
        BadInput: one of them is not there, was merged already, or belongs to another client.
    """
    with store.transaction() as connection:
        lock_merges(connection)
        rows = read_current(connection, party, CONTRACT[party].key, [kept, merged])
        for record in (kept, merged):
            if record not in rows.index:
                raise BadInput(f"there is no {record} in {party}; callworth hygiene names them.")
            if isinstance(into := rows.loc[record, "merged_into"], str):
                raise BadInput(f"{record} was merged into {into} already; name that one.")
        if kept == merged or connection.execute(_CLIENTS[party], {"keys": [kept, merged]}).scalar_one() > 1:
            raise BadInput(f"{kept} and {merged} are not two records of one client.")
        pair = pd.DataFrame({"kept": [kept], "merged": [merged], "named": ["by hand"]})
        (number,) = merge_records(connection, party, pair, at)
        end_merges(connection, at)
        return number


def merge_records(connection: sa.Connection, party: str, pairs: pd.DataFrame, at: datetime) -> list[int]:
    """Merge records as pairs of ``kept``, ``merged`` and ``named`` say; the numbers of the merges."""
    if pairs.empty:
        return []
    numbers = [
        open_merge(connection, party, str(kept), str(merged), str(named), at)
        for kept, merged, named in pairs[PAIRS].itertuples(index=False, name=None)
    ]
    hops = pairs.assign(merge_id=numbers).set_index("merged")[["merge_id", "kept"]]
    changed = {table: _move(connection, table, party, hops) for table in dict.fromkeys(t for t, _ in REFERENCES[party])}
    own = _fill(connection, party, hops)
    there = changed.get(party, own[:0])
    changed[party] = pd.concat([own, there[~there.index.isin(own.index)]])
    put_versions(connection, changed, at)
    return numbers


def _move(connection: sa.Connection, table: str, party: str, hops: pd.DataFrame) -> pd.DataFrame:
    """Let the rows of a table name the kept records instead of the merged."""
    parts = []
    for name, field in REFERENCES[party]:
        if name == table:
            rows = read_current(connection, table, field, hops.index)
            became = hops.reindex(rows[field]).set_axis(rows.index)
            log_changes(connection, table, field, rows, rows[field], became)
            parts.append(rows.assign(**{field: became["kept"].astype("str")}))
    return pd.concat(parts)


def _fill(connection: sa.Connection, party: str, hops: pd.DataFrame) -> pd.DataFrame:
    """The merged records, each naming the one kept, and the kept ones with what they lacked."""
    key = CONTRACT[party].key
    rows = read_current(connection, party, key, {*hops.index, *hops["kept"]})
    group = hops["kept"].reindex(rows.index).fillna(pd.Series(rows.index, rows.index))
    group = group.loc[
        rows.assign(is_merged=rows.index.isin(hops.index)).sort_values(["is_merged", "occurred_at", key]).index
    ]
    given: dict[str, pd.Series] = {}
    for field in (field.name for field in CONTRACT[party].fields if field.name not in OWN):
        values = rows.loc[group.index, field]
        says = values.eq(True).fillna(False).astype(bool) if field in PROTECTIVE else values.notna()
        givers = pd.Series(group.index, group.index)[says].groupby(group[says]).first()
        givers = given[field] = given[BELONGING[field]] if field in BELONGING else givers[givers != givers.index]
        filled = pd.DataFrame({"merge_id": hops["merge_id"].reindex(givers).array, "kept": values[givers].array})
        receivers = rows.loc[givers.index]
        log_changes(connection, party, field, receivers, receivers[field], filled)
        rows.loc[givers.index, field] = values[givers].array
    merged = rows.loc[rows.index.isin(hops.index)]
    log_changes(connection, party, "merged_into", merged, merged["merged_into"], hops.reindex(merged.index))
    rows.loc[merged.index, "merged_into"] = hops["kept"].reindex(merged.index)
    return rows


def _drop_undone(connection: sa.Connection, party: str, pairs: pd.DataFrame) -> pd.DataFrame:
    """Leave out what somebody has taken apart, also where it would meet again as part of a third record."""
    taken_apart = connection.execute(_UNDONE, {"party": party}).all()
    roots = find_roots(connection, party, {record for pair in taken_apart for record in pair})
    apart = {frozenset((roots[kept], roots[merged])) for kept, merged in taken_apart}
    groups: dict[str, set[str]] = {}
    together = []
    for kept, merged in pairs[["kept", "merged"]].itertuples(index=False):
        group = groups.setdefault(kept, {kept})
        together.append(all(frozenset((merged, other)) not in apart for other in group))
        if together[-1]:
            group.add(merged)
    return pairs[pd.Series(together, index=pairs.index, dtype="bool")]


def find_roots(connection: sa.Connection, party: str, records: set[str]) -> dict[str, str]:
    """The record that stands for each of the records now."""
    roots = {record: record for record in records}
    while onward := dict(map(tuple, connection.execute(_KEPT, {"party": party, "records": list(roots.values())}))):
        roots = {record: onward.get(root, root) for record, root in roots.items()}
    return roots


TOUCHED = "CREATE TEMP TABLE IF NOT EXISTS touched (party text, record_id text) ON COMMIT DROP"

_MANY = "SELECT count(*) > 1000 FROM touched"

_TOUCH = sa.text("INSERT INTO touched SELECT :party, key FROM unnest(CAST(:keys AS text[])) AS k(key)")

_TOUCHED_OF = sa.text("SELECT DISTINCT record_id FROM touched WHERE party = :party")

_STANDING_FOR = sa.text("""
    SELECT merged, merge_id, kept FROM merges
    WHERE table_name = :party AND undone_at IS NULL
      AND (merged = ANY(CAST(:records AS text[])) OR kept = ANY(CAST(:records AS text[])))
    ORDER BY merge_id""")

_KEPT = sa.text("""
    SELECT merged, kept FROM merges
    WHERE table_name = :party AND undone_at IS NULL AND merged = ANY(CAST(:records AS text[]))""")

_UNDONE = sa.text(
    "SELECT kept, merged FROM merges WHERE table_name = :party AND undone_at IS NOT NULL "
    f"AND named NOT LIKE '%{DIVIDED}'"
)

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

_CLIENTS = {
    "companies": sa.text("""
        SELECT count(DISTINCT client_id) FROM companies
        WHERE superseded_at IS NULL AND company_id = ANY(CAST(:keys AS text[]))"""),
    "contacts": sa.text("""
        SELECT count(DISTINCT k.client_id) FROM contacts p JOIN companies k USING (company_id)
        WHERE p.superseded_at IS NULL AND k.superseded_at IS NULL AND p.contact_id = ANY(CAST(:keys AS text[]))"""),
}
