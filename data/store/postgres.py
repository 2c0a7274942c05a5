"""PostgreSQL: the embedded server in the home folder, or the one of ``CALLWORTH_DATABASE_URL``."""

from __future__ import annotations

import logging
import re
from contextlib import contextmanager
from dataclasses import dataclass
from typing import TYPE_CHECKING

import adbc_driver_manager
import psycopg
import sqlalchemy as sa

from data.errors import StoreUnavailable
from data.store.embedded import start_embedded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from data.settings import Settings

CONNECT_SECONDS = 10
REASON = re.compile(r".*(?:failed|is bad): (?:\w+:  )?(.*)")
FAULTS = (
    ("too many|starting up|shutting down|recovery", "takes no connection now", "try again in a moment"),
    ("password|authentication|role|pg_hba", "refuses its user", "correct user and password in CALLWORTH_DATABASE_URL"),
    ("database .* does not exist", "is not there", "make it, or correct its name in CALLWORTH_DATABASE_URL"),
    ("^invalid", "has an address that cannot be used", "correct CALLWORTH_DATABASE_URL"),
    ("", "does not answer", "start it, or correct host and port in CALLWORTH_DATABASE_URL"),
)
"""Signs in the reason that the driver gives for a connection that fails: what is wrong, and the remedy."""


@dataclass(frozen=True)
class Store:
    """An open PostgreSQL with callworth's schema.

    Attributes:
        url: libpq address (``postgresql://…``), for drivers other than SQLAlchemy.
        engine: SQLAlchemy engine over psycopg.
        home: folder of the installation.
    """

    url: str
    engine: sa.Engine
    home: Path

    @property
    def shown_url(self) -> str:
        """The address without its password, for messages."""
        query = {name: "hidden" if "password" in name else value for name, value in self.engine.url.query.items()}
        return self.engine.url.set(drivername="postgresql", query=query).render_as_string(hide_password=True)

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
    logging.getLogger("psycopg").setLevel(logging.CRITICAL)  # what it would print is raised too, and told once
    address = _read_address(settings.database_url) if settings.database_url else start_embedded(settings.home)
    connect = {"options": "-c timezone=UTC -c jit=off", "connect_timeout": CONNECT_SECONDS}
    engine = sa.create_engine(
        address.set(drivername="postgresql+psycopg"), connect_args=connect, pool_pre_ping=True, pool_size=10
    )
    store = Store(address.render_as_string(hide_password=False), engine, settings.home)
    try:
        with engine.connect() as connection:
            encoding = connection.exec_driver_sql("SHOW server_encoding").scalar_one()
    except sa.exc.DBAPIError as error:
        store.close()
        reason = find_reason(error)
        fault, remedy = next((fault, remedy) for sign, fault, remedy in FAULTS if re.search(sign, reason))
        raise StoreUnavailable(f"the database {store.shown_url} {fault} ({reason}); {remedy}.") from error
    if encoding != "UTF8":
        store.close()
        raise StoreUnavailable(
            f"the database {store.shown_url} keeps text as {encoding}; make one with ENCODING 'UTF8'."
        )
    return store


@contextmanager
def tell_faults() -> Iterator[None]:
    """A block in which a database that breaks off is told in one sentence.

    Raises:
        StoreUnavailable: the server stopped answering, or ran out of something.
    """
    try:
        yield
    except (sa.exc.OperationalError, psycopg.OperationalError, adbc_driver_manager.OperationalError) as error:
        raise StoreUnavailable(
            f"the database broke off ({find_reason(error)}); see that it runs and has room, and run the command again."
        ) from error


def find_reason(error: Exception) -> str:
    r"""The reason in what a driver says, without the addresses it tried, its hints and the SQL that it quotes.

    >>> said = 'connection failed: connection to server at "::1", port 1 failed: Connection refused\n\tIs it running?'
    >>> find_reason(RuntimeError(said))
    'Connection refused'
    """
    said = getattr(error, "orig", error)
    lines = str(said).strip().splitlines() or [type(said).__name__]
    reasons = [found[1] for line in lines if (found := REASON.match(line))]
    return " and ".join(dict.fromkeys(reasons or lines[:1]))


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
