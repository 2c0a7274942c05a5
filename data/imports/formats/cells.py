"""Typed cells as text, without loss: what a workbook or a Parquet file holds, as a careful person would type it."""

from __future__ import annotations

from datetime import date, datetime, time, timedelta
from decimal import Decimal

MIDNIGHT = time()


def write_cell(value: object, sign: str = ".") -> str:
    """A cell as text; nothing is the empty text, a moment is ISO 8601, a number has no exponent.

    Args:
        value: of the cell.
        sign: the decimal sign in which numbers are written.

    >>> write_cell(12.0), write_cell(1234.5, ","), write_cell(1e-05), write_cell("007"), write_cell(None)
    ('12', '1234,5', '0.00001', '007', '')
    >>> write_cell(datetime(2025, 2, 3)), write_cell(datetime(2025, 2, 3, 9, 5)), write_cell(True)
    ('2025-02-03', '2025-02-03T09:05:00', 'true')
    """
    if value is None:
        return ""
    if isinstance(value, str):
        return value
    if isinstance(value, bool):
        return "true" if value else "false"
    if isinstance(value, float | Decimal):
        return _write_fraction(value).replace(".", sign)
    if isinstance(value, datetime) and value.time() == MIDNIGHT and value.tzinfo is None:
        return value.date().isoformat()
    if isinstance(value, date | time):
        return value.isoformat()
    return _write_span(value) if isinstance(value, timedelta) else str(value)


def _write_fraction(value: float | Decimal) -> str:
    exact = Decimal(repr(value)) if isinstance(value, float) else value
    if not exact.is_finite():
        return str(exact)
    whole = exact.to_integral_value() if abs(exact) < Decimal("1e300") else exact
    return f"{whole:f}" if exact == whole and isinstance(value, float) else f"{exact:f}"


def _write_span(span: timedelta) -> str:
    """Hours, minutes and seconds, as a spreadsheet shows a duration; hours go on beyond 24.

    >>> write_cell(timedelta(days=1, hours=2, seconds=5))
    '26:00:05'
    """
    hours, rest = divmod(span, timedelta(hours=1))
    minutes, rest = divmod(rest, timedelta(minutes=1))
    fraction = f".{rest.microseconds:06d}" if rest.microseconds else ""
    return f"{hours:02d}:{minutes:02d}:{rest.seconds:02d}{fraction}"
