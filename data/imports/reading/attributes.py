"""Attributes of a lead: what a source says besides the contract, packed into one object per row."""

from __future__ import annotations

import re
from json import dumps
from typing import TYPE_CHECKING

import pandas as pd

from data.imports.values import normalise_number

if TYPE_CHECKING:
    from data.imports.mapping import Mapping

NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,17})?", re.ASCII)
"""What JSON takes for a number; longer ones, and those with a leading zero, are names of something: text."""


def compose_attributes(chunk: pd.DataFrame, mapping: Mapping, named: set[str]) -> pd.Series:
    """Pack the columns that are not named into a JSON object per row; numbers as numbers, nothing for missing."""
    packed = []
    for column in chunk.columns:
        if column in named:
            continue
        missing = {*mapping.missing, *mapping.missing_in.get(column, ())}
        name = dumps(str(column), ensure_ascii=False)
        values = chunk[column].str.strip()
        sign = mapping.signs.find(column)
        known = {value: f"{name}: {_to_json(value, sign)}" for value in values.unique() if value not in missing}
        packed.append([known.get(value) for value in values])
    objects = ["{" + ", ".join(filter(None, parts)) + "}" for parts in zip(*packed, strict=True)]
    return pd.Series(objects or "{}", index=chunk.index, dtype="str")


def _to_json(value: str, decimal: str) -> str:
    number = normalise_number(value, decimal)
    return number if number and NUMBER.fullmatch(number) else dumps(value, ensure_ascii=False)
