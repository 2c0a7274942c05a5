"""The steps of a backtest: which rows each step learns from and which it is judged on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from training.backtest.plan import Extent, Plan

DEFAULT_STEPS = 20
FIRST_SHARE = 0.6


@dataclass(frozen=True)
class Step:
    """One step: positions of rows."""

    train: NDArray[np.intp]
    test: NDArray[np.intp]


def walk_rows(count: int, plan: Plan) -> Iterator[Step]:
    """Rolling origin over rows in order: learn from those before, judge on the next.

    Args:
        count: of the rows.
        plan: that fits rows (:func:`training.backtest.plan.require_fit`).

    Raises:
        BadInput: the plan begins after the last row.

    >>> from training.backtest.plan import Plan
    >>> [(len(step.train), step.test.tolist()) for step in walk_rows(5, Plan(window=2, step=2, start=2))]
    [(2, [2, 3]), (2, [4])]
    """
    start = plan.start if isinstance(plan.start, int) else int(count * FIRST_SHARE)
    step = plan.step if isinstance(plan.step, int) else max(1, (count - int(count * FIRST_SHARE)) // DEFAULT_STEPS)
    delay = plan.label_delay if isinstance(plan.label_delay, int) else 0
    if not 0 < start < count:
        raise BadInput(f"--start {start} is not between 1 and the last row, {count - 1}.")
    for origin in range(start, count, step):
        end = max(origin - delay, 0)
        first = max(end - plan.window, 0) if isinstance(plan.window, int) else 0
        yield Step(np.arange(first, end), np.arange(origin, min(origin + step, count)))


def walk_time(created: pd.Series, seen: pd.Series, plan: Plan) -> Iterator[Step]:
    """Rolling origin over time, by calendar month or by the plan's days: learn from the outcomes seen before.

    Args:
        created: when each lead was, in order.
        seen: when the outcome of each was seen; one that was not seen before the origin is not learned from.
        plan: that fits time (:func:`training.backtest.plan.require_fit`).

    Raises:
        BadInput: the plan begins after the last row.
    """
    times = created.dt.tz_convert("UTC")
    begin = pd.Timestamp(plan.start) if isinstance(plan.start, datetime) else times.iloc[int(len(times) * FIRST_SHARE)]
    if begin > times.iloc[-1]:
        raise BadInput(f"--start {begin.date()} is after the last lead, {times.iloc[-1].date()}.")
    for origin, end in _periods(begin, times.iloc[-1], plan.step):
        test = (times >= origin) & (times < end)
        if test.any():
            yield Step(find_learnable(times, seen, origin, plan), np.flatnonzero(test))


def find_learnable(times: pd.Series, seen: pd.Series, origin: pd.Timestamp, plan: Plan) -> NDArray[np.intp]:
    """The rows that may be learned from at a moment: within the window, past the delay, their outcome seen before.

    Args:
        times: when each lead was.
        seen: when its outcome was.
        origin: the moment.
        plan: whose window and delay count.
    """
    delay = plan.label_delay if isinstance(plan.label_delay, timedelta) else timedelta(0)
    known = (times < origin - delay) & (seen < origin)
    if isinstance(plan.window, timedelta):
        known &= times >= origin - delay - plan.window
    return np.flatnonzero(known)


def _periods(
    begin: pd.Timestamp, last: pd.Timestamp, step: Extent | None
) -> Iterator[tuple[pd.Timestamp, pd.Timestamp]]:
    origin = begin
    while origin <= last:
        end = origin + step if isinstance(step, timedelta) else (origin + pd.offsets.MonthBegin(1)).normalize()
        yield origin, end
        origin = end
