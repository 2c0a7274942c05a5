"""Office hours where a number rings."""

from __future__ import annotations

from datetime import UTC, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.gate.hours import CLOSES, OPENS, Place, find_calling_moment, find_closure, locate_number

DENMARK = Place("DK", ("Europe/Copenhagen",))


@pytest.mark.parametrize(
    ("phone", "place"),
    [
        ("+4533123456", DENMARK),
        ("+12125550123", Place("US", ("America/New_York",))),
        ("+14155552671", Place("US", ("America/Los_Angeles",))),
        ("+46701234567", Place("SE", ("Europe/Stockholm",))),
        ("+18005550199", Place("US", ("Europe/Copenhagen",))),  # could ring anywhere in a wide country
        ("+447400123456", Place("GB", ("Europe/Guernsey",))),  # the first of four names of one clock
        ("not a number", DENMARK),
        (None, DENMARK),
    ],
)
def test_where_a_number_rings(phone: str | None, place: Place) -> None:
    assert locate_number(phone, "DK", "Europe/Copenhagen") == place


@pytest.mark.parametrize(
    ("at", "closure"),
    [
        ("2026-06-17T07:59:59+02:00", "outside_hours"),
        ("2026-06-17T08:00+02:00", None),
        ("2026-06-17T17:59:59+02:00", None),
        ("2026-06-17T18:00+02:00", "outside_hours"),
        ("2026-06-20T10:00+02:00", "outside_hours"),  # Saturday
        ("2026-05-14T10:00+02:00", "public_holiday"),  # Ascension Day
        ("2026-12-25T10:00+01:00", "public_holiday"),
    ],
)
def test_when_a_place_is_closed(at: str, closure: str | None) -> None:
    assert find_closure(DENMARK, datetime.fromisoformat(at)) == closure


@pytest.mark.parametrize(
    ("at", "expected"),
    [
        ("2026-06-17T10:00+02:00", "2026-06-17T10:00+02:00"),
        ("2026-06-17T07:59+02:00", "2026-06-17T08:00+02:00"),
        ("2026-06-17T18:00+02:00", "2026-06-18T08:00+02:00"),
        ("2026-06-19T18:00+02:00", "2026-06-22T08:00+02:00"),
        ("2026-03-28T12:00+01:00", "2026-03-30T08:00+02:00"),  # the clocks changed in between
        ("2026-04-01T18:00+02:00", "2026-04-07T08:00+02:00"),  # Maundy Thursday to Easter Monday
    ],
)
def test_when_calling_begins_again(at: str, expected: str) -> None:
    assert find_calling_moment(DENMARK, datetime.fromisoformat(at)) == datetime.fromisoformat(expected)


@pytest.mark.parametrize(
    ("phone", "at", "closure"),
    [
        ("+447400123456", "2026-06-17T06:30Z", "outside_hours"),  # 07:30 in London, 08:30 in Copenhagen
        ("+447400123456", "2026-06-17T16:30Z", None),
        ("+61412345678", "2026-06-17T14:00Z", "outside_hours"),  # midnight in Sydney
        ("+61412345678", "2026-06-17T02:00Z", None),  # 10:00 in Perth, noon in Sydney
    ],
)
def test_numbers_of_several_zones_are_called_in_their_common_hours(phone: str, at: str, closure: str | None) -> None:
    place = locate_number(phone, "DK", "Europe/Copenhagen")
    assert find_closure(place, datetime.fromisoformat(at)) == closure


def test_a_number_in_two_zones_is_called_when_it_is_office_hours_in_both() -> None:
    both = Place("US", ("America/New_York", "America/Chicago"))
    assert find_closure(both, datetime.fromisoformat("2026-06-17T08:30-04:00")) == "outside_hours"
    opening = find_calling_moment(both, datetime.fromisoformat("2026-06-17T08:30-04:00"))
    assert opening == datetime.fromisoformat("2026-06-17T08:00-05:00")


@given(
    st.integers(0, 315_360_000).map(lambda seconds: datetime.fromtimestamp(1_577_836_800 + seconds, UTC)),
    st.sampled_from(["Europe/Copenhagen", "America/New_York", "Asia/Kolkata", "Pacific/Auckland"]),
)
def test_a_calling_moment_is_open_and_not_before(at: datetime, zone: str) -> None:
    found = find_calling_moment(Place("DK", (zone,)), at)
    assert found >= at
    assert find_closure(Place("DK", (zone,)), found) is None
    assert OPENS <= found.hour < CLOSES or found == at
