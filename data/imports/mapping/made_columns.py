"""Columns that are made of others before rows are read: the first that is filled in, several joined, or looked up.

A column that is looked up in another file is kept with a row that goes to quarantine: there it can be filled in by
hand, where the other file lacks it.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary


@dataclass(frozen=True)
class MadeColumn:
    """How a column is made: exactly one of ``first``, ``least``, ``join`` and ``lookup``.

    Attributes:
        first: of these columns the first that is filled in; some may not be in the file.
        least: of what these columns hold the smallest text, which of ISO dates is the earliest.
        join: these columns, one after the other, those that are empty left out.
        lookup: the file of the same folder in which it is looked up.
        by: the column that is looked up there.
        key: the column of that file in which ``by`` stands.
        take: the column of that file that is taken.
        several: which of rows that fit and differ: "first", "least" (of ISO dates the earliest) or "none".
        between: stands between columns that are joined.
        split: where a field lists several values, what parts them; the first of them is taken.
        missing: values that mean that nothing is known.
        optional: the column stays empty where what it is made of is not there.
    """

    first: tuple[str, ...] = ()
    least: tuple[str, ...] = ()
    join: tuple[str, ...] = ()
    lookup: str | None = None
    by: str | None = None
    key: str | None = None
    take: str | None = None
    several: str = "first"
    between: str = " "
    split: str | None = None
    missing: tuple[str, ...] = ()
    optional: bool = False

    @property
    def inputs(self) -> tuple[str, ...]:
        """The columns of the same file that it is made of."""
        return (*self.first, *self.least, *self.join, *((self.by,) if self.by else ()))


SEVERAL = ("first", "least", "none")

Found = dict[MadeColumn, "pd.Series"]
"""What lookups found: for each its values by key."""


def make_columns(chunk: pd.DataFrame, columns: Dictionary[str, MadeColumn], found: Found | None = None) -> pd.DataFrame:
    """Add the columns that are made, in the order in which they are declared; each may use those before it.

    Args:
        chunk: text of the source.
        columns: how each is made.
        found: what lookups found; where there is none, those that the chunk brings along stay as they are.

    >>> rows = pd.DataFrame({"Mobile": ["", "2"], "Phone": ["1", "3"]})
    >>> list(make_columns(rows, {"any": MadeColumn(first=("Mobile", "Phone"))})["any"])
    ['1', '2']
    """
    made = chunk.copy(deep=False)
    for name, column in columns.items():
        if column.lookup is None:
            made[name] = _make(made, column)
        elif found is not None:
            made[name] = _look_up(made, column, found[column])
        elif name not in made:
            made[name] = _empty(made)
    return made


def keep_looked_up(made: pd.DataFrame, columns: Dictionary[str, MadeColumn]) -> pd.DataFrame:
    """The source's own columns and those looked up elsewhere: what a row needs to be read again by itself."""
    return made[[name for name in made.columns if name not in columns or columns[name].lookup]]


def own_columns(chunk: pd.DataFrame, columns: Dictionary[str, MadeColumn]) -> pd.DataFrame:
    """The source's own columns."""
    return chunk[[name for name in chunk.columns if name not in columns]] if columns else chunk


def _make(rows: pd.DataFrame, column: MadeColumn) -> pd.Series:
    if column.first:
        return _take_first(rows, column)
    return _take_least(rows, column) if column.least else _join(rows, column)


def _take_first(rows: pd.DataFrame, column: MadeColumn) -> pd.Series:
    taken = _empty(rows)
    for name in column.first:
        taken = taken.where(taken != "", _read(rows, name, column))
    return taken


def _take_least(rows: pd.DataFrame, column: MadeColumn) -> pd.Series:
    least = _empty(rows)
    for name in column.least:
        text = _read(rows, name, column)
        least = least.mask((text != "") & ((least == "") | (text < least)), text)
    return least


def _join(rows: pd.DataFrame, column: MadeColumn) -> pd.Series:
    joined = _empty(rows)
    for name in column.join:
        text = _read(rows, name, column)
        between = ((joined != "") & (text != "")).map({True: column.between, False: ""})
        joined = joined + between + text
    return joined


def _look_up(rows: pd.DataFrame, column: MadeColumn, found: pd.Series) -> pd.Series:
    return _read(rows, column.by or "", column).map(found).fillna("").astype("str")


def _read(rows: pd.DataFrame, name: str, column: MadeColumn) -> pd.Series:
    if name not in rows:
        return _empty(rows)
    text = rows[name].str.strip()
    if column.split:
        text = text.str.split(column.split, n=1, regex=False).str[0].str.strip()
    return text.mask(text.isin(column.missing), "") if column.missing else text


def _empty(rows: pd.DataFrame) -> pd.Series:
    return pd.Series("", index=rows.index, dtype="str")
