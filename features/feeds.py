"""Feeding Arrow tables to prepared queries.

A prepared query of DuckDB is bound to the object that it reads. A feed is such an object that outlives the
tables: each execution streams the table that the feed holds at that moment. So planning, which costs more
than running a query for one lead, happens once.
"""

from __future__ import annotations

from typing import Any

import pyarrow as pa

from data.contract import CONTRACT
from data.errors import BadInput
from data.frames import arrow_schema
from features.compiling import compile_query
from features.questions import MOMENT
from features.registry import FEATURES
from features.sources import SOURCES


class Feed:
    """A relation whose rows can be exchanged; its schema stays.

    Args:
        schema: Arrow schema of every table that it will hold.
    """

    def __init__(self, schema: Any) -> None:
        self.table = self._empty = schema.empty_table()

    def __arrow_c_stream__(self, requested_schema: object = None) -> object:
        """The rows held now, by the Arrow PyCapsule protocol."""
        return self.table.__arrow_c_stream__(requested_schema)

    def clear(self) -> None:
        """Let go of the rows."""
        self.table = self._empty


def feed_schemas() -> dict[str, Any]:
    """The Arrow schema of each table as the queries read it: no column that no feature needs."""
    read: dict[str, set[str]] = {"leads": {"attributes"}}
    for source in SOURCES:
        query = compile_query(source, [one for one in FEATURES.values() if one.source is source])
        for name, columns in query.columns.items():
            read.setdefault(name, set()).update(columns)
    return {name: _without_zones(name, columns) for name, columns in read.items()}


def narrow_table(name: str, table: Any, schema: Any) -> Any:
    """Take the columns of a schema from a contract table; moments lose their zone, which is UTC.

    Raises:
        BadInput: the table lacks a column.
    """
    if missing := set(schema.names) - set(table.column_names):
        raise BadInput(f"the table {name} has no column {', '.join(sorted(missing))}.")
    columns = (table[field.name] for field in schema)
    cast = [
        # a cast to the same type costs as much as one that changes it
        column if column.type == field.type else column.cast(field.type)
        for column, field in zip(columns, schema, strict=True)
    ]
    return pa.table(cast, schema=schema)


def _without_zones(name: str, columns: set[str]) -> Any:
    contract = arrow_schema(CONTRACT[name])
    fields = (contract.field(column) for column in sorted(columns))
    return pa.schema([(field.name, MOMENT if pa.types.is_timestamp(field.type) else field.type) for field in fields])
