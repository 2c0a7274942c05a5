"""Merging: the records that an import brought and that are the same as others become one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.contract import CONTRACT
from data.duplicates.arrivals import read_arrivals, read_candidates, refresh_statistics
from data.duplicates.filling import fill_again, fill_in
from data.duplicates.keys import PAIRS, find_same_companies, find_same_contacts
from data.duplicates.log import log_changes, open_merge
from data.duplicates.records import REFERENCES, put_versions, read_current
from data.errors import BadInput
from data.store.meanwhile import end_merges
from data.store.merging import lock_merges

if TYPE_CHECKING:
    from datetime import datetime

    from data.store.postgres import Store

DIVIDED = ", until the domain had two registration numbers"
"""Ends the key of a merge that no person took back."""


def merge_duplicates(connection: sa.Connection, at: datetime) -> Counter[str]:
    """Merge the records that this transaction brought with those that share a key with them.

    Args:
        connection: in the import's transaction, after all of its rows.
        at: when they arrived; the merge is known from then on, and nothing before it changes.

    Returns:
        How many records were merged into others, by table.
    """
    refresh_statistics(connection)
    merged: Counter[str] = Counter()
    for party, find in (("companies", find_same_companies), ("contacts", find_same_contacts)):
        candidates = read_candidates(connection, party)
        if len(candidates):
            pairs = drop_undone(connection, party, find(candidates))
            merge_records(connection, party, pairs, at)
            merged[party] += len(pairs)
        fill_again(connection, party, read_arrivals(connection, party), at)
    return +merged


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
    own = fill_in(connection, party, hops)
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


def drop_undone(connection: sa.Connection, party: str, pairs: pd.DataFrame) -> pd.DataFrame:
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


_KEPT = sa.text("""
    SELECT merged, kept FROM merges
    WHERE table_name = :party AND undone_at IS NULL AND merged = ANY(CAST(:records AS text[]))""")

_UNDONE = sa.text(
    "SELECT kept, merged FROM merges WHERE table_name = :party AND undone_at IS NOT NULL "
    f"AND named NOT LIKE '%{DIVIDED}'"
)

_CLIENTS = {
    "companies": sa.text("""
        SELECT count(DISTINCT client_id) FROM companies
        WHERE superseded_at IS NULL AND company_id = ANY(CAST(:keys AS text[]))"""),
    "contacts": sa.text("""
        SELECT count(DISTINCT k.client_id) FROM contacts p JOIN companies k USING (company_id)
        WHERE p.superseded_at IS NULL AND k.superseded_at IS NULL AND p.contact_id = ANY(CAST(:keys AS text[]))"""),
}
