"""What is asked: by which dimension, over which window, on which basis."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

from data.errors import BadInput

DIMENSIONS = ("campaign", "segment", "agent", "month", "client", "list")
"""What a report can be split by."""

BASES = ("period", "cohort")
"""What is counted: what happened in the window, or all that came of the leads created in it."""


@dataclass(frozen=True)
class Window:
    """One question to the report.

    Attributes:
        by: one of :data:`DIMENSIONS`.
        start: first moment that counts, or None for the beginning of the data.
        end: first moment that no longer counts; also the as-of of everything that is read.
        basis: one of :data:`BASES`.
    """

    by: str
    start: datetime | None
    end: datetime
    basis: str = "period"

    @property
    def is_cohort(self) -> bool:
        """Whether leads, not events, are chosen by the window."""
        return self.basis == "cohort"

    def ref(self, key: str) -> str:
        """A stable text that names one row of the report; ``callworth trace`` opens it.

        >>> Window("campaign", None, datetime(2026, 6, 1, tzinfo=UTC)).ref("k3")
        'roi:campaign=k3:start:2026-06-01:period'
        """
        quoted = key.replace("%", "%25").replace(":", "%3A")
        return f"roi:{self.by}={quoted}:{_write(self.start)}:{_write(self.end)}:{self.basis}"


def check_window(by: str, start: datetime | None, end: datetime, basis: str) -> Window:
    """The window, once it is known to make sense.

    Raises:
        BadInput: an unknown dimension or basis, a moment without time zone, or a start not before the end.
    """
    if by not in DIMENSIONS:
        raise BadInput(f"ROI cannot be split by {by!r}; use one of {', '.join(DIMENSIONS)}.")
    if basis not in BASES:
        raise BadInput(f"the basis {basis!r} is not known; use one of {', '.join(BASES)}.")
    for name, moment in (("start", start), ("end", end)):
        if moment is not None and moment.utcoffset() is None:
            raise BadInput(f"the {name} {moment} has no time zone; add one, for example +00:00.")
    if start is not None and start >= end:
        raise BadInput(f"the window starts at {start} and ends at {end}; choose a start before the end.")
    return Window(by, start, end, basis)


def _write(moment: datetime | None) -> str:
    """A moment without colons, since they part a reference: a date where it is midnight in UTC."""
    if moment is None:
        return "start"
    utc = moment.astimezone(UTC)
    midnight = utc == utc.replace(hour=0, minute=0, second=0, microsecond=0)
    if midnight:
        return utc.strftime("%Y-%m-%d")
    return utc.strftime("%Y%m%dT%H%M%S") + (f".{utc.microsecond:06d}" if utc.microsecond else "") + "Z"
