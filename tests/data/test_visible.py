"""Rows as of a moment."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pytest

from data.frames import to_arrow
from data.visible import open_visible

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
def test_two_clocks(occurred: str, known: str, superseded: str | None, seen: int) -> None:
    moments = {"occurred_at": occurred, "known_at": known, "superseded_at": superseded}
    rows = pd.DataFrame({name: pd.to_datetime([text], utc=True) for name, text in moments.items()})
    tables = {"calls": to_arrow("calls", rows.assign(call_id="c", lead_id="l"))}
    with open_visible(tables, ["calls", "deals"], JUNE) as connection:
        counts = [connection.execute(f"SELECT count(*) FROM {name}").fetchone() for name in ("calls", "deals")]
    assert counts == [(seen,), (0,)]  # a missing table has no rows
