"""Loading a dump into empty tables, in the caller's transaction."""

from __future__ import annotations

import subprocess
from typing import TYPE_CHECKING, Any

import psycopg

from data.backup.programs import find_program, read_major
from data.errors import EnvironmentFault
from data.store.postgres import find_reason

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import sqlalchemy as sa

BLOCK = 1 << 20
VERSION = b"COPY public.alembic_version"


def load_dump(connection: sa.Connection, dump: Path) -> None:
    """Load the rows of a dump, and where its counters stood.

    PostgreSQL's own program would commit by itself; so it only writes the rows out, and they are copied here.

    Args:
        connection: in a transaction, with the tables of the dump's schema, empty.
        dump: in PostgreSQL's custom format.

    Raises:
        EnvironmentFault: the dump cannot be read, or the database cannot take its rows.
    """
    command = [str(find_program("pg_restore", read_major(connection))), "--data-only", "--file=-", str(dump)]
    with subprocess.Popen(  # noqa: S603 - PostgreSQL's own program
        command, stdout=subprocess.PIPE, stderr=subprocess.PIPE
    ) as program:
        assert program.stdout is not None  # noqa: S101 - for the type checker
        assert program.stderr is not None  # noqa: S101 - as above
        try:
            _run(connection, iter(program.stdout))
        except psycopg.Error as error:
            program.kill()
            reason = find_reason(error)
            raise EnvironmentFault(
                f"the database cannot take the dump ({reason}); mend that, and try again."
            ) from error
        said = program.stderr.read().decode(errors="replace").strip().splitlines()
    if program.returncode:
        raise EnvironmentFault(f"the dump cannot be read ({said[-1] if said else 'no reason'}); take another backup.")


def _run(connection: sa.Connection, lines: Iterator[bytes]) -> None:
    for line in lines:
        if line.startswith(b"COPY public."):
            _copy(connection, line, lines)
        elif line.startswith(b"SELECT pg_catalog.setval("):
            connection.exec_driver_sql(line.decode())


def _copy(connection: sa.Connection, statement: bytes, lines: Iterator[bytes]) -> None:
    if statement.startswith(VERSION):  # the migrations have written it
        for line in lines:
            if line == b"\\.\n":
                return
    driver: Any = connection.connection.driver_connection
    block: list[bytes] = []
    size = 0
    with driver.cursor().copy(statement.decode().strip().rstrip(";")) as copy:
        for line in lines:
            if line == b"\\.\n":
                break
            block.append(line)
            size += len(line)
            if size > BLOCK:
                copy.write(b"".join(block))
                block, size = [], 0
        copy.write(b"".join(block))
