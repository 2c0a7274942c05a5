"""Text becomes values of the contract's kinds, a column at a time; what cannot be read is told by row."""

from __future__ import annotations

import re
from json import dumps, loads
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.contract import Kind
from data.errors import MappingError

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.contract import Field
    from data.imports.mapping import FieldRule, Mapping

FLAGS = {
    **dict.fromkeys(("true", "t", "yes", "y", "ja", "j", "1"), True),
    **dict.fromkeys(("false", "f", "no", "n", "nej", "0"), False),
}
EARLIEST, LATEST = pd.Timestamp("1900-01-01", tz="UTC"), pd.Timestamp("2200-01-01", tz="UTC")
WITH_ZONE = r"[Zz]$|:\d{2}(?:\.\d+)?\s?[+-]\d{2}(?::?\d{2})?$"
PLAIN_NUMBER = re.compile(r"[+-]?(\d+(\.\d*)?|\.\d+)([eE][+-]?\d{1,3})?", re.ASCII)
ENGLISH_NUMBER = re.compile(r"[+-]?[1-9]\d{0,2}(,\d{3})+(\.\d*)?", re.ASCII)
DANISH_NUMBER = re.compile(r"[+-]?([1-9]\d{0,2}([. \u00a0]\d{3})+|\d+)?(,\d+)?", re.ASCII)
SPACES = re.compile(r"[ \u00a0]")


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


def explain_kind(field: Field) -> tuple[str, str]:
    """What is wrong with a text that cannot be read as the field's kind, and the remedy."""
    if field.kind is Kind.CODE:
        return f"it is not a known {field.name}", f"use one of {', '.join(field.codes)}, or add it to codes"
    return {
        Kind.INTEGER: ("it is not a whole number", "correct the number or the decimal sign"),
        Kind.MONEY: ("it is not an amount", "correct the amount or the decimal sign"),
        Kind.NUMBER: ("it is not a number", "correct the number or the decimal sign"),
        Kind.FLAG: ("it is neither yes nor no", "write true or false"),
        Kind.MOMENT: ("it is not a date that exists", "correct the date, or say its format in the mapping"),
        Kind.ATTRIBUTES: ("it is not a JSON object", "write an object of names and values"),
    }[field.kind]


def _text(text: pd.Series, field: Field, rule: FieldRule, mapping: Mapping) -> pd.Series:
    del field, mapping
    return rule.prefix + text if rule.prefix else text


def _code(text: pd.Series, field: Field, rule: FieldRule, mapping: Mapping) -> pd.Series:
    del mapping
    known = {code: code for code in field.codes} | dict(rule.codes)
    return text.map(known)


def _number(text: pd.Series, field: Field, rule: FieldRule, mapping: Mapping) -> pd.Series:
    del field
    known = {value: float(normalise_number(value, mapping.decimal) or "nan") for value in text.dropna().unique()}
    numbers = text.map(known).astype("float64") * rule.times
    return numbers.where(np.isfinite(numbers))


def normalise_number(text: str, decimal: str) -> str | None:
    """Write a number with a decimal point and nothing between thousands; None where it is no number.

    With a decimal comma, points and spaces part thousands and nothing else: "12.5" is refused there, because it is
    no more likely 12½ than 125, and so is "0.125", which no thousands begin. With a decimal point, commas do the same.

    >>> normalise_number("1.234.567,50", ","), normalise_number("12.5", ","), normalise_number("12.5", ".")
    ('1234567.50', None, '12.5')
    >>> normalise_number("12,500.75", "."), normalise_number("12,5", ".")
    ('12500.75', None)
    """
    if decimal == ".":
        if PLAIN_NUMBER.fullmatch(text):
            return text
        return text.replace(",", "") if ENGLISH_NUMBER.fullmatch(text) else None
    if not text or not text[-1].isdigit() or not DANISH_NUMBER.fullmatch(text):
        return None
    return SPACES.sub("", text).replace(".", "").replace(",", ".")


def _integer(text: pd.Series, field: Field, rule: FieldRule, mapping: Mapping) -> pd.Series:
    numbers = _number(text, field, rule, mapping)
    whole = numbers.round().where((numbers - numbers.round()).abs() < 1e-6)
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


def convert_moments(text: pd.Series, rule: FieldRule, mapping: Mapping) -> pd.Series:
    """Read dates as moments in UTC; missing where a text is no date that exists, or one before 1900 or after 2199."""
    if rule.format:
        zoned = pd.Series("%z" in rule.format, index=text.index)
    else:
        zoned = text.str.contains(WITH_ZONE, regex=True, na=False)
    moments = pd.Series(pd.NaT, index=text.index, dtype="datetime64[us, UTC]")
    style = rule.format or "ISO8601"
    if zoned.any():
        moments[zoned] = _parse_moments(text[zoned], style, utc=True)
    if not zoned.all():
        moments[~zoned] = to_utc(_parse_moments(text[~zoned], style), mapping.time_zone)
    moments = moments + pd.Timedelta(days=rule.plus_days)
    return moments.where((moments >= EARLIEST) & (moments < LATEST))


def _parse_moments(text: pd.Series, style: str, *, utc: bool = False) -> pd.Series:
    try:
        return pd.to_datetime(text, format=style, utc=utc, errors="coerce").dt.as_unit("us")
    except (ValueError, re.error) as error:
        raise MappingError(f"the date format '{style}' cannot be used ({error}); write it as %d-%m-%Y.") from error


def to_utc(local: pd.Series, time_zone: str) -> pd.Series:
    """Read naive local times in a zone, as UTC; an hour that clocks skip moves to the next that exists.

    Raises:
        MappingError: there is no such zone.
    """
    try:
        placed = local.dt.tz_localize(time_zone, ambiguous="NaT", nonexistent="shift_forward")
    except (KeyError, ValueError, OSError) as error:
        raise MappingError(
            f"time_zone '{time_zone}' is not known; write an IANA name, as Europe/Copenhagen."
        ) from error
    twice = placed.isna() & local.notna()
    if twice.any():  # the hour that clocks repeat in autumn: take the first of the two
        first = local[twice].dt.tz_localize(time_zone, ambiguous=np.ones(int(twice.sum()), bool))
        placed[twice] = first
    return placed.dt.tz_convert("UTC")


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
