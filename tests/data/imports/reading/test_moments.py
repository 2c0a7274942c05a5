"""Dates put together from day and month, in rows that are in order of time."""

from __future__ import annotations

import pandas as pd

from data.imports.mapping import MomentRule
from data.imports.reading.moments import MomentComposer


def compose(months: list[str], days: list[str], chunk: int = 100) -> list[str | None]:
    rows = pd.DataFrame({"m": months, "d": days}, dtype="str")
    composer = MomentComposer(MomentRule("m", 2008, "d"))
    pieces = [composer.compose(rows[start : start + chunk]) for start in range(0, len(rows), chunk)]
    return [None if pd.isna(value) else value for value in pd.concat(pieces)]


def test_the_year_counts_up_where_the_month_goes_back() -> None:
    months, days = ["may", "Dec", "1", "marts", "okt", "02"], ["5", "31", "1", "9", "10", "28"]
    expected = ["2008-05-05", "2008-12-31", "2009-01-01", "2009-03-09", "2009-10-10", "2010-02-28"]
    for chunk in (1, 2, 3, 100):
        assert compose(months, days, chunk) == expected


def test_what_does_not_exist_is_missing_and_moves_nothing() -> None:
    months, days = ["nov", "x", "", "nov", "dec"], ["31", "1", "1", "30", "x"]
    for chunk in (1, 2, 100):
        assert compose(months, days, chunk) == [None, None, None, "2008-11-30", None]


def test_the_leap_day_exists_in_its_year_alone() -> None:
    assert compose(["feb", "jan", "feb"], ["29", "1", "29"]) == ["2008-02-29", "2009-01-01", None]


def test_without_a_day_the_first_stands_for_it() -> None:
    composer = MomentComposer(MomentRule("m", 2008))
    assert composer.compose(pd.DataFrame({"m": ["may", "apr"]}, dtype="str")).tolist() == ["2008-05-01", "2009-04-01"]
