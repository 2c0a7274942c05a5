"""Merging contract rows into the store: what is new is added, what changed adds a version, the rest stays.

Rows are copied into temporary tables first; everything after that is SQL over whole tables, so the cost of a
row does not depend on how many arrive together. The caller's transaction makes it all or nothing.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv
import sqlalchemy as sa

from data.contract import CONTRACT
from data.contract.problem import Problem
from data.frames import ARROW_TYPES

if TYPE_CHECKING:
    from collections.abc import Mapping
    from datetime import datetime

    import pandas as pd

    from data.contract import Table

LOCK = 0x696D706F  # one merge at a time: the letters "impo"
WRITE = pyarrow.csv.WriteOptions(include_header=False)


@dataclass(frozen=True)
class Merge:
    """What became of the rows.

    Attributes:
        changed: contract rows added per table, new ones and new versions.
        changed_rows: the source rows that they came from.
        refused: why source rows were left out, one problem for each.
    """

    changed: dict[str, int]
    changed_rows: set[int]
    refused: list[Problem]


def lock_merges(connection: sa.Connection) -> None:
    """Wait until no other import is under way; held until the transaction ends."""
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})


def merge_rows(
    connection: sa.Connection,
    tables: Mapping[str, pd.DataFrame],
    *,
    import_id: int | None,
    arrived_at: datetime,
    seen_before: bool = False,
) -> Merge:
    """Merge contract rows into the store.

    Args:
        connection: in a transaction that holds :func:`lock_merges`.
        tables: typed rows with all contract columns; the index is the source row.
        import_id: the import they belong to.
        arrived_at: when they arrived; a changed row whose source does not say when is known from then on.
        seen_before: the very same file was imported before, so that older versions in it are no news.

    Returns:
        What was added and what was refused: a row that names a parent that is not there, a lead's second
        outcome, two different rows with one key. A refused source row is in no table.
    """
    staged = [name for name in CONTRACT if name in tables and len(tables[name])]
    _prepare(connection, staged)
    for name in staged:
        _copy(connection, name, tables[name])
    _refuse_rows(connection, staged)
    values = {"import_id": import_id, "arrived_at": arrived_at, "seen": seen_before}
    changed, changed_rows = {}, set()
    for name in staged:
        rows = _merge_table(connection, CONTRACT[name], values)
        changed[name] = len(rows)
        changed_rows.update(rows)
    refused = connection.execute(sa.text("SELECT DISTINCT ON (import_row) * FROM refused ORDER BY import_row"))
    return Merge(changed, changed_rows, [Problem(*row) for row in refused])


def _prepare(connection: sa.Connection, staged: list[str]) -> None:
    statements = [
        "DROP TABLE IF EXISTS refused",
        'CREATE TEMP TABLE refused (import_row bigint, table_name text, "column" text, value text, rule text,'
        " reason text, remedy text) ON COMMIT DROP",
    ]
    for name in staged:
        columns = ", ".join(CONTRACT[name].names)
        statements += [
            f"DROP TABLE IF EXISTS stage_{name}",
            f"CREATE TEMP TABLE stage_{name} ON COMMIT DROP AS SELECT {columns}, import_row FROM {name} WITH NO DATA",
        ]
    for statement in statements:
        connection.exec_driver_sql(statement)


def _copy(connection: sa.Connection, name: str, rows: pd.DataFrame) -> None:
    table = CONTRACT[name]
    arrays = [pa.Array.from_pandas(rows[field.name], type=ARROW_TYPES[field.kind]) for field in table.columns]
    arrow = pa.table([*arrays, pa.array(rows.index, pa.int64())], names=[*table.names, "import_row"])
    driver: Any = connection.connection.driver_connection
    with driver.cursor().copy(f"COPY stage_{name} FROM STDIN (FORMAT csv)") as copy:
        for batch in arrow.to_batches(max_chunksize=50_000):
            sink = pa.BufferOutputStream()
            pyarrow.csv.write_csv(batch, sink, WRITE)
            copy.write(sink.getvalue().to_pybytes())
    connection.exec_driver_sql(f"ANALYZE stage_{name}")


def _refuse_rows(connection: sa.Connection, staged: list[str]) -> None:
    for name in staged:
        connection.exec_driver_sql(_refuse_twice(CONTRACT[name]))
    count = -1
    while count != (count := _count_refused(connection)):  # a refused parent takes its children with it
        for name in staged:
            for field, parent in CONTRACT[name].references():
                connection.exec_driver_sql(_refuse_orphans(name, field, CONTRACT[parent], staged))
        for name, other in (("deals", "lead_stages"), ("lead_stages", "deals")):
            if name in staged:
                connection.exec_driver_sql(_refuse_second_outcome(name, other, staged))


def _count_refused(connection: sa.Connection) -> int:
    return int(connection.exec_driver_sql("SELECT count(*) FROM refused").scalar_one())


def _not_refused(alias: str) -> str:
    return f"NOT EXISTS (SELECT FROM refused r WHERE r.import_row = {alias}.import_row)"


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
    arriving = (
        f"AND NOT EXISTS (SELECT FROM stage_{parent.name} p WHERE p.{parent.key} = s.{field} AND {_not_refused('p')})"
        if parent.name in staged
        else ""
    )
    return f"""
        INSERT INTO refused
        SELECT s.import_row, '{name}', '{field}', s.{field}, '{field}: unknown',
               'there is no such row in {parent.name}', 'import its {parent.name} first or correct the {field}'
        FROM stage_{name} s
        WHERE s.{field} IS NOT NULL AND {_not_refused("s")} {arriving}
          AND NOT EXISTS (SELECT FROM {parent.name} p WHERE p.{parent.key} = s.{field})"""


def _refuse_second_outcome(name: str, other: str, staged: list[str]) -> str:
    lost = "stage = 'lost'"
    mine, theirs = (lost, "TRUE") if name == "lead_stages" else ("TRUE", lost)
    word = "lost" if name == "deals" else "won"
    arriving = (
        f"OR EXISTS (SELECT FROM stage_{other} o WHERE o.lead_id = s.lead_id AND {theirs} AND {_not_refused('o')})"
        if other in staged
        else ""
    )
    return f"""
        INSERT INTO refused
        SELECT s.import_row, '{name}', 'lead_id', s.lead_id, 'lead_id: two outcomes',
               'the lead is already {word}, and a lead has one outcome', 'keep the outcome that is true'
        FROM (SELECT * FROM stage_{name} WHERE {mine}) s
        WHERE {_not_refused("s")}
          AND (EXISTS (SELECT FROM {other} o WHERE o.lead_id = s.lead_id AND o.superseded_at IS NULL AND {theirs})
               {arriving})"""


def _merge_table(connection: sa.Connection, table: Table, values: dict[str, Any]) -> list[int]:
    connection.execute(sa.text(_select_news(table)), values)
    rows = connection.execute(sa.text(_insert_news(table)), values).scalars().all()
    if connection.exec_driver_sql("SELECT EXISTS (SELECT FROM news WHERE NOT alone)").scalar_one():
        for ending in ("IS NOT NULL", "IS NULL"):  # ends before beginnings: one current version at any moment
            connection.exec_driver_sql(_chain_versions(table, ending))
    connection.exec_driver_sql("DROP TABLE news")
    return list(rows)


def _chain_versions(table: Table, ending: str) -> str:
    return f"""
        UPDATE {table.name} t SET superseded_at = c.ends
        FROM (SELECT v.ctid AS at, lead(v.known_at) OVER (
                  PARTITION BY v.{table.key}
                  ORDER BY v.known_at, v.superseded_at IS NOT DISTINCT FROM '-infinity', v.superseded_at) AS ends
              FROM {table.name} v
              JOIN (SELECT DISTINCT {table.key} FROM news WHERE NOT alone) n USING ({table.key})) c
        WHERE t.ctid = c.at AND c.ends {ending} AND t.superseded_at IS DISTINCT FROM c.ends"""


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
                           s.* FROM stage_{table.name} s WHERE {_not_refused("s")}
                    ORDER BY {_list(table, "s")}, CASE WHEN s.known_at_assumed THEN NULL ELSE s.known_at END,
                             s.occurred_at, s.import_row) s
              WINDOW versions AS (PARTITION BY {key})) s
        WHERE NOT EXISTS (
            SELECT FROM {table.name} v WHERE v.{key} = s.{key} AND {same}
              AND CASE WHEN s.known_at_assumed THEN v.superseded_at IS NULL OR :seen
                       ELSE v.known_at = s.known_at
                            OR (v.superseded_at IS NULL AND s.first_known = s.last_known) END)
        ORDER BY s.{key}, s.known_at, s.import_row"""


def _insert_news(table: Table) -> str:
    names = [name for name in table.names if name not in ("known_at", "known_at_assumed")]
    columns = ", ".join(names)
    changed = f"known_at_assumed AND EXISTS (SELECT FROM {table.name} v WHERE v.{table.key} = n.{table.key})"
    return f"""
        INSERT INTO {table.name} ({columns}, known_at, known_at_assumed, superseded_at, import_id, import_row)
        SELECT {columns}, CASE WHEN {changed} THEN :arrived_at ELSE known_at END,
               known_at_assumed AND NOT ({changed}),
               CASE WHEN NOT alone THEN '-infinity'::timestamptz END, CAST(:import_id AS bigint), import_row
        FROM news n RETURNING import_row"""


def _list(table: Table, alias: str) -> str:
    return ", ".join(f"{alias}.{name}" for name in table.content)
