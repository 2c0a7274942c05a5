"""Contract tables as frames: every column of the contract, in its order, with the type its kind asks for."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data.contract import CONTRACT, Kind

if TYPE_CHECKING:
    from data.simulator.arrays import Ints

NO_TIME = -1
"""Stands for a moment that is not there."""

TYPES = {
    Kind.INTEGER: "Int64",
    Kind.MONEY: "Int64",
    Kind.NUMBER: "Float64",
    Kind.FLAG: "boolean",
}


def to_moments(seconds: Ints) -> pd.DatetimeIndex:
    """Seconds since 1970 as moments in UTC; :data:`NO_TIME` becomes missing."""
    moments = seconds.astype("datetime64[s]")
    moments[seconds == NO_TIME] = np.datetime64("NaT")
    return pd.DatetimeIndex(moments).tz_localize("UTC").as_unit("us")


def lay_out(name: str, columns: dict[str, Any]) -> pd.DataFrame:
    """A contract table of the given columns.

    Args:
        name: the contract table.
        columns: arrays of one length; moments in seconds since 1970. ``known_at`` is ``occurred_at``
            where it is not given, other columns are empty.

    Raises:
        KeyError: the table has no such column.
    """
    table = CONTRACT[name]
    if unknown := set(columns) - set(table.names):
        raise KeyError(f"table {name} has no {', '.join(sorted(unknown))}")
    count = len(columns["occurred_at"])
    given = {"known_at": columns["occurred_at"], "known_at_assumed": np.zeros(count, dtype=bool), **columns}
    return pd.DataFrame({field.name: _make_column(field.kind, given.get(field.name), count) for field in table.columns})


def _make_column(kind: Kind, values: Any, count: int) -> Any:
    if values is None:
        values = [None] * count if kind is not Kind.MOMENT else np.full(count, NO_TIME)
    if kind is Kind.MOMENT:
        return to_moments(np.asarray(values))
    return pd.array(values, dtype=TYPES.get(kind, "str"))


def join_columns(parts: list[dict[str, Any]]) -> dict[str, Any]:
    """Columns of several parts, one part after the other."""
    return {name: np.concatenate([np.asarray(part[name]) for part in parts]) for name in parts[0]}


def keep_history(frame: pd.DataFrame, end_second: int) -> pd.DataFrame:
    """The rows that occurred before the end, in order of time."""
    end = pd.Timestamp(end_second, unit="s", tz="UTC")
    kept = frame[frame["occurred_at"] < end]
    return kept.sort_values("occurred_at", kind="stable").reset_index(drop=True)
