"""The few forms of SQL that many features share.

All of them are exact whatever the order of rows or the number of threads: integers are summed and divided
last, and what is latest is decided by ``position``.
"""

from __future__ import annotations

HOUR = 3_600_000_000
DAY = 24 * HOUR


def count_where(condition: str) -> str:
    """Rows for which the condition holds."""
    return f"count_if({condition})"


def share_where(condition: str) -> str:
    """Share of the rows for which the condition holds."""
    return f"{count_where(condition)} / count(*)"


def count_within(days: int) -> str:
    """Rows of the last days before as-of."""
    return count_where(f"occurred_at >= as_of - INTERVAL {days} DAY")


def latest(column: str, condition: str = "") -> str:
    """Value of the column in the last row that has one, of those for which the condition holds."""
    return f"arg_max({column}, position){_filter(condition)}"


def hours_since_last(condition: str = "") -> str:
    """Hours from the last row for which the condition holds to as-of."""
    return f"min(age){_filter(condition)} / {HOUR}"


def days_since_last(condition: str = "") -> str:
    """Days from the last row for which the condition holds to as-of."""
    return f"min(age){_filter(condition)} / {DAY}"


def days_until(moment: str) -> str:
    """Days from as-of to a moment; negative once it has passed."""
    return f"(epoch_us({moment}) - epoch_us(as_of)) / {DAY}"


def _filter(condition: str) -> str:
    return f" FILTER ({condition})" if condition else ""
