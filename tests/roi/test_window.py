"""References, and windows that are refused."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta, timezone

import pytest

from data.errors import BadInput
from roi.window import Window, check_window

JANUARY = datetime(2026, 1, 1, tzinfo=UTC)
JUNE = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("window", "key", "expected"),
    [
        (Window("campaign", JANUARY, JUNE), "k3", "roi:campaign=k3:2026-01-01:2026-06-01:period"),
        (Window("month", None, JUNE, "cohort"), "2026-02", "roi:month=2026-02:start:2026-06-01:cohort"),
        (Window("segment", JANUARY, JUNE), "50%: IT", "roi:segment=50%25%3A IT:2026-01-01:2026-06-01:period"),
        (
            Window("client", JANUARY, JUNE.replace(tzinfo=timezone(timedelta(hours=2)))),
            "n1",
            "roi:client=n1:2026-01-01:20260531T220000Z:period",
        ),
        (
            Window("client", JANUARY, JUNE.replace(microsecond=5)),
            "n1",
            "roi:client=n1:2026-01-01:20260601T000000.000005Z:period",
        ),
    ],
)
def test_a_reference_names_one_row(window: Window, key: str, expected: str) -> None:
    assert window.ref(key) == expected


@pytest.mark.parametrize(
    ("by", "start", "end", "basis", "says"),
    [
        ("week", None, JUNE, "period", "campaign, segment, agent, month, client, list"),
        ("month", None, JUNE, "quarter", "period, cohort"),
        ("month", datetime(2026, 1, 1), JUNE, "period", "the start 2026-01-01 00:00:00 has no time zone"),  # noqa: DTZ001
        ("month", None, datetime(2026, 1, 1), "period", "the end 2026-01-01 00:00:00 has no time zone"),  # noqa: DTZ001
        ("month", JUNE, JUNE, "period", "choose a start before the end"),
    ],
)
def test_a_window_that_makes_no_sense(by: str, start: datetime | None, end: datetime, basis: str, says: str) -> None:
    with pytest.raises(BadInput) as refused:
        check_window(by, start, end, basis)
    assert says in str(refused.value)
