"""A column as a few codes, whatever stands in it: what is counted by outcome."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data.personal import is_unmistakable

if TYPE_CHECKING:
    from numpy.typing import NDArray

FEW_VALUES = 32
MOST_BINS = 20
BIN_ROWS = 30
HEAP = 0.02
"""Share of the filled rows from which one number, as 0 or 999, is a value of its own and no part of a range."""
LEAST_ROWS = 5
"""Of a text; rarer ones are taken together."""
NAMED_ROWS = 20
"""Of a text that a reason may name; a rarer one may say who somebody is."""
RARE = "rare values"


@dataclass(frozen=True)
class Codes:
    """A column's codes.

    Attributes:
        code: of each row; 0 where the column is empty, else a place in ``words``.
        words: what each code stands for; the first is that of empty rows.
        ranges: how many codes, the last ones, are ranges of numbers and no single values.
    """

    code: NDArray[np.intp]
    words: tuple[str, ...]
    ranges: int = 0


def code_column(column: pd.Series[Any]) -> Codes:
    """Give each row of a column a code.

    A text is its own value; a number is too where there are few or where many rows share it, and else lies in one of
    up to 20 ranges of as many rows.

    >>> code_column(pd.Series([0.0, None, 7.0, 0.0])).code.tolist()
    [1, 0, 2, 1]
    """
    if pd.api.types.is_numeric_dtype(column) or pd.api.types.is_bool_dtype(column):
        return _code_numbers(column.to_numpy(dtype=float, na_value=np.nan))
    return _code_texts(column)


def _code_texts(column: pd.Series[Any]) -> Codes:
    place, values = pd.factorize(column)
    rows = np.bincount(place[place >= 0], minlength=len(values))
    texts = [str(value) for value in values]
    code, words = np.zeros(len(values), dtype=np.intp), ["empty", RARE]
    for number, text in enumerate(texts):
        if not text.strip():
            continue
        if rows[number] < LEAST_ROWS:
            code[number] = 1
            continue
        code[number] = len(words)
        nameable = rows[number] >= NAMED_ROWS and not is_unmistakable(text)
        words.append(f"'{text}'" if nameable else "one of its values")
    return Codes(np.append(code, 0)[place], tuple(words))


def _code_numbers(numbers: NDArray[np.float64]) -> Codes:
    filled = np.isfinite(numbers)
    values, place, rows = np.unique(numbers[filled], return_inverse=True, return_counts=True)
    own = rows >= (0 if len(values) <= FEW_VALUES else HEAP * len(place))
    edges = _cut_ranges(np.repeat(values[~own], rows[~own]))
    code_of = np.where(own, np.cumsum(own), own.sum() + 1 + np.searchsorted(edges, values, side="right"))
    code = np.zeros(len(numbers), dtype=np.intp)
    code[filled] = code_of[place]
    bounds = [f"{edge:.6g}" for edge in edges]
    ranges = [f"{low} to {high}" for low, high in zip(["below", *bounds], [*bounds, "above"], strict=True)]
    if own.all():
        ranges = []
    return Codes(code, ("empty", *(f"{value:.6g}" for value in values[own]), *ranges), len(ranges))


def _cut_ranges(numbers: NDArray[np.float64]) -> NDArray[np.float64]:
    bins = int(np.clip(len(numbers) // BIN_ROWS, 1, MOST_BINS))
    return np.unique(np.quantile(numbers, np.arange(1, bins) / bins)) if bins > 1 else np.empty(0)
