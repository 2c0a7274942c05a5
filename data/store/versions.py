"""Versions: which staged rows are news, from when they count as known, and when the versions before them end."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.store.refusals import not_refused

if TYPE_CHECKING:
    from datetime import datetime

    from data.contract import Table

LATE = "n.known_at < CAST(:scored_until AS timestamptz)"


@dataclass(frozen=True)
class Arrival:
    """How rows came in.

    Attributes:
        import_id: the import they belong to.
        arrived_at: when they arrived.
        scored_until: as-of of the last score that was given; None where there is none.
        seen_before: the very same file was imported before, so that older versions in it are no news.
    """

    import_id: int | None
    arrived_at: datetime
    scored_until: datetime | None
    seen_before: bool


def read_scored_until(connection: sa.Connection) -> datetime | None:
    """The as-of of the last score in the log."""
    return connection.exec_driver_sql("SELECT max(occurred_at) FROM scores").scalar()


def add_versions(connection: sa.Connection, table: Table, arrival: Arrival) -> tuple[list[int], int]:
    """Add what is new in ``stage_…`` to a table, and end the versions that it replaces.

    A row whose source does not say when it was known counts as known when it happened. Two cases are otherwise,
    because scores that were given without it could not be given again: it changes a row that is there, or scores of
    a later moment have been given. Then it is known from its arrival, and not before the last of those scores.

    Returns:
        The source rows that something was added from, and how many rows are known later than they happened because
        scores had been given.
    """
    values = asdict(arrival)
    connection.execute(sa.text(_select_news(table)), values)
    late = connection.execute(sa.text(_count_late(table)), values).scalar_one() if arrival.scored_until else 0
    rows = connection.execute(sa.text(_insert_news(table)), values).scalars().all()
    if connection.exec_driver_sql("SELECT EXISTS (SELECT FROM news WHERE NOT alone)").scalar_one():
        for ending in ("IS NOT NULL", "IS NULL"):  # ends before beginnings: one current version at any moment
            connection.exec_driver_sql(_chain_versions(table, ending))
    connection.exec_driver_sql("DROP TABLE news")
    return list(rows), late


def _select_news(table: Table) -> str:
    key = table.key
    same = f"ROW({_list(table, 'v')}) IS NOT DISTINCT FROM ROW({_list(table, 's')})"
    return f"""
        CREATE TEMP TABLE news ON COMMIT DROP AS
        SELECT DISTINCT ON (s.{key}, s.known_at) s.*,
               NOT EXISTS (SELECT FROM {table.name} v WHERE v.{key} = s.{key})
                   AND s.first_known = s.last_known AS alone
        FROM (SELECT s.*, min(known_at) OVER versions AS first_known, max(known_at) OVER versions AS last_known
              FROM (SELECT DISTINCT ON ({_list(table, "s")}, CASE WHEN s.known_at_assumed THEN NULL ELSE s.known_at END)
                           s.* FROM stage_{table.name} s WHERE {not_refused("s")}
                    ORDER BY {_list(table, "s")}, CASE WHEN s.known_at_assumed THEN NULL ELSE s.known_at END,
                             s.occurred_at, s.import_row) s
              WINDOW versions AS (PARTITION BY {key})) s
        WHERE NOT EXISTS (
            SELECT FROM {table.name} v WHERE v.{key} = s.{key} AND {same}
              AND CASE WHEN s.known_at_assumed THEN v.superseded_at IS NULL OR :seen_before
                       ELSE v.known_at = s.known_at
                            OR (v.superseded_at IS NULL AND s.first_known = s.last_known) END)
        ORDER BY s.{key}, s.known_at, s.import_row"""


def _changes(table: Table) -> str:
    return f"EXISTS (SELECT FROM {table.name} v WHERE v.{table.key} = n.{table.key})"


def _count_late(table: Table) -> str:
    return f"SELECT count(*) FROM news n WHERE n.known_at_assumed AND {LATE} AND NOT {_changes(table)}"


def _insert_news(table: Table) -> str:
    names = [name for name in table.names if name not in ("known_at", "known_at_assumed")]
    newest = f"(SELECT max(v.known_at) FROM {table.name} v WHERE v.{table.key} = n.{table.key})"
    return f"""
        INSERT INTO {table.name} ({", ".join(names)}, known_at, known_at_assumed, superseded_at, import_id, import_row)
        SELECT {", ".join(f"n.{name}" for name in names)},
               CASE WHEN NOT n.known_at_assumed THEN n.known_at
                    WHEN {_changes(table)} THEN greatest(:arrived_at, :scored_until, {newest})
                    WHEN {LATE} THEN greatest(:arrived_at, :scored_until)
                    ELSE least(n.known_at, :arrived_at) END,
               n.known_at_assumed AND NOT coalesce({LATE}, FALSE) AND NOT {_changes(table)},
               CASE WHEN NOT n.alone THEN '-infinity'::timestamptz END, CAST(:import_id AS bigint), n.import_row
        FROM news n RETURNING import_row"""


def _chain_versions(table: Table, ending: str) -> str:
    return f"""
        UPDATE {table.name} t SET superseded_at = c.ends
        FROM (SELECT v.ctid AS at, lead(v.known_at) OVER (
                  PARTITION BY v.{table.key}
                  ORDER BY v.known_at, v.superseded_at IS NOT DISTINCT FROM '-infinity', v.superseded_at) AS ends
              FROM {table.name} v
              JOIN (SELECT DISTINCT {table.key} FROM news WHERE NOT alone) n USING ({table.key})) c
        WHERE t.ctid = c.at AND c.ends {ending} AND t.superseded_at IS DISTINCT FROM c.ends"""


def _list(table: Table, alias: str) -> str:
    return ", ".join(f"{alias}.{name}" for name in table.content)
