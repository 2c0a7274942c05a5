"""Rows that arrive after a merge: what names the merged record follows to the one that was kept."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.contract import CONTRACT
from data.duplicates.filling import BELONGING, PROTECTIVE
from data.duplicates.log import log_changes
from data.duplicates.records import REFERENCES

if TYPE_CHECKING:
    from collections.abc import Mapping

HOP = ["merge_id", "kept", "merged_at"]


def follow_merges(connection: sa.Connection, tables: Mapping[str, pd.DataFrame]) -> dict[str, pd.DataFrame]:
    """Let arriving rows name the records that were kept, and keep what a merge filled in.

    A row whose source says that it was known before the merge stays as it was, since it is history.

    Args:
        connection: in the import's transaction.
        tables: typed contract rows; others than those that name companies or contacts are left alone.

    Returns:
        The tables; importing a file again gives the rows that the store has.
    """
    followed = dict(tables)
    for party, references in REFERENCES.items():
        if connection.execute(_ANY, {"party": party}).scalar_one():
            for table, field in references:
                if len(rows := followed.get(table, pd.DataFrame())):
                    followed[table] = _follow(connection, party, table, field, rows)
            if len(rows := followed.get(party, pd.DataFrame())):
                followed[party] = _fill(connection, party, rows)
    return followed


def _follow(connection: sa.Connection, party: str, table: str, field: str, rows: pd.DataFrame) -> pd.DataFrame:
    own = field == "merged_into"  # a merged record names itself until it is followed
    values = rows[CONTRACT[party].key] if own else rows[field]
    start = values
    while True:
        hops = _find_hops(connection, party, values).reindex(values).set_axis(values.index)
        moves = hops["kept"].notna() & (rows["known_at_assumed"] | (rows["known_at"] >= hops["merged_at"]))
        if not moves.any():
            break
        if not own:
            log_changes(connection, table, field, rows[moves], values[moves], hops[moves])
        values = values.mask(moves, hops["kept"])
    return rows.assign(**{field: rows[field].where(values == start, values)}) if (values != start).any() else rows


def _find_hops(connection: sa.Connection, party: str, values: pd.Series) -> pd.DataFrame:
    asked = {"party": party, "values": values.dropna().unique().tolist()}
    found = connection.execute(_HOPS, asked).all()
    frame = pd.DataFrame(found, columns=["merged", *HOP]).set_index("merged")
    return frame.astype({"merged_at": "datetime64[us, UTC]"})


def _fill(connection: sa.Connection, party: str, rows: pd.DataFrame) -> pd.DataFrame:
    """Keep what merges filled in where the source still has nothing, or no refusal."""
    key = CONTRACT[party].key
    place = pd.Series(rows.index, index=rows[key].to_numpy())
    filled, own = rows.copy(), []
    for record, field, value, merged_at in connection.execute(_FILLED, {"party": party, "values": list(place.index)}):
        for row in place[[record]]:
            told = filled.loc[row, "known_at_assumed"] or filled.loc[row, "known_at"] >= merged_at
            stated = rows.loc[row, BELONGING.get(field, field)]
            lacks = pd.isna(stated) or (field in PROTECTIVE and not stated)
            if told and lacks:
                filled.loc[row, field] = value
            elif told:
                own.append({"party": party, "record": record, "field": field})
    if own:  # what the source states itself by now is not the merge's any more, and stays when that is undone
        connection.execute(_OWN, own)
    return filled


_ANY = sa.text("SELECT EXISTS (SELECT FROM merges WHERE table_name = :party AND undone_at IS NULL)")

_HOPS = sa.text("""
    SELECT merged, merge_id, kept, merged_at FROM merges
    WHERE table_name = :party AND undone_at IS NULL AND merged = ANY(CAST(:values AS text[]))""")

_FILLED = sa.text("""
    WITH filled AS MATERIALIZED (
        SELECT c.merge_id, c.record_id, c.field, c.became, m.merged_at
        FROM merge_changes c JOIN merges m USING (merge_id)
        WHERE c.table_name = :party AND m.table_name = :party AND m.undone_at IS NULL AND c.record_id = m.kept
          AND c.field <> 'merged_into')
    SELECT record_id, field, became, merged_at FROM filled
    WHERE record_id IN (SELECT unnest(CAST(:values AS text[]))) ORDER BY merge_id""")

_OWN = sa.text("""
    DELETE FROM merge_changes c USING merges m
    WHERE c.merge_id = m.merge_id AND m.undone_at IS NULL AND m.table_name = :party AND c.table_name = :party
      AND c.record_id = m.kept AND c.record_id = :record AND c.field = :field""")
