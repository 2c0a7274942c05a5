"""Current rows of the store as typed frames, to be changed and merged back as new versions."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import sqlalchemy as sa

from data.contract import CONTRACT, Kind
from data.frames import DTYPES
from data.store.merging import merge_rows

if TYPE_CHECKING:
    from collections.abc import Iterable
    from datetime import datetime

    from data.contract import Field

REFERENCES = {
    of: tuple(
        (table.name, field) for table in CONTRACT.values() for field, parent in table.references() if parent == of
    )
    for of in ("companies", "contacts")
}
"""Which fields of which tables name a company or a contact; a merged record itself names the one that stands for it."""


def read_current(connection: sa.Connection, table: str, field: str, values: Iterable[str]) -> pd.DataFrame:
    """The current rows of a contract table whose ``field`` has one of the values, typed, by their key."""
    current = f"superseded_at IS NULL AND {field} = ANY(CAST(:values AS text[]))"
    return read_versions(connection, table, current, {"values": list(values)})


def read_versions(connection: sa.Connection, table: str, condition: str, values: dict[str, Any]) -> pd.DataFrame:
    """The versions of a contract table that meet a condition, one of each row at most, typed, by their key."""
    fields = CONTRACT[table].columns
    query = f"SELECT {', '.join(_read_as_text(column) for column in fields)} FROM {table} WHERE {condition}"
    rows = connection.execute(sa.text(query), values).all()
    frame = pd.DataFrame(rows, columns=[column.name for column in fields], dtype="object")
    typed = frame.astype({column.name: DTYPES[column.kind] for column in fields})
    return typed.set_index(CONTRACT[table].key, drop=False).rename_axis(None)


def _read_as_text(field: Field) -> str:
    """SQL: a field; attributes as the JSON that they are written back as."""
    return f"{field.name}::text" if field.kind is Kind.ATTRIBUTES else field.name


def put_versions(connection: sa.Connection, tables: dict[str, pd.DataFrame], at: datetime) -> None:
    """Merge changed rows back: each becomes a version that is known from ``at`` on."""
    start, staged = 0, {}
    for name, rows in tables.items():  # the merge tells source rows apart by their number, over all tables
        staged[name] = rows.assign(known_at_assumed=True).set_axis(range(start, start + len(rows)))
        start += len(rows)
    refused = merge_rows(connection, staged, import_id=None, arrived_at=at).refused
    assert not refused, refused[0].rule  # noqa: S101 - rows of the store, changed in a reference that is there
