"""Merging contract rows into the store: what is new is added, what changed adds a version, the rest stays.

Rows are copied into temporary tables first; everything after that is SQL over whole tables, so the cost of a
row does not depend on how many arrive together. The caller's transaction makes it all or nothing.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pyarrow as pa
import pyarrow.csv
import sqlalchemy as sa

from data.contract import CONTRACT
from data.contract.problem import Problem
from data.frames import ARROW_TYPES
from data.store.refusals import REFUSED, refuse_rows
from data.store.versions import Arrival, add_versions, find_scored

if TYPE_CHECKING:
    from collections.abc import Callable, Mapping
    from datetime import datetime

    import pandas as pd


LOCK = 0x696D706F  # one merge at a time: the letters "impo"
SORTED_IN_MEMORY = "64MB"  # a chunk of staged rows
WRITE = pyarrow.csv.WriteOptions(include_header=False)


@dataclass(frozen=True)
class Merge:
    """What became of the rows.

    Attributes:
        changed: contract rows added per table, new ones and new versions.
        changed_rows: the source rows that they came from.
        refused: why source rows were left out, one problem for each.
        late: contract rows known from their arrival, because scores of a later moment than theirs had been given.
        unready: leads taken as qualified although they lack what a handover needs, because it is history.
    """

    changed: dict[str, int]
    changed_rows: set[int]
    refused: list[Problem]
    late: int = 0
    unready: int = 0

    def add(self, other: Merge, refused: list[Problem]) -> Merge:
        """This and another merge as one, with what was refused in the end."""
        changed = Counter(self.changed)
        changed.update(other.changed)
        rows, late, unready = (
            self.changed_rows | other.changed_rows,
            self.late + other.late,
            self.unready + other.unready,
        )
        return Merge(dict(changed), rows, refused, late, unready)


def lock_merges(connection: sa.Connection) -> None:
    """Wait until no other import is under way; held until the transaction ends, which sorts in memory meanwhile."""
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": LOCK})
    connection.exec_driver_sql(f"SET LOCAL work_mem = '{SORTED_IN_MEMORY}'")


def merge_rows(
    connection: sa.Connection,
    tables: Mapping[str, pd.DataFrame],
    *,
    import_id: int | None,
    arrived_at: datetime,
    seen_before: bool = False,
    handover_history: bool = False,
    note_twins: Callable[[sa.Connection, list[str]], None] | None = None,
) -> Merge:
    """Merge contract rows into the store.

    Args:
        connection: in a transaction that holds :func:`lock_merges`.
        tables: typed rows with all contract columns; the index is the source row.
        import_id: the import they belong to.
        arrived_at: when they arrived; see :func:`data.store.versions.add_versions` for when a row counts as known.
        seen_before: the very same file was imported before, so that older versions in it are no news.
        handover_history: leads that were qualified before callworth are taken as they were.
        note_twins: see :func:`data.store.refusals.refuse_rows`.

    Returns:
        What was added and what was refused: a row that names a parent that is not there, a lead's second
        outcome, two different rows with one key, a qualification without title, consent or next action. A refused
        source row is in no table.
    """
    staged = [name for name in CONTRACT if name in tables and len(tables[name])]
    _prepare(connection, staged)
    for name in staged:
        _copy(connection, name, tables[name])
    unready = refuse_rows(connection, staged, handover_history=handover_history, note_twins=note_twins)
    arrival, scored = Arrival(import_id, arrived_at, seen_before), find_scored(connection)
    changed, changed_rows, late = {}, set(), 0
    for name in staged:
        rows, count = add_versions(connection, CONTRACT[name], arrival, scored=scored)
        changed[name] = len(rows)
        changed_rows.update(rows)
        late += count
    refused = connection.execute(sa.text("SELECT DISTINCT ON (import_row) * FROM refused ORDER BY import_row"))
    return Merge(changed, changed_rows, [Problem(*row) for row in refused], late, unready)


def find_stored(connection: sa.Connection, name: str, rows: pd.DataFrame) -> list[int]:
    """The source rows of one table whose very content the store has as a version, newest or older.

    Args:
        connection: in a transaction that holds :func:`lock_merges`.
        name: of the contract table.
        rows: typed, with all contract columns; the index is the source row.
    """
    table = CONTRACT[name]
    _prepare(connection, [name])
    _copy(connection, name, rows)
    mine, theirs = (", ".join(f"{alias}.{field}" for field in table.content) for alias in ("s", "v"))
    query = f"""
        SELECT s.import_row FROM stage_{name} s WHERE EXISTS (
            SELECT FROM {name} v
            WHERE v.{table.key} = s.{table.key} AND ROW({theirs}) IS NOT DISTINCT FROM ROW({mine}))"""
    return list(connection.exec_driver_sql(query).scalars())


def _prepare(connection: sa.Connection, staged: list[str]) -> None:
    statements = [
        "DROP TABLE IF EXISTS refused",
        REFUSED,
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
