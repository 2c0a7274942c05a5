"""What a store holds: as counts that a reader sees, and as a dump that does not depend on how often it was tried."""

from __future__ import annotations

import random
import sys
from contextlib import contextmanager
from dataclasses import dataclass
from threading import Event, Thread
from typing import TYPE_CHECKING

import psycopg

from data.store.schema import METADATA

if TYPE_CHECKING:
    from collections.abc import Iterator

PAUSE_SECONDS = 0.01
TABLES = sorted(METADATA.tables)
SERIALS = {column.name: table.name for table in METADATA.tables.values() for column in table.columns if column.identity}
"""Columns of serial numbers, which count attempts as well, and the table that gives each."""

TIMES = ("arrived_at", "released_at", "merged_at", "undone_at")
"""Columns that say when something was done to the store."""

_COUNTS = "SELECT " + ", ".join(f"(SELECT count(*) FROM {name})" for name in TABLES)

Counts = tuple[int, ...]
NOTHING: Counts = (0,) * len(TABLES)


@dataclass(frozen=True)
class Undisturbed:
    """How long an import took, what it left, and how many rows of each table."""

    seconds: float
    dump: dict[str, list[str]]
    counts: Counts


def count_rows(url: str) -> Counts:
    """The rows of each table, in one snapshot."""
    with psycopg.connect(url) as connection:
        return tuple(connection.execute(_COUNTS).fetchone() or ())


def dump(url: str) -> dict[str, list[str]]:
    """All rows in order, without the times of imports; what has a serial number is named by its place among all."""
    with psycopg.connect(url) as connection:
        places = {name: _find_places(connection, table, name) for name, table in SERIALS.items()}
        return {name: _dump_table(connection, name, places) for name in TABLES}


def _find_places(connection: psycopg.Connection, table: str, name: str) -> dict[int, int]:
    numbers = connection.execute(f"SELECT {name} FROM {table} ORDER BY 1").fetchall()  # type: ignore[arg-type]
    return {number: place for place, (number,) in enumerate(numbers)}


def _dump_table(connection: psycopg.Connection, name: str, places: dict[str, dict[int, int]]) -> list[str]:
    columns = [column.name for column in METADATA.tables[name].columns if column.name not in TIMES]
    rows = connection.execute(f"SELECT {', '.join(columns)} FROM {name}").fetchall()  # type: ignore[arg-type]
    pairs = (zip(columns, row, strict=True) for row in rows)
    return sorted(str([places[column].get(value) if column in places else value for column, value in p]) for p in pairs)


def empty(url: str) -> None:
    """Take all rows out."""
    with psycopg.connect(url) as connection:
        connection.execute(f"TRUNCATE {', '.join(TABLES)}")  # type: ignore[arg-type]


@contextmanager
def watch(url: str) -> Iterator[set[Counts]]:
    """Count the rows again and again, as a reader would see them; the counts that were ever seen."""
    seen: set[Counts] = set()
    stopped = Event()

    def look() -> None:
        with psycopg.connect(url, autocommit=True) as connection:
            while not stopped.wait(PAUSE_SECONDS):
                seen.add(tuple(connection.execute(_COUNTS).fetchone() or ()))

    reader = Thread(target=look)
    reader.start()
    try:
        yield seen
    finally:
        stopped.set()
        reader.join()


def draw_moments(times: int, seconds: float) -> list[float]:
    """Random moments of an import that takes so long; the seed is printed, so that they can be had again."""
    seed = random.randrange(1 << 32)
    sys.stdout.write(f"seed {seed}, {times} moments within {seconds:.2f} seconds\n")
    drawn = random.Random(seed)
    return [drawn.uniform(0, seconds) for _ in range(times)]
