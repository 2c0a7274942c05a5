"""The columns of a frame as peers read them: numbers, and categories whose rare values are one."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from sklearn.compose import ColumnTransformer

RARE, MISSING = "(rare)", "(missing)"
LEAST_ROWS, MOST_VALUES = 5, 200


@dataclass(frozen=True)
class Columns:
    """Those columns of the training rows that tell something.

    Attributes:
        numbers: names.
        values: of each category, the values that are told apart; every other value is :data:`RARE`.
    """

    numbers: tuple[str, ...]
    values: dict[str, tuple[str, ...]]

    def tidy(self, frame: pd.DataFrame) -> pd.DataFrame:
        """Numbers as float, missing as NaN; categories as pandas has them, missing as missing."""
        numbers = {name: frame[name].astype("float64") for name in self.numbers}
        return pd.DataFrame(numbers | {name: self._code(frame[name], name) for name in self.values})

    def _code(self, column: pd.Series[Any], name: str) -> pd.Series[Any]:
        known = column.where(column.isin(self.values[name]) | column.isna(), RARE)
        categories = [*self.values[name], RARE]
        return pd.Series(pd.Categorical(known.astype(object), categories=categories), index=column.index)


def find_columns(frame: pd.DataFrame) -> Columns:
    """Find the columns that differ between rows, and the values of categories that at least five rows have.

    >>> found = find_columns(pd.DataFrame({"size": [1.0, 2, 2, 2, 2, 3], "kind": [*"aaaaab"], "same": 1.0}))
    >>> found.numbers, found.values
    (('size',), {'kind': ('a',)})
    """
    telling = [str(name) for name in frame if frame[name].nunique(dropna=False) > 1]
    numbers = tuple(name for name in telling if pd.api.types.is_numeric_dtype(frame[name]))
    values = {name: _list_values(frame[name]) for name in telling if name not in numbers}
    return Columns(numbers, values)


def make_design(columns: Columns) -> ColumnTransformer:
    """What turns a tidy frame into the matrix of a linear model or a network.

    Numbers: the median where missing, with a column that says so, standardised. Categories: a column for each value,
    a missing one is a value.
    """
    from sklearn.compose import make_column_transformer
    from sklearn.impute import SimpleImputer
    from sklearn.pipeline import make_pipeline
    from sklearn.preprocessing import OneHotEncoder, StandardScaler

    numbers = make_pipeline(SimpleImputer(strategy="median", add_indicator=True), StandardScaler())
    encoder = OneHotEncoder(handle_unknown="ignore", sparse_output=False, dtype=np.float64)
    categories = make_pipeline(SimpleImputer(strategy="constant", fill_value=MISSING), encoder)
    return make_column_transformer((numbers, list(columns.numbers)), (categories, list(columns.values)))


def _list_values(column: pd.Series[Any]) -> tuple[str, ...]:
    counts = column.value_counts().head(MOST_VALUES)
    return tuple(sorted(str(value) for value in counts.index[counts >= LEAST_ROWS]))
