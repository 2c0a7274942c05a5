"""Trigger signals, touches and consent."""

from __future__ import annotations

import pytest

ROWS = {
    "trigger_signals": [
        {"trigger_signal_id": "t1", "lead_id": "lead", "signal": "hiring", "occurred_at": "2025-01-02"},
        {"trigger_signal_id": "t2", "lead_id": "lead", "signal": "funding", "occurred_at": "2025-04-01"},
    ],
    "touches": [
        {"touch_id": "u1", "lead_id": "lead", "channel": "email", "occurred_at": "2025-02-01"},
        {"touch_id": "u2", "lead_id": "lead", "channel": "web", "occurred_at": "2025-04-20"},
        {"touch_id": "u3", "lead_id": "lead", "channel": "inbound", "occurred_at": "2025-04-21"},
    ],
    "consents": [
        {"consent_id": "c1", "contact_id": "contact", "consent": "given", "occurred_at": "2025-01-05"},
        {"consent_id": "c2", "contact_id": "contact", "consent": "withdrawn", "occurred_at": "2025-05-05"},
        {"consent_id": "c3", "contact_id": "someone", "consent": "refused", "occurred_at": "2025-04-05"},
    ],
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("signals_last_90_days", 1),
        ("last_signal", "funding"),
        ("days_since_last_signal", 30),
        ("touches", 3),
        ("touches_last_30_days", 2),
        ("inbound_touches", 2),
        ("days_since_last_touch", 10),
        ("consent", "given"),
    ],
)
def test_signals(answer, name, expected):
    assert answer("2025-05-01", **ROWS)[name] == expected


def test_exactly_30_days_ago_is_within_30_days(answer):
    assert answer("2025-03-03", **ROWS)["touches_last_30_days"] == 1
    assert answer("2025-03-03T00:00:00.000001", **ROWS)["touches_last_30_days"] == 0
