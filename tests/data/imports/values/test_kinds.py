"""Text becomes values: tables of what each text is, for each kind."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from data.contract import CONTRACT, Field, Kind
from data.errors import MappingError
from data.imports.mapping import FieldRule, Mapping
from data.imports.values.kinds import convert_column, explain_kind

UNREADABLE = "unreadable"


def convert(text: str, kind: Kind, rule: FieldRule | None = None, **mapping: Any) -> Any:
    field = Field("f", kind, "f", codes=("busy", "callback") if kind is Kind.CODE else ())
    values, unreadable = convert_column(
        pd.Series([text], dtype="str"), field, rule or FieldRule(), Mapping("m", (), **mapping)
    )
    return UNREADABLE if unreadable[0] else None if pd.isna(values[0]) else values[0]


@pytest.mark.parametrize(
    ("text", "decimal", "number"),
    [
        ("12", ".", 12.0),
        ("12.5", ".", 12.5),
        ("-0.5", ".", -0.5),
        ("+3", ".", 3.0),
        (".5", ".", 0.5),
        ("1e3", ".", 1000.0),
        (" 7 ", ".", 7.0),
        ("", ".", None),
        ("1,5", ".", UNREADABLE),
        ("12,500.75", ".", 12500.75),
        ("-1,250,000", ".", -1250000.0),
        ("0,125", ".", UNREADABLE),
        ("1,25,000", ".", UNREADABLE),
        ("1,5000", ".", UNREADABLE),
        ("1_000", ".", UNREADABLE),
        ("0x10", ".", UNREADABLE),
        ("inf", ".", UNREADABLE),
        ("nan", ".", UNREADABLE),
        ("1e999", ".", UNREADABLE),
        ("٣", ".", UNREADABLE),
        ("1 2", ".", UNREADABLE),
        ("12,5", ",", 12.5),
        ("1.234,5", ",", 1234.5),
        ("1.234.567", ",", 1234567.0),
        ("1 234,5", ",", 1234.5),
        ("1\u00a0234", ",", 1234.0),
        ("-1.000", ",", -1000.0),
        ("12.5", ",", UNREADABLE),
        ("0.125", ",", UNREADABLE),
        ("1.23,4", ",", UNREADABLE),
        ("1,2,3", ",", UNREADABLE),
        (",", ",", UNREADABLE),
        ("12,", ",", UNREADABLE),
    ],
)
def test_numbers(text: str, decimal: str, number: Any) -> None:
    assert convert(text, Kind.NUMBER, decimal=decimal) == number


@pytest.mark.parametrize(
    ("kind", "text", "times", "value"),
    [
        (Kind.INTEGER, "12", 1, 12),
        (Kind.INTEGER, "12.0", 1, 12),
        (Kind.INTEGER, "12.5", 1, UNREADABLE),
        (Kind.INTEGER, "1.5", 60, 90),
        (Kind.INTEGER, "9007199254740993", 1, UNREADABLE),
        (Kind.MONEY, "0.29", 100, 29),
        (Kind.MONEY, "1234.56", 100, 123456),
        (Kind.MONEY, "-10", 100, -1000),
        (Kind.MONEY, "1e20", 1, UNREADABLE),
    ],
)
def test_whole_numbers_and_amounts(kind: Kind, text: str, times: float, value: Any) -> None:
    assert convert(text, kind, FieldRule(times=times)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [("Ja", True), ("TRUE", True), ("1", True), ("nej", False), ("F", False), ("", None), ("maybe", UNREADABLE)],
)
def test_flags(text: str, value: Any) -> None:
    found = convert(text, Kind.FLAG)
    assert found == value if isinstance(value, str) or value is None else bool(found) is value


def test_flags_have_codes_of_their_own_in_any_case() -> None:
    rule = FieldRule(codes={"Aktiv": "true", "Død": "false"})
    assert [bool(convert(text, Kind.FLAG, rule)) for text in ("aktiv", "DØD", "ja")] == [True, False, True]


CODES = {"Optaget": "busy", "kald tilbage": "callback", "+": "busy", "-": "callback", "A": "busy"}


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("", None),
        ("busy", "busy"),
        (" BUSY ", "busy"),
        ("Optaget", "busy"),
        ("optaget", "busy"),
        ("Kald Tilbage", "callback"),
        ("kaldtilbage", "callback"),
        ("+", "busy"),
        ("-", "callback"),
        ("?", UNREADABLE),
        ("A", "busy"),
        ("A+", UNREADABLE),
        ("travl", UNREADABLE),
    ],
)
def test_codes(text: str, value: Any) -> None:
    assert convert(text, Kind.CODE, FieldRule(codes=CODES)) == value


@pytest.mark.parametrize(
    ("text", "value"),
    [
        ("{}", "{}"),
        ('{"a": [1, "ø"]}', '{"a": [1, "ø"]}'),
        ("[1]", UNREADABLE),
        ("{", UNREADABLE),
        ('{"a": NaN}', UNREADABLE),
        ('{"a": 1e999}', UNREADABLE),
        ('{"a": "\\u0000"}', UNREADABLE),
        ('{"a": "\\ud800"}', UNREADABLE),
    ],
)
def test_attributes_are_what_the_database_takes(text: str, value: str) -> None:
    assert convert(text, Kind.ATTRIBUTES) == value


@pytest.mark.parametrize(
    ("text", "style", "utc"),
    [
        ("2025-02-03", None, "2025-02-02T23:00:00"),
        ("2025-07-03 10:15", None, "2025-07-03T08:15:00"),
        ("2025-07-03T10:15:30.123456", None, "2025-07-03T08:15:30.123456"),
        ("2025-07-03T10:15:30Z", None, "2025-07-03T10:15:30"),
        ("2025-07-03T10:15:30+05:30", None, "2025-07-03T04:45:30"),
        ("2025-07-03 10:15:30-0200", None, "2025-07-03T12:15:30"),
        ("2025-07-03 10:15+02", None, "2025-07-03T08:15:00"),
        ("03-02-2025", "%d-%m-%Y", "2025-02-02T23:00:00"),  # "-2025" is no time zone
        ("03.07.2025 10:15", "%d.%m.%Y %H:%M", "2025-07-03T08:15:00"),
        ("03-07-2025 10:15 +0000", "%d-%m-%Y %H:%M %z", "2025-07-03T10:15:00"),
        ("2025-03-30 02:30", None, "2025-03-30T01:00:00"),  # the hour that clocks skip
        ("2025-10-26 02:30", None, "2025-10-26T00:30:00"),  # the hour that comes twice: the first
        ("29-02-2024", "%d-%m-%Y", "2024-02-28T23:00:00"),
        ("29-02-2025", "%d-%m-%Y", UNREADABLE),
        ("31-04-2025", "%d-%m-%Y", UNREADABLE),
        ("2025-13-01", None, UNREADABLE),
        ("2025-02-30", None, UNREADABLE),
        ("1899-12-31", None, UNREADABLE),
        ("9999-12-31", None, UNREADABLE),
        ("yesterday", None, UNREADABLE),
        ("", None, None),
    ],
)
def test_moments(text: str, style: str | None, utc: str | None) -> None:
    found = convert(text, Kind.MOMENT, FieldRule(format=style), time_zone="Europe/Copenhagen")
    expected = pd.Timestamp(utc, tz="UTC") if utc not in (None, UNREADABLE) else utc
    assert found == expected


def test_moments_are_shifted_and_mixed_with_zones() -> None:
    text = pd.Series(["2025-01-01", "2025-01-01T00:00:00Z", ""], dtype="str")
    values, _ = convert_column(
        text, Field("f", Kind.MOMENT, "f"), FieldRule(plus_days=1.5), Mapping("m", (), time_zone="Europe/Copenhagen")
    )
    assert values[:2].astype("str").tolist() == ["2025-01-02 11:00:00+00:00", "2025-01-02 12:00:00+00:00"]
    assert pd.isna(values[2])


def test_a_format_that_cannot_be_used_is_told() -> None:
    with pytest.raises(MappingError, match="the date format '%d-%d' cannot be used"):
        convert("1-2", Kind.MOMENT, FieldRule(format="%d-%d"))


@pytest.mark.parametrize(
    ("text", "value"), [("NULL", None), ("-", None), ("- ", None), ("x", "pre-x"), (" x ", "pre-x")]
)
def test_missing_values_and_prefixes(text: str, value: str | None) -> None:
    rule = FieldRule(prefix="pre-", missing=("-",))
    assert convert(text, Kind.KEY, rule, missing=("", "NULL")) == value


def test_each_kind_that_can_be_unreadable_has_a_sentence() -> None:
    for field in {field.kind: field for table in CONTRACT.values() for field in table.columns}.values():
        if field.kind not in (Kind.KEY, Kind.TEXT):
            assert all(explain_kind(field))
