"""Clocks tick on working days, and midnight is Copenhagen's."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from data.simulator.clock import Clock, make_calendar
from data.simulator.scenario import read_scenario

END = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


def day_of(date: dt.date) -> int:
    """Days from the first day of a history of 12 months before END."""
    return (date - dt.date(2025, 7, 1)).days


@pytest.fixture(scope="module")
def calendar():
    return make_calendar(read_scenario("steady"), END, 12)


def test_a_clock_gives_the_first_day_of_a_tick():
    clock = Clock(np.array([1, 1, 2, 4]))
    assert clock.days_at(np.array([0, 1, 2, 3, 4, 5])).tolist() == [0, 0, 2, 3, 3, 4]


@pytest.mark.parametrize(
    ("date", "ticks"),
    [
        (dt.date(2025, 9, 1), 1),  # Monday
        (dt.date(2025, 9, 6), 0),  # Saturday
        (dt.date(2025, 7, 16), 0),  # Wednesday of week 29, closed
        (dt.date(2025, 12, 25), 0),  # Christmas Day
        (dt.date(2026, 4, 3), 0),  # Good Friday
        (dt.date(2026, 4, 7), 1),  # the Tuesday after Easter
    ],
)
def test_calls_are_made_on_working_days(calendar, date, ticks):
    day = day_of(date)
    assert calendar.calling.ticks[day] - calendar.calling.ticks[day - 1] == ticks


def test_july_is_slow_for_sales(calendar):
    first, last = day_of(dt.date(2025, 7, 1)), day_of(dt.date(2025, 7, 31))
    assert calendar.sales.ticks[last] - calendar.sales.ticks[first] == pytest.approx(0.4 * 22, abs=1)


def test_midnight_and_months_are_local(calendar):
    winter, summer = day_of(dt.date(2026, 1, 1)), day_of(dt.date(2026, 6, 1))
    assert calendar.midnight[winter] == dt.datetime(2025, 12, 31, 23, tzinfo=dt.UTC).timestamp()
    assert calendar.midnight[summer] == dt.datetime(2026, 5, 31, 22, tzinfo=dt.UTC).timestamp()
    assert (len(calendar.month_days), calendar.month_days[-1]) == (12, day_of(dt.date(2026, 7, 1)))


def test_a_sudden_fall_takes_three_signatures_in_ten():
    calendar = make_calendar(read_scenario("sudden_fall"), END, 12)
    fall = calendar.end_day - 91
    assert calendar.signing[[0, fall - 1, fall, -1]].tolist() == [1.0, 1.0, 0.7, 0.7]
