"""What is kept no longer: by table, from which day, and what stays all the same."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pytest

from data.maintenance import apply_retention
from data.settings import Retention

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store
    from data.store.merging import Merge

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)


def days_ago(days: int) -> str:
    return (NOW - timedelta(days=days)).isoformat()


def apply(store: Store, retention: Retention) -> dict[str, int]:
    with store.transaction() as connection:
        return apply_retention(connection, store.home, retention, at=NOW)


def read(store: Store, query: str) -> list[str]:
    with store.transaction() as connection:
        return list(connection.exec_driver_sql(query).scalars())


@pytest.fixture
def calls(world: Callable[..., Merge]) -> None:
    """Calls of 99 and 101 days ago; of the older, one booked a meeting and one forbade to be called."""
    kinds = {"new": "busy", "old": "busy", "booked": "meeting_booked", "refused": "do_not_call"}
    world(
        calls=[
            {"call_id": name, "disposition": kind, "occurred_at": days_ago(99 if name == "new" else 101)}
            for name, kind in kinds.items()
        ],
        meetings=[{"meeting_id": "m", "lead_id": "l", "call_id": "booked", "starts_at": days_ago(90)}],
    )


@pytest.mark.usefixtures("calls")
def test_old_calls_go_and_those_that_still_count_stay(store: Store) -> None:
    assert apply(store, Retention(calls=100)) == {"lead_features": 0, "quarantine": 0, "calls": 1}
    assert read(store, "SELECT call_id FROM calls ORDER BY 1") == ["booked", "new", "refused"]
    assert read(store, "SELECT lead_id FROM erased_leads") == ["l"]  # its past scores cannot be rebuilt
    assert apply(store, Retention(calls=100))["calls"] == 0


@pytest.mark.usefixtures("calls")
def test_nothing_goes_that_no_period_is_set_for(store: Store) -> None:
    assert apply(store, Retention()) == {"lead_features": 0, "quarantine": 0}
    assert len(read(store, "SELECT call_id FROM calls")) == 4
    assert read(store, "SELECT erasure_id::text FROM erasures") == []


def test_refused_rows_and_expired_features_go_by_themselves(store: Store, world: Callable[..., Merge]) -> None:
    world()
    with store.transaction() as connection:
        for days in (179, 181):
            connection.exec_driver_sql(
                "INSERT INTO quarantine"
                " (mapping, file, row, content_hash, content, table_name, rule, reason, arrived_at)"
                f" VALUES ('m', 'f', 1, '{days}', '{{}}', 't', 'r', 's', '{days_ago(days)}')"
            )
        for lead, days in (("a", 0), ("b", -1)):
            connection.exec_driver_sql(
                f"INSERT INTO lead_features VALUES ('{lead}', now(), '{days_ago(days)}', '1', ARRAY[1.0])"
            )
    assert apply(store, Retention()) == {"lead_features": 1, "quarantine": 1}
    assert read(store, "SELECT content_hash FROM quarantine") == ["179"]
    assert read(store, "SELECT lead_id FROM lead_features") == ["b"]


def test_persons_of_whom_nothing_is_heard_are_erased(store: Store, world: Callable[..., Merge]) -> None:
    world(
        contacts=[
            {"contact_id": name, "name": name, "occurred_at": days_ago(200)} for name in ("silent", "called", "said")
        ],
        leads=[
            {"lead_id": f"l-{name}", "contact_id": name, "occurred_at": days_ago(150)} for name in ("silent", "called")
        ],
        calls=[{"lead_id": "l-called", "occurred_at": days_ago(99)}],
        consents=[{"contact_id": "said", "consent": "refused", "occurred_at": days_ago(99)}],
    )
    assert apply(store, Retention(contacts=100))["contacts"] == 2  # silent, and the world's own p
    assert read(store, "SELECT name FROM contacts WHERE name IS NOT NULL ORDER BY 1") == ["called", "said"]
    assert apply(store, Retention(contacts=100))["contacts"] == 0
