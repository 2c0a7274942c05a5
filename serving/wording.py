"""Figures as pages show them: shares in per cent, money in whole kroner, moments at local time."""

from __future__ import annotations

from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

from features import read_language

if TYPE_CHECKING:
    from datetime import datetime

NOT_KNOWN = "–"
LEAST_SHOWN, MOST_SHOWN = 0.001, 0.99
SMALL = 0.1
MINUTE = 60


def show_share(share: float | None, language: str = "en") -> str:
    """A probability in per cent: never 0 or 100, for nothing is certain before it has happened.

    >>> show_share(0.0316, "da")
    '3,2 %'
    >>> show_share(0.0316), show_share(0.41), show_share(0.0002), show_share(0.997), show_share(None)
    ('3.2 %', '41 %', '< 0.1 %', '> 99 %', '–')
    """
    if share is None:
        return NOT_KNOWN
    write = read_language(language).write_number
    if not LEAST_SHOWN <= share <= MOST_SHOWN:
        return f"< {write(0.1, 1)} %" if share < LEAST_SHOWN else "> 99 %"
    return f"{write(share * 100, 1 if share < SMALL else 0)} %"


def show_money(minor: int | None, currency: str, language: str = "en") -> str:
    """An amount in whole units of its currency.

    >>> show_money(123_456_789, "DKK")
    '1,234,568 DKK'
    """
    return NOT_KNOWN if minor is None else f"{read_language(language).write_number(minor / 100)} {currency}"


def show_moment(moment: datetime | None, time_zone: str = "Europe/Copenhagen", language: str = "en") -> str:
    """A moment at local time, to the minute.

    >>> from datetime import datetime
    >>> show_moment(datetime.fromisoformat("2026-06-17T08:05:00+00:00"))
    'Wed 17 Jun 2026, 10:05'
    >>> show_moment(datetime.fromisoformat("2026-06-17T08:05:00+00:00"), language="da")
    'ons 17. jun 2026, 10:05'
    """
    if moment is None:
        return NOT_KNOWN
    local = moment.astimezone(ZoneInfo(time_zone))
    spoken = read_language(language)
    day, month = spoken.numbers["weekdays"][local.weekday()][:3], spoken.numbers["months"][local.month - 1][:3]
    return spoken.numbers["date"].format(weekday=day, month=month, day=local.day, year=local.year) + f", {local:%H:%M}"


def show_talk(seconds: int) -> str:
    """Time spoken.

    >>> show_talk(184), show_talk(0)
    ('3 min 04 s', '0 s')
    """
    return f"{seconds // MINUTE} min {seconds % MINUTE:02d} s" if seconds >= MINUTE else f"{seconds} s"


def show_code(code: str, language: str = "en") -> str:
    """A code of the contract in words.

    >>> show_code("meeting_booked")
    'meeting booked'
    >>> show_code("meeting_booked", "da")
    'møde booket'
    """
    return read_language(language).codes.get(code) or code.replace("_", " ")


def show_sign(trend: str) -> str:
    """A trend as a sign.

    >>> [show_sign(trend) for trend in ("up", "down", "steady")]
    ['▲', '▼', '▬']
    """
    return {"up": "▲", "down": "▼", "steady": "▬"}[trend]


FILTERS = {
    "share": show_share,
    "money": show_money,
    "moment": show_moment,
    "talk": show_talk,
    "words": show_code,
    "sign": show_sign,
}
"""By the names that the pages use."""
