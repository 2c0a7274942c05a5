"""Call behaviour, worked out by hand for five calls of one lead, as of Monday 2025-02-10 12:00 UTC."""

from __future__ import annotations

import pytest

AS_OF = "2025-02-10T12:00"


def call(number, occurred_at, disposition, talk_seconds=0, **more):
    return {
        "call_id": f"call-{number}",
        "lead_id": "lead",
        "occurred_at": occurred_at,
        "disposition": disposition,
        "talk_seconds": talk_seconds,
        **more,
    }


CALLS = [
    call(1, "2025-01-06T08:00", "no_answer"),  # a Monday, 09:00 in Copenhagen
    call(2, "2025-01-15T11:30", "gatekeeper", 40),  # a Wednesday, 12:30
    call(3, "2025-01-20T10:59", "callback", 200),  # a Monday, 11:59
    call(4, "2025-02-04T13:00", "voicemail", 10),  # a Tuesday, 14:00
    call(5, "2025-02-10T06:00", "wrong_person", 5),  # a Monday, 07:00
]

EXPECTED = [
    ("calls", 5),
    ("calls_last_7_days", 2),  # 4 and 5
    ("calls_last_30_days", 4),  # all but 1
    ("connects", 1),
    ("contact_rate", 1 / 5),
    ("unanswered_in_a_row", 2),
    ("talk_seconds", 255),
    ("longest_talk_seconds", 200),
    ("mean_talk_seconds", 200),
    ("last_talk_seconds", 5),
    ("last_disposition", "wrong_person"),
    ("last_connect_disposition", "callback"),
    ("no_answers", 2),
    ("wrong_numbers", 1),
    ("gatekeepers", 1),
    ("interested_calls", 0),
    ("not_interested_calls", 0),
    ("hours_since_last_call", 6),
    ("days_since_last_connect", 21 + 61 / 1440),
    ("mean_days_between_calls", (35 - 2 / 24) / 4),
    ("morning_share_of_calls", 3 / 5),
    ("early_week_share_of_calls", 4 / 5),
    ("last_connect_hour", 11),
]


@pytest.mark.parametrize(("name", "expected"), EXPECTED)
def test_five_calls(answer, name, expected):
    assert answer(AS_OF, calls=CALLS)[name] == expected


@pytest.mark.parametrize(
    ("name", "expected"),
    [("calls", 0), ("talk_seconds", 0), ("unanswered_in_a_row", 0), ("contact_rate", None), ("last_disposition", None)],
)
def test_no_call_gives_zero_counts_and_missing_rates(answer, name, expected):
    assert answer(AS_OF)[name] == expected


def test_without_connect_every_call_is_unanswered_and_talk_per_connect_is_missing(answer):
    found = answer(AS_OF, calls=CALLS[:2])
    assert (found["unanswered_in_a_row"], found["mean_talk_seconds"]) == (2, None)


def test_only_the_call_at_hand_has_no_days_between_calls(answer):
    assert answer(AS_OF, calls=CALLS[:1])["mean_days_between_calls"] is None


def test_of_two_calls_at_once_the_one_known_later_is_last(answer):
    at = "2025-02-01T10:00"
    early = call(9, at, "busy", known_at="2025-02-01T11:00")
    late = call(1, at, "callback", known_at="2025-02-01T12:00")
    for calls in ([early, late], [late, early]):
        assert answer(AS_OF, calls=calls)["last_disposition"] == "callback"


def test_of_two_calls_at_once_and_known_at_once_the_greater_key_is_last(answer):
    at = "2025-02-01T10:00"
    for calls in ([call(1, at, "busy"), call(2, at, "callback")], [call(2, at, "callback"), call(1, at, "busy")]):
        assert answer(AS_OF, calls=calls)["last_disposition"] == "callback"


@pytest.mark.parametrize(
    ("zone", "hour"), [("Europe/Copenhagen", 13), ("America/New_York", 7), ("Asia/Tokyo", 20), (None, 13)]
)
def test_hours_are_those_of_the_client(answer, zone, hour):
    clients = [{"client_id": "client", "time_zone": zone, "occurred_at": "2024-01-01"}]
    summer = [call(1, "2025-07-01T11:00", "callback")]
    assert answer("2025-08-01", calls=summer, clients=clients)["last_connect_hour"] == hour


def test_without_client_hours_are_danish(answer):
    found = answer("2025-08-01", calls=[call(1, "2025-07-01T11:00", "callback")], clients=[])
    assert found["last_connect_hour"] == 13
