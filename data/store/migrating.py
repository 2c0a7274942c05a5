"""Bringing a database to the schema of this version, with Alembic."""

from __future__ import annotations

from pathlib import Path
from typing import TYPE_CHECKING

import psycopg
import sqlalchemy as sa
from alembic import command
from alembic.config import Config
from alembic.migration import MigrationContext
from alembic.script import ScriptDirectory

from data.errors import StoreUnavailable
from data.store.postgres import connect_store, find_reason, tell_faults

if TYPE_CHECKING:
    from data.settings import Settings
    from data.store.postgres import Store

SCRIPTS = Path(__file__).parent.parent / "migrations"
LOCK_TIMEOUT = "5s"
MIGRATION_LOCK = 0x63616C6C  # one migration at a time: the letters "call"


def open_store(settings: Settings) -> Store:
    """Connect to PostgreSQL and bring its schema up to this version.

    Raises:
        StoreUnavailable: the server does not answer or breaks off, or its schema is newer than this version knows.
    """
    store = connect_store(settings)
    try:
        with tell_faults(), store.transaction() as connection:
            migrate(connection)
    except sa.exc.DBAPIError as error:
        store.close()
        forbidden = isinstance(error.orig, psycopg.errors.InsufficientPrivilege)
        remedy = "give its user the right to make tables" if forbidden else "mend that and run the command again"
        raise StoreUnavailable(
            f"the tables cannot be made in {store.shown_url} ({find_reason(error)}); {remedy}."
        ) from error
    except StoreUnavailable:
        store.close()
        raise
    return store


def renew_store(settings: Settings) -> Store:
    """Throw away all that is in the embedded database and make its schema anew: for the demo.

    Raises:
        StoreUnavailable: the server does not answer, something else is using the tables, or it is not the embedded
            one, which may hold what is not ours.
    """
    if settings.database_url:
        raise StoreUnavailable("only the embedded database is ever emptied; unset CALLWORTH_DATABASE_URL.")
    store = connect_store(settings)
    try:
        with store.transaction() as connection:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            connection.exec_driver_sql("DROP SCHEMA public CASCADE; CREATE SCHEMA public")
            migrate(connection)
    except sa.exc.OperationalError as error:
        store.close()
        raise StoreUnavailable("the demo's database is in use; end the demo that is still being served.") from error
    return store


def migrate(connection: sa.Connection, to: str = "head") -> None:
    """Apply the migrations that are missing, in one transaction; nothing happens where none is.

    Args:
        connection: in a transaction.
        to: the revision to stop at; the newest by default.

    Raises:
        StoreUnavailable: the schema is newer than this version knows.
    """
    scripts = ScriptDirectory.from_config(_config(connection))
    head = scripts.get_current_head()
    connection.execute(sa.text("SELECT pg_advisory_xact_lock(:lock)"), {"lock": MIGRATION_LOCK})
    revision = MigrationContext.configure(connection).get_current_revision()
    if revision == head:
        return
    if revision is not None and revision not in {script.revision for script in scripts.walk_revisions()}:
        raise StoreUnavailable(
            f"the database has schema {revision}, which this callworth does not know; use the newer callworth."
        )
    command.upgrade(_config(connection), to)


def knows_schema(revision: str) -> bool:
    """Whether a revision of the schema is one that this version can bring up to date."""
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    return revision in {script.revision for script in ScriptDirectory.from_config(config).walk_revisions()}


def _config(connection: sa.Connection) -> Config:
    config = Config()
    config.set_main_option("script_location", str(SCRIPTS))
    config.set_main_option("path_separator", "os")
    config.attributes["connection"] = connection
    return config
