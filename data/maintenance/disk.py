"""Clearing the disk: a deleted row stays in PostgreSQL's files until they are written anew without it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import psycopg
import sqlalchemy as sa

from data.store.schema import METADATA

if TYPE_CHECKING:
    from data.store.postgres import Store

SAMPLES = "VACUUM (FULL) pg_catalog.pg_statistic"
RIGHTS = {
    SAMPLES: "samples of deleted values may stay in the planner's statistics",
    "CHECKPOINT": "files of deleted rows stay until the server's next checkpoint",
    "SELECT pg_switch_wal()": "deleted rows stay in the write-ahead log until the server removes its segments",
}
"""What only some users may do, and what it means where ours may not."""

MOST_SEGMENTS = 100


def clear_disk(store: Store, *, whole: bool) -> list[str]:
    """Make room, and where something was erased write all files anew, so that nothing of it is left in them.

    Tables and their indexes, the planner's samples, the write-ahead log and the embedded server's own log. Each table
    is locked while it is written. Copies of the database, as backups and replicas, are not reached.

    Args:
        store: an open store.
        whole: whether something was erased.

    Returns:
        Sentences on what the user of the database may not do.
    """
    left: list[str] = []
    with store.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connection:
        for name in METADATA.tables:
            connection.exec_driver_sql(f"VACUUM ({'FULL, ' if whole else ''}ANALYZE) {name}")
        if whole:
            left += _clear_samples(connection)
            left += _clear_log(connection)
    server_log = store.home / "postgres" / "log"
    if whole and server_log.exists():
        with server_log.open("r+b") as file:
            file.truncate()
    return left


def _clear_samples(connection: sa.Connection) -> list[str]:
    if connection.exec_driver_sql(_OWNS).scalar_one():  # else PostgreSQL passes over it with a warning
        connection.exec_driver_sql(SAMPLES)
        return []
    return [_say(SAMPLES)]


def _clear_log(connection: sa.Connection) -> list[str]:
    """Walk through the segments that lie ready, which may be old ones under a new name, and drop those behind."""
    if left := _try(connection, "CHECKPOINT"):
        return left
    for _ in range(MOST_SEGMENTS):
        try:
            ahead = connection.exec_driver_sql(_AHEAD).scalar_one()
            connection.exec_driver_sql("SELECT pg_logical_emit_message(false, 'callworth', 'maintain')")
        except sa.exc.ProgrammingError as error:
            return _tell(error, "SELECT pg_switch_wal()")
        if left := _try(connection, "SELECT pg_switch_wal()"):
            return left
        if not ahead:
            break
    return _try(connection, "CHECKPOINT") or _try(connection, "CHECKPOINT")


def _try(connection: sa.Connection, statement: str) -> list[str]:
    try:
        connection.exec_driver_sql(statement)
    except sa.exc.ProgrammingError as error:
        return _tell(error, statement)
    return []


def _tell(error: sa.exc.ProgrammingError, statement: str) -> list[str]:
    if not isinstance(error.orig, psycopg.errors.InsufficientPrivilege):
        raise error
    return [_say(statement)]


def _say(statement: str) -> str:
    return f"the user of the database may not run {statement}: {RIGHTS[statement]}."


_OWNS = """
    SELECT rolsuper OR pg_has_role(datdba, 'USAGE') FROM pg_database, pg_roles
    WHERE datname = current_database() AND rolname = current_user"""

_AHEAD = r"""
    SELECT count(*) FROM pg_ls_waldir()
    WHERE name ~ '^[0-9A-F]{24}$' AND name > pg_walfile_name(pg_current_wal_insert_lsn())"""
