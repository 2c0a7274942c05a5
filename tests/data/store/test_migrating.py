"""Migrations: applied once, never backwards, and the demo's store made anew."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest
import sqlalchemy as sa

from data.errors import StoreUnavailable
from data.settings import Settings
from data.store import open_store, renew_store

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from data.store import Store
    from data.store.merging import Merge


@pytest.fixture
def other_database(store: Store) -> Iterator[str]:
    """The address of an empty database beside the tests' own."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql("CREATE DATABASE other TEMPLATE template0")
        yield sa.make_url(store.url).set(database="other").render_as_string(hide_password=False)
        connection.exec_driver_sql("DROP DATABASE other WITH (FORCE)")


def test_opening_again_changes_nothing(world: Callable[..., Merge], settings: Settings) -> None:
    world()
    again = open_store(settings)
    with again.transaction() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM leads").scalar_one() == 1
    again.close()


def test_a_newer_schema_is_refused_and_left_alone(other_database: str, tmp_path: Path) -> None:
    settings = Settings(tmp_path, other_database)
    opened = open_store(settings)
    with opened.transaction() as connection:
        connection.exec_driver_sql("UPDATE alembic_version SET version_num = '9999'")
    with pytest.raises(StoreUnavailable, match="has schema 9999, which this callworth does not know"):
        open_store(settings)
    with opened.transaction() as connection:
        assert connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one() == "9999"
    opened.close()


def test_a_user_who_may_not_make_tables_is_told(other_database: str, tmp_path: Path, store: Store) -> None:
    with store.transaction() as connection:
        connection.exec_driver_sql("CREATE ROLE guest LOGIN")
    address = sa.make_url(other_database).set(username="guest")
    try:
        with pytest.raises(StoreUnavailable, match=r"permission denied for schema public\); give its user the right"):
            open_store(Settings(tmp_path, address.render_as_string(hide_password=False)))
    finally:
        with store.transaction() as connection:
            connection.exec_driver_sql("DROP ROLE guest")


def test_a_database_of_another_encoding_is_refused(store: Store, tmp_path: Path) -> None:
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        connection.exec_driver_sql(
            "CREATE DATABASE latin TEMPLATE template0 ENCODING 'LATIN1' LOCALE_PROVIDER libc LOCALE 'C'"
        )
        address = sa.make_url(store.url).set(database="latin").render_as_string(hide_password=False)
        with pytest.raises(StoreUnavailable, match="keeps text as LATIN1; make one with ENCODING 'UTF8'"):
            open_store(Settings(tmp_path, address))
        connection.exec_driver_sql("DROP DATABASE latin WITH (FORCE)")


def test_only_the_embedded_store_is_renewed(world: Callable[..., Merge], store: Store, settings: Settings) -> None:
    world()
    with pytest.raises(StoreUnavailable, match="only the embedded database is ever emptied"):
        renew_store(Settings(settings.home, store.url))
    renewed = renew_store(settings)
    with renewed.transaction() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM leads").scalar_one() == 0
    renewed.close()


def test_a_store_in_use_is_not_renewed(store: Store, settings: Settings, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.store.migrating.LOCK_TIMEOUT", "50ms")
    with store.transaction() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM leads")
        with pytest.raises(StoreUnavailable, match="is in use"):
            renew_store(settings)
