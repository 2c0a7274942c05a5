from __future__ import annotations

from datetime import UTC, datetime

import pytest

from serving.wording import show_code, show_moment, show_money, show_share, show_talk


@pytest.mark.parametrize(
    ("share", "text"),
    [
        (1e-9, "< 0.1 %"),
        (0.001, "0.1 %"),
        (0.0499, "5.0 %"),
        (0.1, "10 %"),
        (0.99, "99 %"),
        (0.999, "> 99 %"),
        (None, "–"),
    ],
)
def test_share(share: float | None, text: str) -> None:
    assert show_share(share) == text


@pytest.mark.parametrize(("minor", "text"), [(0, "0 DKK"), (99, "1 DKK"), (123_456_700, "1,234,567 DKK"), (None, "–")])
def test_money(minor: int | None, text: str) -> None:
    assert show_money(minor, "DKK") == text


def test_moment_in_winter_and_not_known() -> None:
    assert show_moment(datetime(2026, 1, 5, 23, 30, tzinfo=UTC)) == "Tue 06 Jan 2026, 00:30"
    assert show_moment(None) == "–"


def test_talk_and_codes() -> None:
    assert [show_talk(seconds) for seconds in (0, 59, 60, 3_661)] == ["0 s", "59 s", "1 min 00 s", "61 min 01 s"]
    assert show_code("do_not_call") == "do not call"
