"""The plan of a backtest: how much to learn from, how much to judge at a time, and from where on."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

from data.errors import BadInput

CENTURY_DAYS = 36_525

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

    def options(self) -> dict[str, int | timedelta | datetime]:
        """What the plan says, by the name of the option that says it; no delay says nothing."""
        given = {"--window": self.window, "--step": self.step, "--start": self.start}
        given |= {"--label-delay": self.label_delay or None}
        return {option: value for option, value in given.items() if value is not None}


def parse_extent(text: str, option: str) -> Extent:
    """Read "500" as rows and "30d" as days.

    Raises:
        BadInput: it is neither.

    >>> parse_extent("30d", "--step")
    datetime.timedelta(days=30)
    """
    number = text.removesuffix("d")
    if not (number.isascii() and number.isdecimal()):
        raise BadInput(f"{option} '{text}' is neither a number of rows, as 500, nor of days, as 30d.")
    if number == text:
        return int(number)
    if int(number) > CENTURY_DAYS:
        raise BadInput(f"{option} '{text}' is more than a century; give at most {CENTURY_DAYS}d.")
    return timedelta(days=int(number))


def require_fit(plan: Plan, order: str) -> None:
    """Refuse a plan that would do nothing, or whose units are not those of the source.

    Args:
        plan: of the backtest.
        order: of the source: ``time``, ``rows`` or ``none``.

    Raises:
        BadInput: an option is nothing, or does not fit the order.

    >>> require_fit(Plan(step=500), "time")
    Traceback (most recent call last):
    data.errors.BadInput: this source is ordered by time; give --step in days, as 30d.
    """
    given = plan.options()
    if order == "none" and given:
        raise BadInput(f"this source has no order and is cross-validated; leave out {' and '.join(given)}.")
    for option, value in given.items():
        if isinstance(value, int) != (order == "rows"):
            raise BadInput(_name_units(option, order))
        if option in ("--window", "--step") and value in (0, timedelta(0)):
            raise BadInput(f"{option} is 0; give at least one {'row' if order == 'rows' else 'day'}.")


def _name_units(option: str, order: str) -> str:
    if order == "rows":
        return f"this source is ordered by its rows alone; give {option} as a number of rows, as 500."
    if option == "--start":
        return "this source is ordered by time; give --start as a date, as 2010-01-01."
    return f"this source is ordered by time; give {option} in days, as 30d."
