"""When the question is asked: age of the lead, season, and what has been agreed to come."""

from __future__ import annotations

from features.expressions import DAY, days_until
from features.feature import feature
from features.sources import LEADS


@feature(LEADS, unit="days")
def lead_age_days() -> str:
    """Days from the creation of the lead to as-of."""
    return f"age / {DAY}"


@feature(LEADS, unit="month 1-12")
def month() -> str:
    """Season: calendar month of as-of, in UTC."""
    return "month(as_of)"


@feature(LEADS, unit="days")
def days_until_next_action() -> str:
    """Days from as-of to the agreed next action; negative when it is overdue."""
    return days_until("next_action_at")
