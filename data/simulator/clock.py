"""Time: days in Copenhagen, and clocks that only tick when work is done.

Everything that takes time takes a whole number of ticks: calls and meetings of the calling clock, sales
stages of the sales clock. Weekends, holidays and the summer stop or slow a clock, so that durations need no
memory of the calendar and the truth has an exact formula.
"""

from __future__ import annotations

import datetime as dt
from dataclasses import dataclass
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import holidays
import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from data.simulator.arrays import Floats, Ints
    from data.simulator.scenario import Scenario

COPENHAGEN = ZoneInfo("Europe/Copenhagen")
AHEAD_DAYS = 366 + 7
"""Days past the end that the truth looks at."""


@dataclass(frozen=True)
class Clock:
    """A clock that ticks on some days.

    Attributes:
        ticks: shape (days,), ticks up to and including each day; never falls.
    """

    ticks: Ints

    def days_at(self, tick: Ints) -> Ints:
        """The first day on which the clock has reached each tick; the number of days where it never does."""
        return np.searchsorted(self.ticks, tick, side="left").astype(np.int64)


@dataclass(frozen=True)
class Calendar:
    """The days of a simulation, counted from 0 at its first.

    Attributes:
        midnight: shape (days,), seconds since 1970 in UTC at local midnight.
        end_day: day on which history stops; events of that day before ``end_second`` still count.
        end_second: the end, in seconds since 1970.
        calling: ticks once on each day on which calls are made.
        sales: ticks with the pace of decisions at customers.
        signing: shape (days,), share of ready customers who sign on that day; the others are lost.
        month_days: the first day of each month of the history, its first month excepted.
    """

    midnight: Ints
    end_day: int
    end_second: int
    calling: Clock
    sales: Clock
    signing: Floats
    month_days: Ints

    def seconds(self, day: Ints, second: Ints) -> Ints:
        """Seconds since 1970 of local seconds after midnight on each day; days beyond count as the last."""
        return self.midnight[np.clip(day, 0, len(self.midnight) - 1)] + second


def make_calendar(scenario: Scenario, end: dt.datetime, months: int) -> Calendar:
    """Lay out the days from ``months`` before ``end`` to a year after it."""
    local_end = end.astimezone(COPENHAGEN)
    first = (pd.Timestamp(local_end.date()) - pd.DateOffset(months=months)).date()
    end_day = (local_end.date() - first).days
    dates = [first + dt.timedelta(days=day) for day in range(end_day + AHEAD_DAYS)]
    midnight = [int(dt.datetime.combine(date, dt.time(), COPENHAGEN).timestamp()) for date in dates]
    month_days = [day for day, date in enumerate(dates[: end_day + 1]) if date.day == 1 and day > 0]
    return Calendar(
        midnight=np.array(midnight, dtype=np.int64),
        end_day=end_day,
        end_second=int(end.timestamp()),
        calling=Clock(np.cumsum(_opening_days(scenario, dates))),
        sales=Clock(np.floor(np.cumsum(_sales_pace(scenario, dates)) + 1e-9).astype(np.int64)),
        signing=_signing_share(scenario, end_day, len(dates)),
        month_days=np.array(month_days, dtype=np.int64),
    )


def _working_days(dates: list[dt.date]) -> Ints:
    free = holidays.country_holidays("DK", years=range(dates[0].year, dates[-1].year + 1))
    return np.array([date.weekday() < 5 and date not in free for date in dates], dtype=np.int64)


def _opening_days(scenario: Scenario, dates: list[dt.date]) -> Ints:
    weeks = np.array([date.isocalendar().week for date in dates])
    return _working_days(dates) * ~np.isin(weeks, scenario.season.closed_weeks)


def _sales_pace(scenario: Scenario, dates: list[dt.date]) -> Floats:
    july = np.array([date.month == 7 for date in dates])
    christmas = np.array([date.month == 12 and date.day > 15 for date in dates])
    season = np.where(july, scenario.season.july_speed, np.where(christmas, scenario.season.christmas_speed, 1))
    months = np.arange(len(dates)) / 30.4
    return np.asarray(_working_days(dates) * season * np.exp(scenario.market.log_closing_speed_per_month * months))


def _signing_share(scenario: Scenario, end_day: int, days: int) -> Floats:
    market = scenario.market
    day = np.arange(days)
    trend = np.exp(market.log_trend_per_month * day / 30.4)
    fallen = day >= end_day - round(market.fall_months_before_end * 30.4)
    share: Floats = np.minimum(trend, 1.0) * np.where(fallen, 1.0 - market.fall_share, 1.0)
    return share
