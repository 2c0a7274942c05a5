"""A history small enough to be imported in half a second, and commands that import it."""

from __future__ import annotations

from datetime import UTC, datetime
from time import perf_counter
from typing import TYPE_CHECKING

import pytest

from data.simulator import simulate, write_simulation
from tests.data.faults.commands import Commands, open_commands
from tests.data.faults.stored import Undisturbed, count_rows, dump, empty

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.store import Store


KEPT = ("clients", "companies", "contacts", "agents", "lists", "campaigns", "leads", "calls")


@pytest.fixture(scope="session")
def history(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A folder of contract tables, some of whose rows break the contract."""
    folder = tmp_path_factory.mktemp("history")
    end = datetime(2026, 5, 1, tzinfo=UTC)
    write_simulation(simulate(leads=120, months=6, end=end, seed=3, scenario="steady"), folder)
    for path in folder.iterdir():
        if path.stem not in KEPT:
            path.unlink()
    return folder


@pytest.fixture(scope="session")
def _found() -> list[Undisturbed]:
    """What was found out once."""
    return []


@pytest.fixture
def undisturbed(
    store: Store, commands: Commands, environment: dict[str, str], history: Path, _found: list[Undisturbed]
) -> Undisturbed:
    """What an import that nobody disturbs leaves; the store is empty again."""
    if _found:
        return _found[0]
    began = perf_counter()
    assert commands.start_import(history, environment).wait().status == 0
    seconds = perf_counter() - began
    left = Undisturbed(seconds, dump(store.url), count_rows(store.url))
    empty(store.url)
    _found.append(left)
    return left


@pytest.fixture(scope="session")
def commands(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Commands]:
    """Where commands are started."""
    with open_commands(tmp_path_factory.mktemp("said")) as started:
        yield started


@pytest.fixture
def environment(store: Store, tmp_path: Path) -> dict[str, str]:
    """The environment of commands that use the tests' own database, emptied."""
    return {"CALLWORTH_HOME": str(tmp_path / "home"), "CALLWORTH_DATABASE_URL": store.url, "PGAPPNAME": "under test"}
