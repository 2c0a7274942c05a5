"""What happened outside the calls: trigger signals, touches in other channels, consent."""

from __future__ import annotations

from features.expressions import count_where, count_within, days_since_last, latest
from features.feature import feature
from features.sources import CONSENTS, TOUCHES, TRIGGER_SIGNALS


@feature(TRIGGER_SIGNALS, unit="signals", kind="count", group="signals")
def signals_last_90_days() -> str:
    """Trigger signals at the company in the 90 days before as-of."""
    return count_within(90)


@feature(TRIGGER_SIGNALS, unit="signal", kind="category", group="signals")
def last_signal() -> str:
    """Last trigger signal at the company."""
    return latest("signal")


@feature(TRIGGER_SIGNALS, unit="days", group="signals")
def days_since_last_signal() -> str:
    """Days from the last trigger signal to as-of."""
    return days_since_last()


@feature(TOUCHES, unit="touches", kind="count", group="touches")
def touches() -> str:
    """Contacts with the lead in other channels than the phone."""
    return "count(*)"


@feature(TOUCHES, unit="touches", kind="count", group="touches")
def touches_last_30_days() -> str:
    """Contacts in other channels in the 30 days before as-of."""
    return count_within(30)


@feature(TOUCHES, unit="touches", kind="count", group="touches")
def inbound_touches() -> str:
    """Contacts that the lead itself began: web and inbound."""
    return count_where("channel IN ('web', 'inbound')")


@feature(TOUCHES, unit="days", group="touches")
def days_since_last_touch() -> str:
    """Days from the last contact in another channel to as-of."""
    return days_since_last()


@feature(CONSENTS, unit="consent", kind="category")
def consent() -> str:
    """What the contact last said about consent."""
    return latest("consent")
