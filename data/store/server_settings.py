"""Settings of the embedded server: large imports are not held up, and nothing of people stays in its log or old files.

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
    "max_wal_size": "4096",  # MB; each checkpoint in a large import writes whole pages again
    "checkpoint_timeout": "900",  # seconds
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
