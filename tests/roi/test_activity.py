"""Effort in the window."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable


def test_calls_in_the_window(make_tables: Callable[..., Any], report: Any) -> None:
    calls = [
        {"lead_id": "l1", "occurred_at": "2025-12-31T23:59:59", "disposition": "interested"},
        {"lead_id": "l1", "occurred_at": "2026-01-01", "disposition": "interested", "talk_seconds": 100},
        {"lead_id": "l1", "disposition": "gatekeeper", "talk_seconds": 20},
        {"lead_id": "l1", "disposition": "do_not_call", "talk_seconds": 30, "logged_by": "hand"},
        {"lead_id": "l1", "occurred_at": "2026-07-01", "disposition": "interested"},
    ]
    total = report(make_tables(leads=[{"lead_id": "l1", "occurred_at": "2025-06-01"}], calls=calls)).total
    assert (total.calls, total.connects, total.talk_seconds) == (3, 2, 150)
    assert total.contact_rate == pytest.approx(2 / 3)
    assert total.mean_talk_seconds == 75
