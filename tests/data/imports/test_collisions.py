"""An import that brings a call which the service is reporting at the very moment."""

from __future__ import annotations

import time
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import psycopg
import pytest
import sqlalchemy as sa

from data.errors import EnvironmentFault
from data.imports.collisions import ATTEMPTS, merge_again
from data.imports.importing import import_source
from data.imports.mapping import load_mapping
from data.store import read_tables

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from data.store import Store

REPORT_CALL = """
    INSERT INTO calls (call_id, lead_id, talk_seconds, disposition, occurred_at, known_at, known_at_assumed)
    VALUES ('x', 'l', 3, 'busy', '2025-06-03T08:00Z', '2025-06-03T08:01Z', FALSE)"""
BROUGHT = "call_id,lead_id,talk_seconds,disposition,occurred_at\nx,l,3,{},2025-06-03T08:00:00Z\n"
WAITING = "SELECT count(*) FROM pg_locks WHERE locktype = 'transactionid' AND NOT granted"
ARRIVED = datetime(2025, 6, 3, 9, tzinfo=UTC)


@pytest.mark.parametrize(("disposition", "accepted", "versions"), [("busy", 0, 1), ("callback", 1, 2)])
def test_the_call_of_the_service_is_merged_with_that_of_the_file(
    store: Store, merge: Callable[..., object], tmp_path: Path, disposition: str, accepted: int, versions: int
) -> None:
    world: dict[str, list[dict[str, str]]] = {
        name: [{}] for name in ("clients", "companies", "contacts", "campaigns", "leads")
    }
    merge(**world)
    (tmp_path / "calls.csv").write_text(BROUGHT.format(disposition), encoding="utf-8")
    with ThreadPoolExecutor() as pool:
        with store.transaction() as service:
            service.exec_driver_sql(REPORT_CALL)
            coming = pool.submit(import_source, store, tmp_path, load_mapping("contract"), arrived_at=ARRIVED)
            deadline = time.monotonic() + 10
            while not service.exec_driver_sql(WAITING).scalar_one() and time.monotonic() < deadline:
                time.sleep(0.01)
        report = coming.result()
    assert (report.read, report.accepted, report.quarantined) == (1, accepted, 0)
    assert read_tables(store, ["calls"])["calls"].num_rows == versions


def test_what_collides_every_time_is_told_and_other_faults_are_not_tried_again() -> None:
    tried: list[int] = []

    def collide(fault: type[Exception]) -> None:
        tried.append(1)
        raise sa.exc.IntegrityError("", None, fault())

    with pytest.raises(EnvironmentFault, match="import again when fewer calls are reported"):
        merge_again(lambda: collide(psycopg.errors.UniqueViolation))
    assert len(tried) == ATTEMPTS
    with pytest.raises(sa.exc.IntegrityError):
        merge_again(lambda: collide(psycopg.errors.NotNullViolation))
    assert len(tried) == ATTEMPTS + 1
