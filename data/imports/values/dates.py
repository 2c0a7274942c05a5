"""Dates and times as sources write them: ISO 8601, a stated format, or the serial numbers of a workbook."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.errors import MappingError
from data.imports.mapping import EXCEL
from data.imports.values.numerals import normalise_number

if TYPE_CHECKING:
    from data.imports.mapping import FieldRule, Mapping

EARLIEST, LATEST = pd.Timestamp("1900-01-01", tz="UTC"), pd.Timestamp("2200-01-01", tz="UTC")
WITH_ZONE = r"[Zz]$|:\d{2}(?:\.\d+)?\s?[+-]\d{2}(?::?\d{2})?$"
ISO_DATE = r"\d{4}-\d{2}-\d{2}([T ]\d{2}:\d{2}.*)?"
NO_DAY = r"\d{1,7}([.,]\d*)?|\d{4}[-/]\d{1,2}"
"""A number is no date, a serial number only where the mapping says so; nor is a year or a month without its day."""

LEAP_DAY_1900 = 60  # the serial number of a day that never was: Excel takes 1900 for a leap year, as Lotus 1-2-3 did
MOST_SERIAL = 150_000
DAY_MILLISECONDS = 86_400_000


def convert_moments(text: pd.Series, rule: FieldRule, mapping: Mapping) -> pd.Series:
    """Read dates as moments in UTC; missing where a text is no date that exists, or one before 1900 or after 2199.

    What is stated is how a text is read. The date cells of a workbook come as ISO texts and are read as such beside it,
    unless the stated format puts the year first as well.

    Raises:
        MappingError: the format or the time zone cannot be used.
    """
    style = rule.format
    if style is None:
        moments = _read_iso(text, mapping.time_zone)
    elif style in EXCEL:
        moments = to_utc(read_serials(text, style, mapping.signs.find(rule.column)), mapping.time_zone)
    elif "%z" in style:
        moments = _parse(text, style, utc=True)
    else:
        moments = to_utc(_parse(text, style), mapping.time_zone)
    if style is not None and not style.startswith("%Y"):
        left = text.notna() & moments.isna()
        left[left] = text[left].str.fullmatch(ISO_DATE)
        if left.any():
            moments[left] = _read_iso(text[left], mapping.time_zone)
    moments = moments + pd.Timedelta(days=rule.plus_days)
    return moments.where((moments >= EARLIEST) & (moments < LATEST))


def read_serials(text: pd.Series, style: str, sign: str) -> pd.Series:
    """Excel's serial dates as local times, to the millisecond: days since the calendar's beginning, and a part of one.

    In the 1900 calendar day 1 is 1 January 1900 and day 60 the 29 February 1900 that never was, so that from day 61 on
    a day more is counted than there were; in the 1904 calendar day 0 is 1 January 1904
    (https://learn.microsoft.com/office/troubleshoot/excel/1900-and-1904-date-system).

    >>> list(read_serials(pd.Series(["1", "59", "61", "45000.5"]), "excel", ".").astype("str"))
    ['1900-01-01 00:00:00', '1900-02-28 00:00:00', '1900-03-01 00:00:00', '2023-03-15 12:00:00']
    >>> list(read_serials(pd.Series(["60", "x"]), "excel", ".").isna())
    [True, True]
    """
    known = {value: float(normalise_number(value, sign) or "nan") for value in text.dropna().unique()}
    days = text.map(known).astype("float64")
    days = days.where((days >= 0) & (days < MOST_SERIAL))
    if style == "excel":
        days = days.mask((days >= LEAP_DAY_1900) & (days < LEAP_DAY_1900 + 1))
        days = days + (days < LEAP_DAY_1900)
    passed = pd.to_timedelta((days * DAY_MILLISECONDS).round(), unit="ms")
    return (pd.Timestamp(EXCEL[style]) + passed).dt.as_unit("us")


def _read_iso(text: pd.Series, time_zone: str) -> pd.Series:
    text = text.mask(text.str.fullmatch(NO_DAY).astype("boolean").fillna(False))
    zoned = text.str.contains(WITH_ZONE, regex=True, na=False)
    moments = pd.Series(pd.NaT, index=text.index, dtype="datetime64[us, UTC]")
    if zoned.any():
        moments[zoned] = _parse(text[zoned], "ISO8601", utc=True)
    if not zoned.all():
        moments[~zoned] = to_utc(_parse(text[~zoned], "ISO8601"), time_zone)
    return moments


def _parse(text: pd.Series, style: str, *, utc: bool = False) -> pd.Series:
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
