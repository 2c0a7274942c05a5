"""Rows as of a moment."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from roi.visible import READ, open_visible

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.frames import Tables

JUNE = datetime(2026, 6, 1, tzinfo=UTC)


@pytest.mark.parametrize(
    ("occurred", "known", "superseded", "seen"),
    [
        ("2026-05-31T23:59:59", "2026-05-31T23:59:59", None, 1),
        ("2026-06-01", "2026-06-01", None, 0),  # the as-of itself no longer counts
        ("2026-05-01", "2026-06-01", None, 0),  # it had happened, and nobody knew
        ("2026-05-01", "2026-05-01", "2026-05-31", 0),
        ("2026-05-01", "2026-05-01", "2026-06-01", 1),  # the newer version came too late
    ],
)
def test_two_clocks(
    make_tables: Callable[..., Tables], occurred: str, known: str, superseded: str | None, seen: int
) -> None:
    row = {"lead_id": "l1", "occurred_at": occurred, "known_at": known, "superseded_at": superseded}
    with open_visible(make_tables(calls=[row]), JUNE) as connection:
        assert connection.execute("SELECT count(*) FROM calls").fetchone() == (seen,)


def test_a_missing_table_has_no_rows() -> None:
    with open_visible({}, JUNE) as connection:
        assert [connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in READ] == [(0,)] * len(READ)
