"""Versions: which staged rows are news, from when they count as known, and when the versions before them end."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.contract import CONTRACT
from data.store.refusals import not_refused

if TYPE_CHECKING:
    from datetime import datetime

    from data.contract import Table


@dataclass(frozen=True)
class Arrival:
    """How rows came in.

    Attributes:
        import_id: the import they belong to.
        arrived_at: when they arrived.
        seen_before: the very same file was imported before, so that older versions in it are no news.
    """

    import_id: int | None
    arrived_at: datetime
    seen_before: bool


def find_scored(connection: sa.Connection) -> bool:
    """Note for each client until when it has been scored, in the temporary table ``scored``; once in a transaction.

    Returns:
        Whether there is any score.
    """
    connection.exec_driver_sql(_SCORED)
    return bool(connection.exec_driver_sql("SELECT EXISTS (SELECT FROM scored)").scalar_one())


def add_versions(connection: sa.Connection, table: Table, arrival: Arrival, *, scored: bool) -> tuple[list[int], int]:
    """Add what is new in ``stage_…`` to a table, and end the versions that it replaces.

    A row whose source does not say when it was known counts as known when it happened. Two cases are otherwise,
    because scores that were given without it could not be given again: it changes a row that is there, or its client
    has been scored as of a later moment. Then it is known from its arrival, and not before the last of those scores.

    Args:
        connection: in the transaction that staged the rows, with ``scored``; parents of the rows are there already.
        table: of the contract.
        arrival: how the rows came in.
        scored: whether there is any score.

    Returns:
        The source rows that something was added from, and how many new rows are known later than they happened.
    """
    values = asdict(arrival)
    connection.execute(sa.text(_select_news(table, scored=scored)), values)
    late, chained = connection.exec_driver_sql(_LOOK).one()
    rows = connection.execute(sa.text(_insert_news(table)), values).scalar_one() or []
    if chained:
        chain_versions(connection, table, "news WHERE NOT alone")
    connection.exec_driver_sql("DROP TABLE news")
    return rows, late


def chain_versions(connection: sa.Connection, table: Table, touched: str) -> None:
    """End each version of a row when the next one becomes known.

    Args:
        connection: in a transaction.
        table: of the contract.
        touched: SQL after FROM that gives the keys of the rows concerned.
    """
    for ending in ("IS NOT NULL", "IS NULL"):  # ends before beginnings: one current version at any moment
        connection.exec_driver_sql(_chain_versions(table, touched, ending))


def _select_news(table: Table, *, scored: bool) -> str:
    """SQL: what the store does not have, and whether it is ``late`` or ``changes`` a row that is there."""
    key = table.key
    same = f"ROW({_list(table, 'v')}) IS NOT DISTINCT FROM ROW({_list(table, 's')})"
    until = _find_scored_until(table) if scored else "NULL::timestamptz"
    return f"""
        CREATE TEMP TABLE news ON COMMIT DROP AS
        SELECT *, known_at_assumed AND coalesce(known_at < scored_until, FALSE) AS late
        FROM (
            SELECT DISTINCT ON (s.{key}, s.known_at) s.*, CASE WHEN s.known_at_assumed THEN {until} END AS scored_until,
                   s.known_at_assumed AND t.there IS NOT NULL AS changes,
                   t.there IS NULL AND s.first_known = s.last_known AS alone
            FROM (SELECT s.*, min(known_at) OVER versions AS first_known, max(known_at) OVER versions AS last_known
                  FROM (SELECT DISTINCT ON ({_list(table, "s")}, {_STATED}) s.*
                        FROM stage_{table.name} s WHERE {not_refused("s")}
                        ORDER BY {_list(table, "s")}, {_STATED}, s.occurred_at, s.import_row) s
                  WINDOW versions AS (PARTITION BY {key})) s
            LEFT JOIN LATERAL ({_look_up(table)}) t ON TRUE
            WHERE t.there IS NULL OR NOT EXISTS (
                SELECT FROM {table.name} v WHERE v.{key} = s.{key} AND {same}
                  AND CASE WHEN s.known_at_assumed THEN v.superseded_at IS NULL OR :seen_before
                           ELSE v.known_at = s.known_at
                                OR (v.superseded_at IS NULL AND s.first_known = s.last_known) END)
            ORDER BY s.{key}, s.known_at, s.import_row) s"""


def _look_up(table: Table) -> str:
    """SQL: whether the table has the key of a staged row, looked up by its index.

    What that costs does not grow with the table. Without the limit the planner may read the whole table instead, for
    each chunk of rows anew.
    """
    key = table.key
    return f"SELECT TRUE AS there FROM {table.name} v WHERE v.{key} = s.{key} LIMIT 1"


def _insert_news(table: Table) -> str:
    names = [name for name in table.names if name not in ("known_at", "known_at_assumed")]
    newest = f"(SELECT max(v.known_at) FROM {table.name} v WHERE v.{table.key} = n.{table.key})"
    return f"""
        WITH added AS (
            INSERT INTO {table.name}
                ({", ".join(names)}, known_at, known_at_assumed, superseded_at, import_id, import_row)
            SELECT {", ".join(f"n.{name}" for name in names)},
                   CASE WHEN changes THEN greatest(:arrived_at, scored_until, {newest})
                        WHEN late THEN greatest(:arrived_at, scored_until)
                        WHEN known_at_assumed THEN least(known_at, :arrived_at)
                        ELSE known_at END,
                   known_at_assumed AND NOT changes AND NOT late,
                   CASE WHEN NOT alone THEN '-infinity'::timestamptz END, CAST(:import_id AS bigint), import_row
            FROM news n RETURNING import_row)
        SELECT array_agg(import_row) FROM added"""


def _find_scored_until(table: Table) -> str:
    """SQL: until when the client of a staged row has been scored; where it has none, until when anybody has."""
    client = _find_client(table, "s")
    return (
        f"(SELECT max(until) FROM scored WHERE client_id = {client})" if client else "(SELECT max(until) FROM scored)"
    )


def _find_client(table: Table, alias: str) -> str | None:
    """SQL: the client of a row, by way of the rows that it refers to."""
    if "client_id" in table.names:
        return f"{alias}.client_id"
    for field, name in table.references():
        inner = f"{alias}_{name}"
        if client := _find_client(CONTRACT[name], inner):
            key = CONTRACT[name].key
            return f"(SELECT {client} FROM {name} {inner} WHERE {inner}.{key} = {alias}.{field} LIMIT 1)"
    return None


def _chain_versions(table: Table, touched: str, ending: str) -> str:
    return f"""
        UPDATE {table.name} t SET superseded_at = c.ends
        FROM (SELECT v.ctid AS at, lead(v.known_at) OVER (
                  PARTITION BY v.{table.key}
                  ORDER BY v.known_at, v.superseded_at IS NOT DISTINCT FROM '-infinity', v.superseded_at) AS ends
              FROM {table.name} v
              JOIN (SELECT DISTINCT {table.key} FROM {touched}) n USING ({table.key})) c
        WHERE t.ctid = c.at AND c.ends {ending} AND t.superseded_at IS DISTINCT FROM c.ends"""


def _list(table: Table, alias: str) -> str:
    return ", ".join(f"{alias}.{name}" for name in table.content)


_STATED = "CASE WHEN s.known_at_assumed THEN NULL ELSE s.known_at END"

_LOOK = "SELECT count(*) FILTER (WHERE late AND NOT changes), bool_or(NOT alone) FROM news"

_SCORED = """
    CREATE TEMP TABLE IF NOT EXISTS scored ON COMMIT DROP AS
    SELECT m.client_id, max(s.until) AS until
    FROM (SELECT lead_id, max(occurred_at) AS until FROM scores GROUP BY lead_id) s
    JOIN leads l USING (lead_id) JOIN campaigns m USING (campaign_id)
    GROUP BY m.client_id"""
