"""The steps of a backtest: which rows each step learns from and which it is judged on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

FOLDS = 5
DEFAULT_STEPS = 20
FIRST_SHARE = 0.6

Extent = int | timedelta
"""Rows or time."""


@dataclass(frozen=True)
class Plan:
    """How a backtest moves on.

    Attributes:
        window: learn from so much before each step; from everything where None.
        step: judge on so much, then move on.
        start: the first row or moment to be judged.
        label_delay: an outcome may be learned from only so much after its lead.
    """

    window: Extent | None = None
    step: Extent | None = None
    start: int | datetime | None = None
    label_delay: Extent = 0


@dataclass(frozen=True)
class Step:
    """One step: positions of rows."""

    train: NDArray[np.intp]
    test: NDArray[np.intp]


def parse_extent(text: str, option: str) -> Extent:
    """Read "500" as rows and "30d" as days.

    Raises:
        BadInput: it is neither.

    >>> parse_extent("30d", "--step")
    datetime.timedelta(days=30)
    """
    number = text.removesuffix("d")
    if not number.isdigit():
        raise BadInput(f"{option} '{text}' is neither a number of rows, as 500, nor of days, as 30d.")
    return timedelta(days=int(number)) if text.endswith("d") else int(number)


def parse_start(text: str) -> int | datetime:
    """Read "24713" as a row and "2010-01-01" as a date.

    Raises:
        BadInput: it is neither.
    """
    if text.isdigit():
        return int(text)
    try:
        moment = datetime.fromisoformat(text)
    except ValueError as error:
        raise BadInput(f"--start '{text}' is neither a row, as 24713, nor a date, as 2010-01-01.") from error
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def walk_rows(count: int, plan: Plan) -> Iterator[Step]:
    """Rolling origin over rows in order: learn from those before, judge on the next.

    Raises:
        BadInput: the plan is in days, or begins after the last row.

    >>> [(len(step.train), step.test.tolist()) for step in walk_rows(5, Plan(window=2, step=2, start=2))]
    [(2, [2, 3]), (2, [4])]
    """
    start = plan.start if plan.start is not None else int(count * FIRST_SHARE)
    step = plan.step or max(1, (count - int(count * FIRST_SHARE)) // DEFAULT_STEPS)
    delay = plan.label_delay or 0
    if not (isinstance(start, int) and isinstance(step, int) and isinstance(delay, int)):
        raise BadInput("this source is ordered by its rows alone; give --start, --step and --label-delay in rows.")
    if not 0 < start < count:
        raise BadInput(f"--start {start} is not between 1 and the last row, {count - 1}.")
    for origin in range(start, count, step):
        end = max(origin - delay, 0)
        first = max(end - plan.window, 0) if isinstance(plan.window, int) else 0
        yield Step(np.arange(first, end), np.arange(origin, min(origin + step, count)))


def walk_time(moments: pd.Series, plan: Plan) -> Iterator[Step]:
    """Rolling origin over time: by calendar month, or by the plan's days.

    Args:
        moments: of the rows, in order.
        plan: in days and dates.

    Raises:
        BadInput: the plan begins after the last row.
    """
    times = moments.dt.tz_convert("UTC")
    begin = pd.Timestamp(plan.start) if isinstance(plan.start, datetime) else times.iloc[int(len(times) * FIRST_SHARE)]
    if begin > times.iloc[-1]:
        raise BadInput(f"--start {begin.date()} is after the last lead, {times.iloc[-1].date()}.")
    delay = plan.label_delay if isinstance(plan.label_delay, timedelta) else timedelta(0)
    for origin, end in _periods(begin, times.iloc[-1], plan.step):
        known = times < origin - delay
        if isinstance(plan.window, timedelta):
            known &= times >= origin - delay - plan.window
        test = (times >= origin) & (times < end)
        if test.any():
            yield Step(np.flatnonzero(known), np.flatnonzero(test))


def fold_rows(groups: pd.Series, outcome: NDArray[np.int_], seed: int) -> Iterator[Step]:
    """Cross-validation for rows without an order: stratified, and equal rows in the same fold."""
    from sklearn.model_selection import StratifiedGroupKFold

    folds = StratifiedGroupKFold(FOLDS, shuffle=True, random_state=seed)
    for train, test in folds.split(np.zeros(len(outcome)), outcome, groups):
        yield Step(train, test)


def _periods(
    begin: pd.Timestamp, last: pd.Timestamp, step: Extent | None
) -> Iterator[tuple[pd.Timestamp, pd.Timestamp]]:
    origin = begin
    while origin <= last:
        end = origin + step if isinstance(step, timedelta) else (origin + pd.offsets.MonthBegin(1)).normalize()
        yield origin, end
        origin = end
