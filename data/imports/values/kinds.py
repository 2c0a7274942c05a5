"""Text becomes values of the contract's kinds, a column at a time; what cannot be read is told by row."""

from __future__ import annotations

from json import dumps, loads
from typing import TYPE_CHECKING

import numpy as np

from data.contract import Kind
from data.imports.values.aliases import find_near_code, fold_code
from data.imports.values.date_formats import NO_DATE, explain_date
from data.imports.values.dates import convert_moments
from data.imports.values.numerals import normalise_number

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from data.contract import Field
    from data.imports.mapping import FieldRule, Mapping

FLAGS = {
    **dict.fromkeys(("true", "t", "yes", "y", "ja", "j", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "nej", "0"), False),
}


def convert_column(text: pd.Series, field: Field, rule: FieldRule, mapping: Mapping) -> tuple[pd.Series, pd.Series]:
    """Convert a column of text into the field's kind.

    Args:
        text: one value per row; empty or missing where nothing is known.
        field: of the contract.
        rule: how the mapping reads it.
        mapping: for decimal sign, time zone and missing values.

    Returns:
        The values (missing where nothing is known or the text cannot be read), and a boolean Series: True where
        the text cannot be read.
    """
    text = text.str.strip()
    text = text.mask(text.isin([*mapping.missing, *rule.missing]))
    values = _CONVERTERS[field.kind](text, field, rule, mapping)
    return values, text.notna() & values.isna()


def explain_kind(field: Field, value: str = "") -> tuple[str, str]:
    """What is wrong with a text that cannot be read as the field's kind, and the remedy."""
    if field.kind is Kind.CODE:
        near = find_near_code(value, field.name, field.codes)
        meant = f"did you mean {near}? " if near else ""
        return f"it is not a known {field.name}", f"{meant}use one of {', '.join(field.codes)}, or add it to codes"
    return {
        Kind.INTEGER: ("it is not a whole number", "correct the number or the decimal sign"),
        Kind.MONEY: ("it is not an amount", "correct the amount or the decimal sign"),
        Kind.NUMBER: ("it is not a number", "correct the number or the decimal sign"),
        Kind.FLAG: ("it is neither yes nor no", "write true or false"),
        Kind.MOMENT: NO_DATE,
        Kind.ATTRIBUTES: ("it is not a JSON object", "write an object of names and values"),
    }[field.kind]


def explain_text(field: Field, rule: FieldRule, text: str) -> tuple[str, str]:
    """The same for one text: of a date, also in which ways it can be meant; of a code, which one is near."""
    return explain_date(text.strip(), rule.format) if field.kind is Kind.MOMENT else explain_kind(field, text)


def _text(text: pd.Series, field: Field, rule: FieldRule, mapping: Mapping) -> pd.Series:
    del field, mapping
    return rule.prefix + text if rule.prefix else text


def _code(text: pd.Series, field: Field, rule: FieldRule, mapping: Mapping) -> pd.Series:
    del mapping
    known = {fold_code(code): code for code in field.codes}
    known |= {fold_code(written): code for written, code in rule.codes.items()}
    exact = {value: rule.codes.get(value, known.get(fold_code(value))) for value in text.dropna().unique()}
    return text.map(exact).astype("str")


def _number(text: pd.Series, field: Field, rule: FieldRule, mapping: Mapping) -> pd.Series:
    del field
    sign = mapping.signs.find(rule.column)
    known = {value: float(normalise_number(value, sign) or "nan") for value in text.dropna().unique()}
    numbers = text.map(known).astype("float64") * rule.times
    return numbers.where(np.isfinite(numbers))


def _integer(text: pd.Series, field: Field, rule: FieldRule, mapping: Mapping) -> pd.Series:
    numbers = _number(text, field, rule, mapping)
    near = (numbers - numbers.round()).abs() < 1e-6
    whole = numbers.round().where(near | rule.round)
    return whole.where(whole.abs() < 2**53).astype("Int64")


def _money(text: pd.Series, field: Field, rule: FieldRule, mapping: Mapping) -> pd.Series:
    numbers = _number(text, field, rule, mapping)
    return numbers.round().where(numbers.abs() < 2**53).astype("Int64")


def _flag(text: pd.Series, field: Field, rule: FieldRule, mapping: Mapping) -> pd.Series:
    del field, mapping
    known: dict[str, bool] = FLAGS | {name.lower(): value == "true" for name, value in rule.codes.items()}
    return text.str.lower().map(known).astype("boolean")


def _moment(text: pd.Series, field: Field, rule: FieldRule, mapping: Mapping) -> pd.Series:
    del field
    return convert_moments(text, rule, mapping)


def _attributes(text: pd.Series, field: Field, rule: FieldRule, mapping: Mapping) -> pd.Series:
    del field, rule, mapping
    right = {value: _is_object(value) for value in text.dropna().unique()}
    return text.where(text.map(right).astype("boolean").fillna(False))


def _is_object(text: str) -> bool:
    """Whether PostgreSQL takes it for a JSON object; unlike Python it takes neither NaN, half a character nor NUL."""
    try:
        content = loads(text)
        dumps(content, ensure_ascii=False, allow_nan=False).encode()
    except (ValueError, RecursionError):
        return False
    return isinstance(content, dict) and "\\u0000" not in text


_CONVERTERS: dict[Kind, Callable[[pd.Series, Field, FieldRule, Mapping], pd.Series]] = {
    Kind.KEY: _text,
    Kind.TEXT: _text,
    Kind.CODE: _code,
    Kind.INTEGER: _integer,
    Kind.MONEY: _money,
    Kind.NUMBER: _number,
    Kind.FLAG: _flag,
    Kind.MOMENT: _moment,
    Kind.ATTRIBUTES: _attributes,
}
