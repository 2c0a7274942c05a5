"""Meetings: booked, to come, held and missed."""

from __future__ import annotations

from features.expressions import DAY, count_where, days_since_last, latest
from features.feature import feature
from features.sources import MEETING_OUTCOMES, MEETINGS


@feature(MEETINGS, unit="meetings", kind="count", group="meetings")
def meetings_booked() -> str:
    """Meetings booked before as-of, whatever became of them."""
    return "count(*)"


@feature(MEETINGS, unit="days", group="meetings")
def days_until_meeting() -> str:
    """Days from as-of to the next meeting booked."""
    return f"min(epoch_us(starts_at) - epoch_us(as_of)) FILTER (starts_at >= as_of) / {DAY}"


@feature(MEETING_OUTCOMES, unit="meetings", kind="count", group="meetings")
def meetings_held() -> str:
    """Meetings held before as-of."""
    return count_where("outcome = 'held'")


@feature(MEETING_OUTCOMES, unit="meetings", kind="count", group="meetings")
def no_shows() -> str:
    """Meetings to which the contact did not come."""
    return count_where("outcome = 'no_show'")


@feature(MEETING_OUTCOMES, unit="outcome", kind="category", group="meetings")
def last_meeting_outcome() -> str:
    """What became of the last meeting whose outcome is known."""
    return latest("outcome")


@feature(MEETING_OUTCOMES, unit="days", group="meetings")
def days_since_meeting_held() -> str:
    """Days from the last meeting held to as-of."""
    return days_since_last("outcome = 'held'")
