"""Conditions: which rows of a file a mapping takes."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable


@dataclass(frozen=True)
class Condition:
    """A row is taken only where ``column`` is filled in, or as one of the others says.

    Attributes:
        column: of the source, or one that is made of its columns.
        values: it is one of these.
        unless: it is none of these; an empty field is none of them.
        empty: it is not filled in.
        optional: a file without the column meets the condition.
    """

    column: str
    values: tuple[str, ...] = ()
    unless: tuple[str, ...] = ()
    empty: bool = False
    optional: bool = False


def find_met(conditions: Iterable[Condition], rows: pd.DataFrame) -> pd.Series:
    """Which rows meet all conditions.

    >>> rows = pd.DataFrame({"Status": ["Won", "Lost", " "]})
    >>> list(find_met([Condition("Status")], rows)), list(find_met([Condition("Status", unless=("Lost",))], rows))
    ([True, True, False], [True, False, True])
    """
    met = pd.Series(True, index=rows.index)
    for condition in conditions:
        if condition.column in rows or not condition.optional:
            met &= _meets(condition, rows[condition.column].str.strip())
    return met


def _meets(condition: Condition, text: pd.Series) -> pd.Series:
    if condition.values:
        return text.isin(condition.values)
    if condition.unless:
        return ~text.isin(condition.unless)
    return (text == "") if condition.empty else (text != "")
