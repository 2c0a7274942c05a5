"""Staged rows that the store refuses: two contents of one key, a parent that is not there, a second outcome."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.contract import CONTRACT
from data.store.handovers import TWINS, UNREADY, find_unready, refuse_unready

if TYPE_CHECKING:
    from collections.abc import Callable

    import sqlalchemy as sa

    from data.contract import Table

REFUSED = (
    'CREATE TEMP TABLE refused (import_row bigint, table_name text, "column" text, value text, rule text,'
    " reason text, remedy text) ON COMMIT DROP"
)


def refuse_rows(
    connection: sa.Connection,
    staged: list[str],
    *,
    handover_history: bool = False,
    note_twins: Callable[[sa.Connection, list[str]], None] | None = None,
) -> int:
    """Write into the temporary table ``refused`` what is wrong with the rows in ``stage_…`` of the tables named.

    Args:
        connection: in the transaction that staged the rows.
        staged: the tables.
        handover_history: leads that were qualified before callworth are taken as they were.
        note_twins: given the tables, writes into ``twins`` which contacts will be one with others.

    Returns:
        How many qualifications were taken although they lack what a handover needs.
    """
    for name in staged:
        connection.exec_driver_sql(_refuse_twice(CONTRACT[name]))
    if "lead_stages" in staged:
        connection.exec_driver_sql("DROP TABLE IF EXISTS twins")
        connection.exec_driver_sql(TWINS)
        if note_twins:
            note_twins(connection, staged)
    count = -1
    while count != (count := _count_refused(connection)):  # a refused parent takes its children with it
        for name in staged:
            for field, parent in CONTRACT[name].references():
                connection.exec_driver_sql(_refuse_orphans(name, field, CONTRACT[parent], staged))
        for name, other in (("deals", "lead_stages"), ("lead_stages", "deals")):
            if name in staged:
                connection.exec_driver_sql(_refuse_second_outcome(name, other, staged))
        unready = _find_unready(connection, staged)
        if unready and not handover_history:
            connection.exec_driver_sql(refuse_unready())
    return unready


def _find_unready(connection: sa.Connection, staged: list[str]) -> int:
    """How many staged qualifications, not refused, lack what a handover needs; they are in ``unready``."""
    if "lead_stages" not in staged:
        return 0
    for statement in ("DROP TABLE IF EXISTS unready", UNREADY, find_unready(staged, not_refused("s"))):
        connection.exec_driver_sql(statement)
    return int(connection.exec_driver_sql("SELECT count(*) FROM unready").scalar_one())


def not_refused(alias: str) -> str:
    """SQL: the source row of a staged row was not refused."""
    return f"NOT EXISTS (SELECT FROM refused r WHERE r.import_row = {alias}.import_row)"


def _count_refused(connection: sa.Connection) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM refused").scalar_one())


def _refuse_twice(table: Table) -> str:
    key, content = table.key, ", ".join(table.content)
    return f"""
        INSERT INTO refused
        SELECT import_row, '{table.name}', '{key}', {key}, '{key}: twice',
               'row ' || first_row || ' has the same {key} and other content', 'keep one of the two'
        FROM (SELECT import_row, {key}, first_value(import_row) OVER same AS first_row,
                     ROW({content}) IS DISTINCT FROM first_value(ROW({content})) OVER same AS differs
              FROM stage_{table.name}
              WINDOW same AS (PARTITION BY {key}, CASE WHEN known_at_assumed THEN NULL ELSE known_at END
                              ORDER BY import_row)) s
        WHERE differs"""


def _refuse_orphans(name: str, field: str, parent: Table, staged: list[str]) -> str:
    """SQL: each parent is looked up once, by its index, whose cost does not grow with how many there are."""
    arriving = (
        f"AND NOT EXISTS (SELECT FROM stage_{parent.name} p WHERE p.{parent.key} = s.{field} AND {not_refused('p')})"
        if parent.name in staged
        else ""
    )
    return f"""
        INSERT INTO refused
        SELECT s.import_row, '{name}', '{field}', s.{field}, '{field}: unknown',
               'there is no such row in {parent.name}', 'import its {parent.name} first or correct the {field}'
        FROM stage_{name} s
        WHERE {not_refused("s")} {arriving} AND s.{field} IN (
            SELECT d.{field} FROM (SELECT DISTINCT {field} FROM stage_{name}) d
            WHERE (SELECT TRUE FROM {parent.name} p WHERE p.{parent.key} = d.{field} LIMIT 1) IS NULL)"""


def _refuse_second_outcome(name: str, other: str, staged: list[str]) -> str:
    lost = "stage = 'lost'"
    mine, theirs = (lost, "TRUE") if name == "lead_stages" else ("TRUE", lost)
    word = "lost" if name == "deals" else "won"
    arriving = (
        f"OR EXISTS (SELECT FROM stage_{other} o WHERE o.lead_id = s.lead_id AND {theirs} AND {not_refused('o')})"
        if other in staged
        else ""
    )
    return f"""
        INSERT INTO refused
        SELECT s.import_row, '{name}', 'lead_id', s.lead_id, 'lead_id: two outcomes',
               'the lead is already {word}, and a lead has one outcome', 'keep the outcome that is true'
        FROM (SELECT * FROM stage_{name} WHERE {mine}) s
        WHERE {not_refused("s")}
          AND (EXISTS (SELECT FROM {other} o WHERE o.lead_id = s.lead_id AND o.superseded_at IS NULL AND {theirs})
               {arriving})"""
