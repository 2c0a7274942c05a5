from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd

from training.backtest.plan import Plan
from training.backtest.schedule import Schedule, Windows, schedule_rows, schedule_time


def _newest(schedule: Schedule, windows: Windows) -> list[int]:
    """The newest row that the model of each judged row has learned from."""
    return [int(windows.rows[number].max()) for number in schedule.windows]


def test_by_rows_the_model_of_a_lead_is_the_last_that_the_cadence_trained() -> None:
    windows = Windows()
    schedules = schedule_rows(10, Plan(start=4, step=2), windows, 99)  # steps begin at rows 4, 6 and 8
    newest = {schedule.cadence: _newest(schedule, windows) for schedule in schedules}
    assert newest == {
        "every 2 rows": [3, 3, 5, 5, 7, 7],
        "every 4 rows": [3, 3, 3, 3, 7, 7],
        "never": [3, 3, 3, 3, 3, 3],
    }
    assert len(windows.rows) == 3  # the rarer ones train on nothing of their own


def test_a_delay_of_whole_steps_shares_the_trainings_of_earlier_steps() -> None:
    windows = Windows()
    schedule_rows(20, Plan(start=8, step=2), windows, 99)
    assert len(windows.rows) == 6
    late = schedule_rows(20, Plan(start=8, step=2, label_delay=2), windows, 99)
    assert _newest(late[0], windows) == [5, 5, 7, 7, 9, 9, 11, 11, 13, 13, 15, 15]
    assert len(windows.rows) == 7


def test_by_time_a_cadence_follows_the_calendar() -> None:
    # A lead at noon of each day from Thursday 1 January 2026; outcomes are seen two hours later.
    times = pd.Series(pd.date_range("2026-01-01 12:00", periods=100, tz="UTC"))
    plan = Plan(start=datetime(2026, 1, 8, tzinfo=UTC), step=timedelta(days=30))
    windows = Windows()
    schedules = schedule_time(times, times + pd.Timedelta(hours=2), plan, windows, 999)
    newest = {schedule.cadence: _newest(schedule, windows) for schedule in schedules}
    assert list(newest) == ["daily", "weekly", "monthly", "quarterly", "never"]
    days = np.arange(7, 100)
    assert newest["daily"] == (days - 1).tolist()
    # Mondays are the 12th of January (day 11) and every seventh day after.
    assert newest["weekly"] == [6 if day < 11 else (day - 11) // 7 * 7 + 10 for day in days]
    assert newest["monthly"] == [6 if day < 31 else 30 if day < 59 else 58 if day < 90 else 89 for day in days]
    assert newest["quarterly"] == [6 if day < 90 else 89 for day in days]
    assert newest["never"] == [6] * 93
    assert len(windows.rows) == 93


def test_a_cadence_of_too_many_trainings_is_left_out() -> None:
    windows = Windows()
    names = [each.cadence for each in schedule_rows(10, Plan(start=4, step=1), windows, 3)]
    assert names == ["every 2 rows", "every 5 rows", "never"]
    assert len(windows.rows) == 4  # those that end at rows 4, 6, 8 and 9
