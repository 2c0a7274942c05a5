"""Every column in a few bands of values, as people read a table: what peers without arithmetic learn from."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.peers.columns import find_columns

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray

    from benchmarks.peers.columns import Columns

NOTHING = -1


@dataclass(frozen=True)
class Bands:
    """How columns are cut into bands.

    Attributes:
        columns: of the training rows.
        edges: of each number, rising; a value belongs to the band above the last edge that is not above it.
    """

    columns: Columns
    edges: dict[str, NDArray[np.float64]]

    @property
    def names(self) -> tuple[str, ...]:
        """The columns, in order."""
        return (*self.columns.numbers, *self.columns.values)

    def code(self, frame: pd.DataFrame) -> NDArray[np.intp]:
        """The band of each row in each column (n, columns), :data:`NOTHING` where the value is missing."""
        tidy = self.columns.tidy(frame)
        numbers = [self._code_number(tidy[name], name) for name in self.columns.numbers]
        categories = [tidy[name].cat.codes.to_numpy(np.intp) for name in self.columns.values]
        return np.column_stack([np.empty((len(frame), 0), np.intp), *numbers, *categories])

    def _code_number(self, column: pd.Series[Any], name: str) -> NDArray[np.intp]:
        band = np.searchsorted(self.edges[name], column.to_numpy(float), side="right")
        return np.where(column.isna(), NOTHING, band).astype(np.intp)


def cut_bands(frame: pd.DataFrame, most: int) -> Bands:
    """Cut numbers at quantiles into at most so many bands; each value of a category is one.

    >>> bands = cut_bands(pd.DataFrame({"size": [1.0, 2, 3, 4, None]}), 2)
    >>> bands.code(pd.DataFrame({"size": [0.0, 9.0, None]})).ravel().tolist()
    [0, 1, -1]
    """
    columns = find_columns(frame)
    shares = np.arange(1, most) / most
    edges = {name: np.unique(frame[name].astype("float64").dropna().quantile(shares)) for name in columns.numbers}
    return Bands(columns, edges)


def count_bands(codes: NDArray[np.intp], weight: NDArray[np.float64]) -> list[NDArray[np.float64]]:
    """The weight of the rows in each band, a vector for each column."""
    return [np.asarray(np.bincount(column[column >= 0], weight[column >= 0]), float) for column in codes.T]


def look_up(tables: list[NDArray[np.float64]], codes: NDArray[np.intp]) -> NDArray[np.float64]:
    """Add up, for each row, what the tables have for its bands; a missing or unknown band adds nothing (n,)."""
    total = np.zeros(len(codes))
    for table, column in zip(tables, codes.T, strict=True):
        known = (column >= 0) & (column < len(table))
        total[known] += table[column[known]]
    return total
