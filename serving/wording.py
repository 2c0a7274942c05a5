"""Figures as pages show them: shares in per cent, money in whole kroner, moments at local time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

if TYPE_CHECKING:
    from datetime import datetime

NOT_KNOWN = "–"
LEAST_SHOWN, MOST_SHOWN = 0.001, 0.99
MINUTE = 60


def show_share(share: float | None) -> str:
    """A probability in per cent: never 0 or 100, for nothing is certain before it has happened.

    >>> show_share(0.0316), show_share(0.41), show_share(0.0002), show_share(0.997), show_share(None)
    ('3.2 %', '41 %', '< 0.1 %', '> 99 %', '–')
    """
    if share is None:
        return NOT_KNOWN
    if not LEAST_SHOWN <= share <= MOST_SHOWN:
        return "< 0.1 %" if share < LEAST_SHOWN else "> 99 %"
    return f"{share:.1%}".replace("%", " %") if share < 0.1 else f"{share:.0%}".replace("%", " %")


def show_money(minor: int | None, currency: str) -> str:
    """An amount in whole units of its currency.

    >>> show_money(123_456_789, "DKK")
    '1,234,568 DKK'
    """
    return NOT_KNOWN if minor is None else f"{minor / 100:,.0f} {currency}"


def show_moment(moment: datetime | None, time_zone: str = "Europe/Copenhagen") -> str:
    """A moment at local time, to the minute.

    >>> from datetime import datetime
    >>> show_moment(datetime.fromisoformat("2026-06-17T08:05:00+00:00"))
    'Wed 17 Jun 2026, 10:05'
    """
    return NOT_KNOWN if moment is None else f"{moment.astimezone(ZoneInfo(time_zone)):%a %d %b %Y, %H:%M}"


def show_talk(seconds: int) -> str:
    """Time spoken.

    >>> show_talk(184), show_talk(0)
    ('3 min 04 s', '0 s')
    """
    return f"{seconds // MINUTE} min {seconds % MINUTE:02d} s" if seconds >= MINUTE else f"{seconds} s"


def show_code(code: str) -> str:
    """A code of the contract in words.

    >>> show_code("meeting_booked")
    'meeting booked'
    """
    return code.replace("_", " ")


FILTERS = {"share": show_share, "money": show_money, "moment": show_moment, "talk": show_talk, "words": show_code}
"""By the names that the pages use."""
