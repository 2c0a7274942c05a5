"""Settings of the embedded server: nothing of what people are called gets into its log, or stays in old files of it.

Of an error, PostgreSQL logs the statement, the row of a ``COPY`` and the key that is there twice; whoever ran the
statement is told these all the same. Segments of the write-ahead log are removed after use instead of being used
again, for what stood in them would stay (https://www.postgresql.org/docs/18/runtime-config-logging.html and
https://www.postgresql.org/docs/18/runtime-config-wal.html).
"""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    import psycopg

SETTINGS = {
    "log_min_messages": "log",  # starts, stops and what ends the server, but no errors of statements
    "log_error_verbosity": "terse",
    "log_min_error_statement": "panic",
    "wal_recycle": "off",
}


def settle_server(connection: psycopg.Connection) -> None:
    """Give the server its settings where it has others; needs no restart."""
    query = "SELECT name, setting FROM pg_settings WHERE name = ANY(%s)"
    found: dict[str, str] = dict(connection.execute(query, (list(SETTINGS),)).fetchall())
    wrong = {name: value for name, value in SETTINGS.items() if found[name] != value}
    for name, value in wrong.items():
        connection.execute(f"ALTER SYSTEM SET {name} = '{value}'")
    if wrong:
        connection.execute("SELECT pg_reload_conf()")
