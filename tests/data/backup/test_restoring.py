"""Backups and the way back: the same content, nothing by halves, and nobody who was erased."""

from __future__ import annotations

import sqlite3
from contextlib import closing
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from data.backup import restore_backup, write_backup
from data.backup.programs import find_program
from data.erasure import forget_people
from data.errors import BadInput, EnvironmentFault, StoreUnavailable
from data.settings import Settings
from data.store import open_store
from data.store.migrating import migrate
from data.store.postgres import connect_store
from data.store.schema import METADATA
from data.suppression import add_entries, read_secret

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from pathlib import Path

    from data.backup import Restored
    from data.store import Store
    from data.store.merging import Merge

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
LATER = NOW + timedelta(days=1)
ODD = 'Ærø "x"; \\. \\N\ttab\nCOPY public.clients'
PEOPLE = [
    {"contact_id": "anne", "name": ODD, "email": "anne@zwilling.dk", "phone": "+4533123456"},
    {"contact_id": "bo", "name": "Bo", "email": "bo@zwilling.dk"},
]


@pytest.fixture
def home(store: Store, world: Callable[..., Merge], tmp_path: Path) -> Iterator[Settings]:
    """A filled database of its own, with a registry of one file, and a row in quarantine that names Anne."""
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        world(contacts=PEOPLE)
        world(leads=[{"lead_id": "l-anne", "contact_id": "anne", "attributes": '{"beds": 4}'}])
        world(calls=[{"lead_id": "l-anne"}])
        connection.exec_driver_sql(
            "INSERT INTO quarantine (mapping, file, row, content_hash, content, table_name, rule, reason, arrived_at)"
            """ VALUES ('m', 'f', 1, 'h', '{"Mail": "Anne@zwilling.dk"}', 't', 'r', 's', now())"""
        )
        connection.exec_driver_sql("CREATE DATABASE backed TEMPLATE template0")
        address = sa.make_url(store.url).set(database="backed").render_as_string(hide_password=False)
        settings = Settings(tmp_path / "home", address)
        read_secret(settings.home)
        (settings.artefacts / "1").mkdir(parents=True)
        (settings.artefacts / "1" / "model.txt").write_text("model", encoding="utf-8")
        with closing(sqlite3.connect(settings.home / "mlflow.db")) as registry, registry:
            registry.execute("CREATE TABLE versions (source TEXT, number INTEGER)")
            registry.execute("INSERT INTO versions VALUES (?, 1)", (f"{settings.artefacts.as_uri()}/1",))
        yield settings
        connection.exec_driver_sql("DROP DATABASE backed WITH (FORCE)")


def back_up(settings: Settings, store: Store, folder: Path) -> Path:
    write_backup(settings, store, folder, at=NOW)
    return folder


def restore(settings: Settings, folder: Path, *, replace: bool = False) -> Restored:
    return restore_backup(settings, folder, replace=replace, at=LATER)


def read_rows(store: Store) -> dict[str, list[str]]:
    with store.transaction() as connection:
        return {
            name: sorted(connection.exec_driver_sql(f"SELECT t::text FROM {name} t").scalars())
            for name in METADATA.tables
        }


def reopen(settings: Settings) -> dict[str, list[str]]:
    opened = open_store(settings)
    rows = read_rows(opened)
    opened.close()
    return rows


def test_what_is_restored_is_what_was_there(home: Settings, store: Store, tmp_path: Path) -> None:
    folder = back_up(home, store, tmp_path / "backup")
    assert {path.stat().st_mode & 0o077 for path in (folder, folder / "secret")} == {0}
    other = Settings(tmp_path / "other", home.database_url)
    restored = restore(other, folder)
    assert reopen(other) == read_rows(store)
    assert (restored.tables["contacts"], restored.erased) == (3, 0)
    assert (other.artefacts / "1" / "model.txt").read_text(encoding="utf-8") == "model"
    with closing(sqlite3.connect(other.home / "mlflow.db")) as registry:
        assert registry.execute("SELECT * FROM versions").fetchall() == [(f"{other.artefacts.as_uri()}/1", 1)]
    assert (other.home / "secret").read_bytes() == (home.home / "secret").read_bytes()
    opened = open_store(other)
    with opened.transaction() as connection:  # counters go on where they stood
        connection.exec_driver_sql("INSERT INTO erasures (erased_at) VALUES (now())")
        statement = "INSERT INTO quarantine (mapping, file, row, content_hash, content, table_name, rule, reason,"
        statement += " arrived_at) VALUES ('m', 'f', 1, 'i', '{}', 't', 'r', 's', now())"
        connection.exec_driver_sql(statement)
    opened.close()
    assert sorted(path.name for path in other.home.iterdir()) == ["artefacts", "mlflow.db", "secret"]


def test_whoever_was_erased_since_is_erased_again(home: Settings, store: Store, tmp_path: Path) -> None:
    folder = back_up(home, store, tmp_path / "backup")
    restore(home, folder, replace=True)
    opened = open_store(home)
    secret = read_secret(home.home)
    with opened.transaction() as connection:
        forget_people(connection, home.home, ["anne"], at=NOW)
        add_entries(connection, "robinson", ["a digest"], client_id=None, secret=secret, at=NOW)
    opened.close()
    assert restore(home, folder, replace=True).erased == 1
    rows = reopen(home)
    assert not [sign for sign in ("anne", 'zwilling.dk"', "33123456", "beds") if sign in str(rows)]
    assert "bo@zwilling.dk" in str(rows)
    assert "a digest" in str(rows)  # who may not be called is not forgotten by an older backup
    assert len(rows["calls"]) == 1
    assert rows["quarantine"] == []


def test_a_backup_after_an_erasure_holds_nothing_of_the_person(home: Settings, store: Store, tmp_path: Path) -> None:
    restore(home, back_up(home, store, tmp_path / "first"), replace=True)
    opened = open_store(home)
    with opened.transaction() as connection:
        forget_people(connection, home.home, ["anne"], at=NOW)
    folder = back_up(home, opened, tmp_path / "second")
    opened.close()
    other = Settings(tmp_path / "other", home.database_url)
    (other.home).mkdir()
    (other.home / "secret").write_bytes((home.home / "secret").read_bytes())
    restore(other, folder, replace=True)
    assert "anne" not in str(reopen(other)).lower()


@pytest.mark.parametrize(
    ("change", "says"),
    [
        (lambda folder: (folder / "manifest.json").unlink(), "is no backup of callworth"),
        (lambda folder: (folder / "store.dump").unlink(), "the file store.dump is missing; take another backup"),
        (lambda folder: (folder / "mlflow.db").write_bytes(b"x"), r"the file mlflow\.db is another than was written"),
    ],
)
def test_a_backup_that_is_not_whole_changes_nothing(
    home: Settings, store: Store, tmp_path: Path, change: Callable[[Path], Any], says: str
) -> None:
    folder = back_up(home, store, tmp_path / "backup")
    change(folder)
    with pytest.raises(BadInput, match=says):
        restore(home, folder, replace=True)
    assert reopen(home)["contacts"] == []
    assert (home.artefacts / "1" / "model.txt").exists()


def test_what_is_there_is_replaced_only_when_asked(home: Settings, store: Store, tmp_path: Path) -> None:
    folder = back_up(home, store, tmp_path / "backup")
    with pytest.raises(BadInput, match="a registry already; give --replace"):
        restore(home, folder)
    restore(home, folder, replace=True)
    with pytest.raises(BadInput, match="there is a store or a registry already; give --replace"):
        restore(Settings(tmp_path / "other", home.database_url), folder)
    with pytest.raises(BadInput, match="backup is there already; name a folder that is not"):
        write_backup(home, store, folder, at=NOW)


def test_a_restore_that_breaks_off_leaves_all_as_it_was(
    home: Settings, store: Store, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    folder = back_up(home, store, tmp_path / "backup")
    opened = open_store(home)
    with opened.transaction() as connection:
        connection.exec_driver_sql("INSERT INTO erased_leads VALUES ('here', now())")
    before = read_rows(opened)
    (home.artefacts / "1" / "model.txt").write_text("newer", encoding="utf-8")

    def break_off(*_: object, **__: object) -> None:
        raise KeyboardInterrupt

    monkeypatch.setattr("data.backup.restoring.forget_again", break_off)  # the last step, when files are in place
    with pytest.raises(KeyboardInterrupt):
        restore(home, folder, replace=True)
    assert read_rows(opened) == before
    assert (home.artefacts / "1" / "model.txt").read_text(encoding="utf-8") == "newer"
    assert sorted(path.name for path in home.home.iterdir()) == ["artefacts", "mlflow.db", "secret"]
    monkeypatch.setattr("data.backup.restoring.LOCK_TIMEOUT", "50ms")
    with opened.transaction() as connection:
        connection.exec_driver_sql("SELECT count(*) FROM leads")
        with pytest.raises(StoreUnavailable, match="the store is in use"):
            restore(home, folder, replace=True)
    opened.close()


def test_lists_of_another_installation_are_not_lost(home: Settings, store: Store, tmp_path: Path) -> None:
    folder = back_up(home, store, tmp_path / "backup")
    other = Settings(tmp_path / "other", home.database_url)
    opened = open_store(other)
    with opened.transaction() as connection:
        add_entries(connection, "internal", ["x"], client_id=None, secret=read_secret(other.home), at=NOW)
    opened.close()
    with pytest.raises(BadInput, match="the backup is of another installation"):
        restore(other, folder, replace=True)


def test_a_backup_of_an_older_schema_is_brought_up_to_date(home: Settings, tmp_path: Path) -> None:
    older = connect_store(home)
    with older.transaction() as connection:
        migrate(connection, "0003")
        connection.exec_driver_sql("INSERT INTO agents (agent_id, occurred_at, known_at) VALUES ('a', now(), now())")
    folder = back_up(home, older, tmp_path / "backup")
    older.close()
    assert restore(home, folder, replace=True).tables["agents"] == 1
    assert len(reopen(home)["agents"]) == 1
    manifest = folder / "manifest.json"
    manifest.write_text(manifest.read_text(encoding="utf-8").replace('"0003"', '"9999"'), encoding="utf-8")
    with pytest.raises(BadInput, match="has schema 9999, which this callworth does not know; use a newer one"):
        restore(home, folder, replace=True)


def test_a_server_newer_than_every_program_is_told(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setenv("PATH", str(tmp_path))
    with pytest.raises(EnvironmentFault, match=r"is PostgreSQL 99 .* put the pg_dump of PostgreSQL 99 on the PATH"):
        find_program("pg_dump", 99)
    program = tmp_path / "pg_dump"
    program.write_text("#!/bin/sh\necho 'pg_dump (PostgreSQL) 99.1 (Debian)'\n", encoding="utf-8")
    program.chmod(0o755)
    assert find_program("pg_dump", 99) == program
