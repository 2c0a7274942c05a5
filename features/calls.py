"""Call behaviour: attempts, connects, talk, dispositions, recency and the mix of hours and weekdays."""

from __future__ import annotations

from features.expressions import (
    DAY,
    count_where,
    count_within,
    days_since_last,
    hours_since_last,
    latest,
    share_where,
)
from features.feature import feature
from features.sources import CALLS


@feature(CALLS, unit="calls", kind="count", group="attempts")
def calls() -> str:
    """Dial attempts before as-of."""
    return "count(*)"


@feature(CALLS, unit="calls", kind="count", group="attempts")
def calls_last_7_days() -> str:
    """Dial attempts in the 7 days before as-of."""
    return count_within(7)


@feature(CALLS, unit="calls", kind="count", group="attempts")
def calls_last_30_days() -> str:
    """Dial attempts in the 30 days before as-of."""
    return count_within(30)


@feature(CALLS, unit="calls", kind="count", group="reached")
def connects() -> str:
    """Calls in which the contact was reached."""
    return count_where("connected")


@feature(CALLS, unit="share", group="reached")
def contact_rate() -> str:
    """Connects divided by calls."""
    return share_where("connected")


@feature(CALLS, unit="calls", kind="count", group="reached")
def unanswered_in_a_row() -> str:
    """Calls since the contact was last reached; all calls when that never happened."""
    # place of the last connect among the visible calls; a lambda over the list takes twice as long for one lead
    last_connect = "list_position(list_sort(list(position)), max(position) FILTER (connected))"
    return f"count(*) - coalesce({last_connect}, 0)"


@feature(CALLS, unit="seconds", kind="count", group="talk")
def talk_seconds() -> str:
    """Time spoken in all calls."""
    return "sum(talk_seconds)"


@feature(CALLS, unit="seconds", group="talk")
def longest_talk_seconds() -> str:
    """Time spoken in the longest call."""
    return "max(talk_seconds)"


@feature(CALLS, unit="seconds per connect", group="talk")
def mean_talk_seconds() -> str:
    """Time spoken when the contact was reached, per connect."""
    return f"sum(talk_seconds) FILTER (connected) / nullif({count_where('connected')}, 0)"


@feature(CALLS, unit="seconds", group="talk")
def last_talk_seconds() -> str:
    """Time spoken in the last call."""
    return latest("talk_seconds")


@feature(CALLS, unit="disposition", kind="category", group="answers")
def last_disposition() -> str:
    """Result of the last call."""
    return latest("disposition")


@feature(CALLS, unit="disposition", kind="category", group="answers")
def last_connect_disposition() -> str:
    """Result of the last call in which the contact was reached."""
    return latest("disposition", "connected")


@feature(CALLS, unit="calls", kind="count", group="reached")
def no_answers() -> str:
    """Calls that nobody took: no answer, busy or voicemail."""
    return count_where("disposition IN ('no_answer', 'busy', 'voicemail')")


@feature(CALLS, unit="calls", kind="count", group="reached")
def wrong_numbers() -> str:
    """Calls that showed an invalid number or a wrong person."""
    return count_where("disposition IN ('invalid_number', 'wrong_person')")


@feature(CALLS, unit="calls", kind="count", group="reached")
def gatekeepers() -> str:
    """Calls that ended at a gatekeeper."""
    return count_where("disposition = 'gatekeeper'")


@feature(CALLS, unit="calls", kind="count", group="answers")
def interested_calls() -> str:
    """Calls with interest: information sent, interested or meeting booked."""
    return count_where("disposition IN ('information_sent', 'interested', 'meeting_booked')")


@feature(CALLS, unit="calls", kind="count", group="answers")
def not_interested_calls() -> str:
    """Calls in which the contact declined."""
    return count_where("disposition = 'not_interested'")


@feature(CALLS, unit="hours", group="attempts")
def hours_since_last_call() -> str:
    """Hours from the last call to as-of."""
    return hours_since_last()


@feature(CALLS, unit="days", group="reached")
def days_since_last_connect() -> str:
    """Days from the last call in which the contact was reached to as-of."""
    return days_since_last("connected")


@feature(CALLS, unit="days per call", group="attempts")
def mean_days_between_calls() -> str:
    """Days from the first call to the last, per call after the first."""
    return f"(max(age) - min(age)) / nullif((count(*) - 1) * {DAY}, 0)"


@feature(CALLS, unit="share", group="calling_hours")
def morning_share_of_calls() -> str:
    """Share of the calls that were made before noon, in the client's time zone."""
    return share_where("hour(local_at) < 12")


@feature(CALLS, unit="share", group="calling_hours")
def early_week_share_of_calls() -> str:
    """Share of the calls that were made on a Monday or Tuesday, in the client's time zone."""
    return share_where("isodow(local_at) <= 2")


@feature(CALLS, unit="hour 0-23", group="calling_hours")
def last_connect_hour() -> str:
    """Hour of the day in which the contact was last reached, in the client's time zone."""
    return latest("hour(local_at)", "connected")
