"""Schedules of retraining: with which rows the model that judges a lead was trained, and which trainings are shared."""

from __future__ import annotations

from dataclasses import dataclass, field
from hashlib import blake2b
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from training.backtest.steps import find_learnable, walk_rows, walk_time

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from training.backtest.plan import Plan
    from training.backtest.steps import Step

NEVER = "never"
PERIODS = {"daily": "D", "weekly": "W-SUN", "monthly": "M", "quarterly": "Q"}
"""From the most frequent to the rarest; pandas' name of the period, in UTC; weeks begin on Monday."""
MULTIPLES = (1, 2, 5)


@dataclass
class Windows:
    """Sets of training rows, each kept once however many schedules train on it."""

    rows: list[NDArray[np.intp]] = field(default_factory=list)
    _numbers: dict[bytes, int] = field(default_factory=dict)

    def add(self, rows: NDArray[np.intp]) -> int:
        """The number of a set of rows, a new one only where it is new."""
        number = self._numbers.setdefault(blake2b(rows.tobytes()).digest(), len(self.rows))
        if number == len(self.rows):
            self.rows.append(rows)
        return number


@dataclass(frozen=True, eq=False)
class Schedule:
    """One way to retrain.

    Attributes:
        cadence: its words: "weekly", "every 500 rows", "never".
        windows: number of the training window whose model judges a row, one per judged row (n,).
    """

    cadence: str
    windows: NDArray[np.intp]


def schedule_rows(count: int, plan: Plan, windows: Windows, most: int) -> list[Schedule]:
    """Retraining by rows: at every step, at every second, fifth, tenth and so on, and never.

    Args:
        count: of the rows, in order.
        plan: that fits rows; its step is the most frequent cadence.
        windows: is added to.
        most: trainings; a cadence that needs more is left out.

    Returns:
        From the most frequent to never, for the rows that :func:`training.backtest.steps.walk_rows` judges.
    """
    steps = list(walk_rows(count, plan))
    sizes = [len(step.test) for step in steps]
    size = sizes[0]
    schedules = []
    for every in _multiply(len(steps)):
        if len(steps) > most * every:
            continue
        used = np.arange(len(steps)) // every * every
        numbers = [windows.add(steps[place].train) for place in used]
        schedules.append(Schedule(f"every {every * size:,} rows", np.repeat(numbers, sizes)))
    return [*schedules, Schedule(NEVER, np.full(sum(sizes), windows.add(steps[0].train)))]


def schedule_time(created: pd.Series, seen: pd.Series, plan: Plan, windows: Windows, most: int) -> list[Schedule]:
    """Retraining by the calendar: daily, weekly, monthly, quarterly, and never after the first judged lead.

    Args:
        created: when each lead was, in order.
        seen: when the outcome of each was seen.
        plan: that fits time.
        windows: is added to, by a window only where some lead is judged by its model.
        most: trainings; a cadence that needs more is left out.

    Returns:
        From the most frequent to never, for the rows that :func:`training.backtest.steps.walk_time` judges.
    """
    times = created.dt.tz_convert("UTC")
    steps = list(walk_time(created, seen, plan))
    judged = times.iloc[np.concatenate([step.test for step in steps])]
    begin = judged.iloc[0] if plan.start is None else pd.Timestamp(plan.start)
    schedules = []
    for cadence, period in PERIODS.items():
        starts = judged.dt.tz_localize(None).dt.to_period(period).dt.start_time.dt.tz_localize("UTC")
        origins = starts.where(starts > begin, begin)
        if origins.nunique() > most:
            continue
        numbers = {
            origin: windows.add(find_learnable(times, seen, pd.Timestamp(origin), plan)) for origin in origins.unique()
        }
        schedules.append(Schedule(cadence, origins.map(numbers).to_numpy(np.intp)))
    first = windows.add(find_learnable(times, seen, begin, plan))
    return [*schedules, Schedule(NEVER, np.full(len(judged), first))]


def number_steps(steps: list[Step]) -> NDArray[np.intp]:
    """The step of each judged row (n,)."""
    return np.repeat(np.arange(len(steps)), [len(step.test) for step in steps])


def _multiply(steps: int) -> Iterator[int]:
    power = 1
    while True:
        for multiple in MULTIPLES:
            if multiple * power > 1 and multiple * power >= steps:
                return
            yield multiple * power
        power *= 10
