"""Twins: contacts of leads that arrive as qualified, and those that they will be one with when the import has merged.

Whether a lead may be handed over is asked while its rows arrive, and duplicates are merged after the last of them. So
what stands at a twin is looked up by the keys that the merge goes by, as if the merged record had been there first.
"""

from __future__ import annotations

import pandas as pd
import sqlalchemy as sa

from data.duplicates.arrivals import CONTACT
from data.duplicates.keys import find_same_contacts
from data.duplicates.merging import drop_undone
from data.store.handovers import find_latest, select_asked

MANY = 1_000_000
"""More than there are twins of one contact."""


def note_twins(connection: sa.Connection, staged: list[str]) -> None:
    """Write into ``twins`` all that the contacts of staged qualifications are, or will be, one with.

    Args:
        connection: in the transaction that staged the rows.
        staged: the contract tables that rows arrive in.
    """
    connection.exec_driver_sql("DROP TABLE IF EXISTS standing_for")
    connection.exec_driver_sql(_find_standing(staged))
    rows = connection.exec_driver_sql(_find_holders(staged)).all()
    holders = pd.DataFrame(rows, columns=CONTACT).astype({name: "str" for name in CONTACT if name != "occurred_at"})
    pairs = find_same_contacts(holders) if len(holders) else pd.DataFrame()
    if len(pairs):
        pairs = drop_undone(connection, "contacts", pairs)
    groups = _number(holders, pairs) if len(pairs) else []
    if groups:
        connection.exec_driver_sql(
            "CREATE TEMP TABLE IF NOT EXISTS alike (kept text, contact_id text, place bigint) ON COMMIT DROP"
        )
        connection.exec_driver_sql("TRUNCATE alike")
        connection.execute(_ALIKE, groups)
        connection.exec_driver_sql(_NOTE_ALIKE)
        connection.exec_driver_sql("DROP TABLE alike")
    connection.exec_driver_sql(_NOTE_MERGED)


def _number(holders: pd.DataFrame, pairs: pd.DataFrame) -> list[dict[str, object]]:
    """The groups of pairs, each with its members in the order in which :mod:`data.duplicates.filling` goes."""
    both = pd.concat([pairs[["kept", "merged"]], pairs[["kept"]].assign(merged=pairs["kept"]).drop_duplicates()])
    dated = both.merge(holders[["contact_id", "occurred_at"]], left_on="merged", right_on="contact_id")
    dated = dated.sort_values(["kept", "occurred_at", "contact_id"]).drop_duplicates("contact_id")
    dated["place"] = dated.groupby("kept").cumcount()
    return [
        {"kept": kept, "contact_id": contact, "place": place}
        for kept, contact, place in dated[["kept", "contact_id", "place"]].itertuples(index=False, name=None)
    ]


def _find_standing(staged: list[str]) -> str:
    """SQL: the contacts of staged qualifications, each with the records that it was merged into, and how far on."""
    leads = find_latest("leads", "lead_id", "contact_id", "asked", staged, "TRUE")
    return f"""
        CREATE TEMP TABLE standing_for ON COMMIT DROP AS
        WITH RECURSIVE asked AS MATERIALIZED ({select_asked("TRUE")}),
        onward AS (
            SELECT DISTINCT contact_id AS asked_id, contact_id, 0 AS hops FROM ({leads}) l WHERE contact_id IS NOT NULL
            UNION SELECT o.asked_id, m.kept, o.hops + 1 FROM onward o
            JOIN merges m ON m.table_name = 'contacts' AND m.undone_at IS NULL AND m.merged = o.contact_id)
        SELECT * FROM onward"""


def _find_holders(staged: list[str]) -> str:
    """SQL: the standing contacts that share an address with one asked about, and that one, stored and arriving."""
    arriving = "UNION SELECT contact_id FROM stage_contacts JOIN addresses ON lower(email) = address"
    facts = "company_id, email, name, occurred_at, merged_into"
    own, latest = (
        find_latest("contacts", "contact_id", facts, asked, staged, "TRUE") for asked in ("standing_for", "holders")
    )
    clients = find_latest("companies", "company_id", "client_id", "latest", staged, "TRUE")
    return f"""
        WITH addresses AS MATERIALIZED (
            SELECT DISTINCT lower(email) AS address FROM ({own}) o WHERE merged_into IS NULL AND email IS NOT NULL),
        holders AS MATERIALIZED (
            SELECT v.contact_id FROM addresses JOIN contacts v ON lower(v.email) = address
            WHERE v.superseded_at IS NULL {arriving if "contacts" in staged else ""}),
        latest AS MATERIALIZED ({latest})
        SELECT contact_id, client_id, email, name, occurred_at
        FROM (SELECT l.*, k.client_id, count(*) OVER (PARTITION BY client_id, lower(email)) AS holders
              FROM latest l JOIN ({clients}) k USING (company_id)
              WHERE merged_into IS NULL AND lower(email) IN (SELECT address FROM addresses)) h
        WHERE holders > 1"""


_ALIKE = sa.text("INSERT INTO alike VALUES (:kept, :contact_id, :place)")

_NOTE_ALIKE = """
    INSERT INTO twins
    SELECT DISTINCT s.asked_id, a.contact_id, a.place
    FROM standing_for s JOIN alike mine USING (contact_id) JOIN alike a ON a.kept = mine.kept"""

_NOTE_MERGED = f"""
    INSERT INTO twins
    SELECT asked_id, contact_id, {MANY} - hops FROM standing_for s
    WHERE asked_id IN (SELECT asked_id FROM standing_for WHERE hops > 0 UNION SELECT asked_id FROM twins)
      AND NOT EXISTS (SELECT FROM twins t WHERE t.asked_id = s.asked_id AND t.contact_id = s.contact_id)"""
"""What was merged stands behind what it was merged into, and behind what that will be one with."""
