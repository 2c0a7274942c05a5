"""The contract's rows as they were visible at one moment, ready for SQL."""

from __future__ import annotations

from contextlib import contextmanager
from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import duckdb

from data.frames import empty_table

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from data.frames import Tables


@contextmanager
def open_visible(tables: Tables, names: Iterable[str], as_of: datetime) -> Iterator[Any]:
    """A DuckDB connection with one view per table named, of the rows visible at ``as_of``.

    A row is visible when it had happened and was known before ``as_of`` and had not yet been superseded.

    Args:
        tables: contract tables; a missing one has no rows.
        names: of the tables that are read.
        as_of: a moment with a time zone.
    """
    moment = write_moment(as_of)
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name in names:
            connection.register(f"{name}_versions", tables.get(name, empty_table(name)))
            connection.execute(
                f"""CREATE TEMP VIEW {name} AS SELECT * FROM {name}_versions
                WHERE occurred_at < {moment} AND known_at < {moment}
                  AND (superseded_at IS NULL OR superseded_at >= {moment})"""
            )
        yield connection


def write_moment(moment: datetime) -> str:
    """A moment as an SQL literal, in UTC.

    >>> write_moment(datetime(2026, 1, 2, tzinfo=UTC))
    "TIMESTAMPTZ '2026-01-02 00:00:00+00:00'"
    """
    return f"TIMESTAMPTZ '{moment.astimezone(UTC).isoformat(sep=' ')}'"
