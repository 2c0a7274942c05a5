"""Filling: what a kept record lacks comes from the records merged into it, and protection wins."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.contract import CONTRACT
from data.duplicates.log import log_changes
from data.duplicates.records import put_versions, read_current

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

PROTECTIVE = ("sole_proprietor", "advertising_protected", "do_not_call", "robinson")
"""Flags that win: what holds for one of the records holds for the one that is kept."""

BELONGING = {
    "phone_valid": "phone",
    "email_valid": "email",
    "decision_level": "title",
    "decision_level_read": "title",
}
"""Fields that say something about another one, and are taken over with it alone."""

OWN = ("company_id", "contact_id", "client_id", "merged_into", "occurred_at", "known_at", "known_at_assumed")
"""Fields of a record that it never takes over from another."""


def fill_in(connection: sa.Connection, party: str, hops: pd.DataFrame) -> pd.DataFrame:
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
        put_versions(connection, {party: fill_in(connection, party, hops[ready])}, at)
        hops = hops[~ready]


_STANDING_FOR = sa.text("""
    SELECT merged, merge_id, kept FROM merges
    WHERE table_name = :party AND undone_at IS NULL
      AND (merged = ANY(CAST(:records AS text[])) OR kept = ANY(CAST(:records AS text[])))
    ORDER BY merge_id""")
