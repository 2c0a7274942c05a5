"""When a number may be called: office hours of a working day, where it rings. House policy, not law."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, date, datetime, timedelta
from functools import lru_cache
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import holidays
import phonenumbers
from phonenumbers.timezone import UNKNOWN_TIMEZONE, time_zones_for_number

if TYPE_CHECKING:
    from holidays import HolidayBase

OPENS, CLOSES = 8, 18
"""Local hours: from the first, up to the second."""

WEEKDAYS = 5

CLOSURES = ("outside_hours", "public_holiday")
"""Why a place is not called: names of rules of the gate."""

WIDEST = timedelta(hours=CLOSES - OPENS - 2)
"""Numbers that could ring in zones further apart have no office hours in common: the client's clock stands in."""

WINTER = datetime(2026, 1, 15, tzinfo=UTC)
"""When zones are compared."""

LONGEST_CLOSURE = 30
"""Days that are looked ahead for the next working day."""


@dataclass(frozen=True)
class Place:
    """Where a number rings.

    Attributes:
        country: ISO 3166 code of two letters, for its public holidays; empty where it is not known.
        zones: IANA names; it must be office hours in each.
    """

    country: str
    zones: tuple[str, ...]


@lru_cache(maxsize=65_536)
def locate_number(phone: str | None, country: str | None, time_zone: str) -> Place:
    """Where a number rings; the client's country and zone where the number does not say.

    Args:
        phone: E.164.
        country: of the client.
        time_zone: of the client.

    >>> locate_number("+12125550123", "DK", "Europe/Copenhagen")
    Place(country='US', zones=('America/New_York',))
    """
    home = Place(country or "", (time_zone,))
    try:
        number = phonenumbers.parse(phone or "", None)
    except phonenumbers.NumberParseException:
        return home
    region = phonenumbers.region_code_for_number(number)
    if region is None or region == home.country:
        return home
    zones = time_zones_for_number(number)
    if UNKNOWN_TIMEZONE in zones:
        return Place(region, home.zones)
    by_offset = {WINTER.astimezone(ZoneInfo(zone)).utcoffset() or timedelta(): zone for zone in reversed(zones)}
    near = max(by_offset) - min(by_offset) <= WIDEST
    return Place(region, tuple(by_offset.values()) if near else home.zones)


@lru_cache(maxsize=4_096)
def find_closure(place: Place, at: datetime) -> str | None:
    """Why a place is not called at a moment, one of :data:`CLOSURES`, or None.

    >>> find_closure(Place("DK", ("Europe/Copenhagen",)), datetime.fromisoformat("2026-05-14T10:00+02:00"))
    'public_holiday'
    """
    for zone in place.zones:
        local = at.astimezone(ZoneInfo(zone))
        if local.isoweekday() > WEEKDAYS or not OPENS <= local.hour < CLOSES:
            return "outside_hours"
        if local.date() in _holidays(place.country):
            return "public_holiday"
    return None


@lru_cache(maxsize=4_096)
def find_calling_moment(place: Place, at: datetime) -> datetime:
    """The first moment from ``at`` on at which a place may be called, in its first zone's time.

    Args:
        place: of :func:`locate_number`.
        at: with time zone.

    >>> saturday = datetime.fromisoformat("2026-06-13T10:00+00:00")
    >>> find_calling_moment(Place("DK", ("Europe/Copenhagen",)), saturday).isoformat()
    '2026-06-15T08:00:00+02:00'
    """
    if find_closure(place, at) is None:
        return at
    openings = (_open(at.astimezone(ZoneInfo(zone)), days) for days in range(LONGEST_CLOSURE) for zone in place.zones)
    for opening in openings:
        if opening > at and find_closure(place, opening) is None:
            return opening.astimezone(ZoneInfo(place.zones[0]))
    return at + timedelta(days=LONGEST_CLOSURE)


def _open(local: datetime, days: int) -> datetime:
    return (local + timedelta(days=days)).replace(hour=OPENS, minute=0, second=0, microsecond=0)


@lru_cache(maxsize=256)
def _holidays(country: str) -> HolidayBase | dict[date, str]:
    try:
        return holidays.country_holidays(country)  # finds the days of a year when it is asked about one
    except NotImplementedError:
        return {}
