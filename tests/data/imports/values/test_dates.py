"""Dates as sources write them: read as stated, asked for where they have two meanings, never guessed."""

from __future__ import annotations

from datetime import datetime, timedelta

import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.imports.mapping import FieldRule, Mapping
from data.imports.values.date_formats import explain_date, list_formats
from data.imports.values.dates import convert_moments, read_serials


def read(text: str, style: str | None = None, **options: str) -> str | None:
    moment = convert_moments(pd.Series([text], dtype="str"), FieldRule(format=style), Mapping("m", (), **options))[0]
    return None if pd.isna(moment) else moment.isoformat()


@pytest.mark.parametrize(
    ("text", "style", "moment"),
    [
        ("2026-02-01", None, "2026-02-01T00:00:00+00:00"),
        ("20260201", None, "2026-02-01T00:00:00+00:00"),
        ("2026", None, None),  # a year is no date
        ("2026-02", None, None),  # nor is a month
        ("2026/2", None, None),
        ("45000", None, None),
        ("01-02-2026", None, None),
        ("01/02/2026", None, None),
        ("01-02-2026", "%d-%m-%Y", "2026-02-01T00:00:00+00:00"),
        ("01-02-2026", "%m-%d-%Y", "2026-01-02T00:00:00+00:00"),
        ("2026-02-01", "%m-%d-%Y", "2026-02-01T00:00:00+00:00"),  # a date cell of a workbook
        ("2026-02-01T10:00:00Z", "excel", "2026-02-01T10:00:00+00:00"),
        ("2026-02-13", "%Y-%d-%m", None),  # two formats with the year first could be mistaken for each other
        ("2026-31-01", "%Y-%d-%m", "2026-01-31T00:00:00+00:00"),
        ("61", "excel", "1900-03-01T00:00:00+00:00"),
        ("60", "excel", None),
        ("1", "excel", "1900-01-01T00:00:00+00:00"),
        ("0", "excel", None),
        ("45000.5", "excel", "2023-03-15T12:00:00+00:00"),
        ("0", "excel-1904", "1904-01-01T00:00:00+00:00"),
        ("43538.5", "excel-1904", "2023-03-15T12:00:00+00:00"),
        ("1e9", "excel", None),
        ("-1", "excel-1904", None),
    ],
)
def test_dates_are_read_as_stated(text: str, style: str | None, moment: str | None) -> None:
    assert read(text, style) == moment


def test_a_serial_date_is_local_and_may_have_a_decimal_comma() -> None:
    assert read("45000,5", "excel", decimal=",", time_zone="Europe/Copenhagen") == "2023-03-15T11:00:00+00:00"


@given(st.datetimes(datetime(1900, 3, 1), datetime(2199, 12, 30)))  # noqa: DTZ001 - a workbook knows no zone
def test_both_calendars_agree_with_the_days_between_them(moment: datetime) -> None:
    moment = moment.replace(microsecond=0)
    days = (moment - datetime(1899, 12, 30)) / timedelta(days=1)  # noqa: DTZ001
    assert read_serials(pd.Series([repr(days)]), "excel", ".")[0] == moment
    if moment.year >= 1904:
        assert read_serials(pd.Series([repr(days - 1462)]), "excel-1904", ".")[0] == moment


@pytest.mark.parametrize(
    ("text", "styles"),
    [
        ("01-02-2026", ["%d-%m-%Y", "%m-%d-%Y"]),
        ("13-02-2026", ["%d-%m-%Y"]),
        ("02-13-2026", ["%m-%d-%Y"]),
        ("1.2.2026 09:30:00", ["%d.%m.%Y %H:%M:%S", "%m.%d.%Y %H:%M:%S"]),
        ("01/02/26", ["%d/%m/%y", "%m/%d/%y", "%y/%m/%d"]),
        ("2/13/2026 9:30 PM", ["%m/%d/%Y %I:%M %p"]),
        ("1/2/2026, 9:30:05 am", ["%d/%m/%Y, %I:%M:%S %p", "%m/%d/%Y, %I:%M:%S %p"]),
        ("13/02/2026 9:30PM", ["%d/%m/%Y %I:%M%p"]),
        ("13-02-2026 13.30", ["%d-%m-%Y %H.%M"]),  # as Danes write the time of day
        ("13-02-2026 13.30.05", ["%d-%m-%Y %H.%M.%S"]),
        ("13-02-2026 13:30:05.25", ["%d-%m-%Y %H:%M:%S.%f"]),
        ("2026-02-13 13.30", ["%Y-%m-%d %H.%M"]),
        ("2026-02-13 13:30", []),
        ("13-02-2026 13:30.05", []),
        ("31-02-2026", []),
        ("2026-02-01", []),
        ("01-02/2026", []),
    ],
)
def test_the_formats_that_a_text_allows(text: str, styles: list[str]) -> None:
    assert list_formats(text) == styles


@pytest.mark.parametrize("text", ["2/13/2026 9:30 PM", "13-02-2026 21.30", "2026-02-13 21.30", "13/02/2026, 9:30 pm"])
def test_a_format_that_is_offered_reads_the_text(text: str) -> None:
    (style,) = list_formats(text)
    assert read(text, style) == "2026-02-13T21:30:00+00:00"


@pytest.mark.parametrize(
    ("text", "stated", "sentence"),
    [
        ("01/02/2026", None, 'day and month can be either way round; say format = "%d/%m/%Y" or "%m/%d/%Y" in'),
        ("13-02-2026", None, 'its format is not said; say format = "%d-%m-%Y" in the mapping'),
        ("31-12-99", None, 'its year has two digits; write four, or say format = "%d-%m-%y" in the mapping (years'),
        ("45000", None, 'a number is no date; say format = "excel" or "excel-1904" in the mapping if'),
        ("2026-02", None, "a month is no date; write its day as well"),
        ("3. februar 2026", None, "it is not written as a date that can be told; write it as 2026-02-01, or say its"),
        ("2026-02-30T10:00Z", None, "it is not a date that exists; correct the date"),
        ("31-02-2026", "%d-%m-%Y", "it is not a date that exists; correct the date, or the format in the mapping (%d"),
        ("31-02-2026", None, "it is not a date that exists; correct the date, or say its format in the mapping"),
    ],
)
def test_what_cannot_be_read_is_asked_for(text: str, stated: str | None, sentence: str) -> None:
    assert "; ".join(explain_date(text, stated)).startswith(sentence)
