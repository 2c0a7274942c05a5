"""An import whose connection is lost ends with one sentence and leaves nothing; again, it brings everything."""

from __future__ import annotations

from time import monotonic, sleep
from typing import TYPE_CHECKING

import psycopg
import pytest

from data.store.migrating import MIGRATION_LOCK
from tests.data.faults.commands import require_one_sentence
from tests.data.faults.stored import NOTHING, count_rows, draw_moments, dump, empty, watch

if TYPE_CHECKING:
    from pathlib import Path

    from data.store import Store
    from tests.data.faults.commands import Commands
    from tests.data.faults.stored import Undisturbed

SOON_SECONDS = 20


@pytest.mark.parametrize("times", [2, pytest.param(200, marks=pytest.mark.soak)])
def test_at_random_moments(
    store: Store,
    commands: Commands,
    environment: dict[str, str],
    history: Path,
    undisturbed: Undisturbed,
    times: int,
) -> None:
    with watch(store.url) as seen:
        for moment in draw_moments(times, undisturbed.seconds):
            command = commands.start_import(history, environment)
            sleep(moment)
            with psycopg.connect(store.url, autocommit=True) as connection:
                connection.execute(_END)
            ended, left = command.wait(), count_rows(store.url)
            assert left in (NOTHING, undisturbed.counts)
            if ended.status:
                require_one_sentence(ended)
            if left == NOTHING:
                assert ended.status == 3
                assert commands.start_import(history, environment).wait().status == 0
            assert dump(store.url) == undisturbed.dump
            empty(store.url)
    assert seen <= {NOTHING, undisturbed.counts}


@pytest.mark.parametrize("busy_with", ["COPY stage_%", "%CREATE TEMP TABLE news%", "%INSERT INTO imports%"])
def test_while_it_is_busy(
    store: Store, commands: Commands, environment: dict[str, str], history: Path, busy_with: str
) -> None:
    command = commands.start_import(history, environment)
    waits_until = monotonic() + SOON_SECONDS
    with psycopg.connect(store.url, autocommit=True) as connection:
        while not connection.execute(f"{_END} AND query LIKE %s", (busy_with,)).fetchall():  # type: ignore[arg-type]
            assert monotonic() < waits_until
    require_one_sentence(command.wait())
    assert count_rows(store.url) == NOTHING


def test_before_it_has_looked_at_the_schema(
    store: Store, commands: Commands, environment: dict[str, str], history: Path
) -> None:
    with psycopg.connect(store.url, autocommit=True) as connection:
        connection.execute("SELECT pg_advisory_lock(%s)", (MIGRATION_LOCK,))
        command = commands.start_import(history, environment)
        waits_until = monotonic() + SOON_SECONDS
        while not connection.execute(f"{_END} AND wait_event_type = 'Lock'").fetchall():  # type: ignore[arg-type]
            assert monotonic() < waits_until
    require_one_sentence(command.wait())
    assert count_rows(store.url) == NOTHING


_END = "SELECT pg_terminate_backend(pid) FROM pg_stat_activity WHERE application_name = 'under test'"
