"""The database: one by address is as good as the embedded one, and is refused where it cannot be used."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import psycopg
import pytest
import sqlalchemy as sa

from data.errors import StoreUnavailable
from data.settings import Settings
from data.store import open_store, read_tables
from data.store.postgres import connect_store, find_reason, tell_faults

if TYPE_CHECKING:
    from pathlib import Path

    from data.store import Store


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://u:secret@127.0.0.1:1/d", "postgresql://u:***@127.0.0.1:1/d does not answer"),
        ("postgresql+psycopg://u:secret@127.0.0.1:1/d", "postgresql://u:***@127.0.0.1:1/d does not answer"),
        ("mysql://u:secret@127.0.0.1/d", "names mysql, and callworth needs PostgreSQL"),
        ("secret", "CALLWORTH_DATABASE_URL is not an address"),
        ("postgresql://u:secret@127.0.0.1:port/d", "CALLWORTH_DATABASE_URL is not an address"),
        ("postgresql://u:secret@127.0.0.1:1/d", "does not answer (Connection refused); start it, or correct host"),
        ("postgresql://u@127.0.0.1:1/d?password=secret", "postgresql://u@127.0.0.1:1/d?password=hidden does not"),
        ("postgresql://u:secret@127.0.0.1:1/d?nonsense=1", '(invalid connection option "nonsense"); correct CALL'),
    ],
)
def test_an_unreachable_database_is_told_without_its_password(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(StoreUnavailable) as raised:
        connect_store(Settings(tmp_path, url))
    assert says in str(raised.value)
    assert "secret" not in str(raised.value)
    assert raised.value.exit_status == 3


def test_a_database_by_url_is_the_same_as_the_embedded_one(store: Store, tmp_path: Path) -> None:
    mine = open_store(Settings(tmp_path, store.url))
    assert mine.url == store.url
    mine.close()


@pytest.mark.parametrize(
    ("user", "database", "says"),
    [
        ("postgres", "nowhere", 'is not there (database "nowhere" does not exist); make it, or correct its name'),
        ("nobody", "callworth", 'refuses its user (role "nobody" does not exist); correct user and password in'),
    ],
)
def test_what_the_server_says_is_told(store: Store, tmp_path: Path, user: str, database: str, says: str) -> None:
    address = store.engine.url.set(drivername="postgresql", username=user, database=database)
    with pytest.raises(StoreUnavailable) as raised:
        connect_store(Settings(tmp_path, address.render_as_string()))
    assert says in str(raised.value)


@pytest.mark.parametrize(
    ("said", "reason"),
    [
        ('connection failed: connection to server at "h", port 1 failed: FATAL:  password authentication failed for '
         'user "u"', 'password authentication failed for user "u"'),
        ("Multiple connection attempts failed. All failures were:\n- host: 'h', port: '1', hostaddr: '::1': connection "
         "failed: connection to server at \"::1\", port 1 failed: Connection refused\n\tIs the server running?\n"
         "- host: 'h', port: '1', hostaddr: '127.0.0.1': connection failed: connection to server at \"127.0.0.1\", "
         "port 1 failed: Connection refused\n\tIs the server running?", "Connection refused"),
        ("permission denied for schema public\nLINE 2: CREATE TABLE t (", "permission denied for schema public"),
        ("", "OperationalError"),
    ],
)  # fmt: skip
def test_the_reason_is_found_in_what_the_driver_says(said: str, reason: str) -> None:
    assert find_reason(sa.exc.OperationalError("SELECT 1", None, psycopg.OperationalError(said))) == reason


def test_a_server_that_breaks_off_is_told(store: Store) -> None:
    with pytest.raises(StoreUnavailable, match=r"broke off \(terminating connection due to administrator command\); "):
        end_the_connection(store)
    gone = replace(store, url="postgresql://u:secret@127.0.0.1:1/d")
    with pytest.raises(StoreUnavailable, match=r"broke off \(Connection refused\); "), tell_faults():
        read_tables(gone)


def test_a_connection_that_breaks_off_in_a_copy_is_told_in_one_sentence(store: Store) -> None:
    with pytest.raises(StoreUnavailable, match=r"^the database broke off \(the connection is lost\); "):
        break_off_a_copy(store)


def break_off_a_copy(store: Store) -> None:
    with tell_faults(), store.transaction() as connection:
        cursor = connection.connection.cursor()
        with cursor.copy("COPY (SELECT pg_terminate_backend(pg_backend_pid())) TO STDOUT") as rows:
            list(rows)


def end_the_connection(store: Store) -> None:
    with tell_faults(), store.transaction() as connection:
        connection.exec_driver_sql("SELECT pg_terminate_backend(pg_backend_pid())")


def test_text_is_utf8_and_sorts_by_code_point(store: Store) -> None:
    with store.transaction() as connection:
        words = connection.exec_driver_sql("SELECT w FROM unnest(ARRAY['æ','b','B','å','a']) w ORDER BY w").scalars()
        assert words.all() == ["B", "a", "b", "å", "æ"]
        assert connection.exec_driver_sql("SELECT lower('ÆØÅ')").scalar_one() == "æøå"
        assert connection.exec_driver_sql("SHOW timezone").scalar_one() == "UTC"


def test_a_connection_that_breaks_off_among_many_statements_is_told_once(
    store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(StoreUnavailable, match=r"^the database broke off \("):
        break_off_many(store)
    assert caplog.records == []


def break_off_many(store: Store) -> None:
    with tell_faults(), store.transaction() as connection:
        driver = connection.connection.driver_connection
        assert driver
        with driver.pipeline():
            driver.execute("SELECT pg_terminate_backend(pg_backend_pid())").fetchone()
