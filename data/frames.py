"""Contract tables in memory: Arrow tables with the contract's columns, in the contract's types.

Every function that computes something (features, ROI, monitoring) takes ``Tables``: a mapping from table name
to an Arrow table as :func:`to_arrow` makes it. Whether the rows came from PostgreSQL, from a flat file or
from the simulator cannot be seen from there, and does not matter.
"""

from __future__ import annotations

from collections.abc import Mapping
from typing import TYPE_CHECKING, Any

import pyarrow as pa

from data.contract import CONTRACT, Kind

if TYPE_CHECKING:
    import pandas as pd

    from data.contract import Table

Tables = Mapping[str, Any]
"""Table name to ``pyarrow.Table``; a table that is not in it has no rows."""

MOMENT = pa.timestamp("us", tz="UTC")

ARROW_TYPES = {
    Kind.KEY: pa.string(),
    Kind.TEXT: pa.string(),
    Kind.CODE: pa.string(),
    Kind.INTEGER: pa.int64(),
    Kind.MONEY: pa.int64(),
    Kind.NUMBER: pa.float64(),
    Kind.FLAG: pa.bool_(),
    Kind.MOMENT: MOMENT,
    Kind.ATTRIBUTES: pa.string(),
}

DTYPES = {
    Kind.KEY: "str",
    Kind.TEXT: "str",
    Kind.CODE: "str",
    Kind.INTEGER: "Int64",
    Kind.MONEY: "Int64",
    Kind.NUMBER: "float64",
    Kind.FLAG: "boolean",
    Kind.MOMENT: "datetime64[us, UTC]",
    Kind.ATTRIBUTES: "str",
}
"""The same for frames."""


def arrow_schema(table: Table) -> pa.Schema:
    """The Arrow schema of a contract table: its columns and ``superseded_at``, when a newer version came.

    >>> arrow_schema(CONTRACT["meeting_outcomes"]).names
    ['meeting_id', 'outcome', 'occurred_at', 'known_at', 'known_at_assumed', 'superseded_at']
    """
    columns = [(field.name, ARROW_TYPES[field.kind]) for field in table.columns]
    return pa.schema([*columns, ("superseded_at", MOMENT)])


def to_arrow(name: str, frame: pd.DataFrame) -> pa.Table:
    """Bring a frame into the contract's columns and types.

    Args:
        name: the contract table.
        frame: any of its columns; those missing become null, ``known_at`` becomes ``occurred_at``.

    Raises:
        KeyError: the frame has a column that the table does not.
    """
    schema = arrow_schema(CONTRACT[name])
    if unknown := set(frame.columns) - set(schema.names):
        raise KeyError(f"table {name} has no {', '.join(sorted(map(str, unknown)))}")
    columns = []
    for field in schema:
        source = "occurred_at" if field.name == "known_at" and "known_at" not in frame else field.name
        if source in frame:
            columns.append(pa.Array.from_pandas(frame[source], type=field.type))
        else:
            columns.append(pa.nulls(len(frame), field.type))
    return pa.Table.from_arrays(columns, schema=schema)


def empty_table(name: str) -> pa.Table:
    """A contract table without rows."""
    return arrow_schema(CONTRACT[name]).empty_table()
