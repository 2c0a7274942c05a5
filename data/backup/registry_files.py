"""The registry's files: copied whole while it may be in use, and told where they are now."""

from __future__ import annotations

import shutil
import sqlite3
from contextlib import closing
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from pathlib import Path

DATABASE, ARTEFACTS = "mlflow.db", "artefacts"


def copy_registry(home: Path, folder: Path) -> None:
    """Copy the registry, where there is one: first its database, in one snapshot, then the files that it names."""
    if (home / DATABASE).exists():
        with closing(sqlite3.connect(home / DATABASE)) as source, closing(sqlite3.connect(folder / DATABASE)) as target:
            source.backup(target)
    if (home / ARTEFACTS).exists():
        shutil.copytree(home / ARTEFACTS, folder / ARTEFACTS)


def move_addresses(database: Path, before: str, now: str) -> None:
    """Replace the address at which texts of the registry's database begin."""
    with closing(sqlite3.connect(database)) as connection, connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'").fetchall()
        for (table,) in tables:
            for column in connection.execute(f'PRAGMA table_info("{table}")').fetchall():
                name = f'"{column[1]}"'
                statement = f'UPDATE "{table}" SET {name} = ? || substr({name}, ?) WHERE substr({name}, 1, ?) = ?'
                connection.execute(statement, (now, len(before) + 1, len(before), before))
