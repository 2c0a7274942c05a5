"""The register of imports: which file came through which mapping and when, and what became of its rows."""

from __future__ import annotations

from hashlib import file_digest
from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.store.schema import IMPORTS

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from data.imports.mapping import Mapping
    from data.imports.report import ImportReport

COUNTS = ("read", "accepted", "unchanged", "quarantined")


def register_import(connection: sa.Connection, path: Path, mapping: Mapping, arrived_at: datetime) -> tuple[int, bool]:
    """Write an import down; its id, and whether the very same file was imported before."""
    with path.open("rb") as stream:
        digest = file_digest(stream, "sha256").hexdigest()
    same = sa.select(IMPORTS.c.import_id).where(IMPORTS.c.file_hash == digest, IMPORTS.c.mapping == mapping.name)
    seen_before = connection.execute(sa.select(sa.exists(same))).scalar_one()
    values = {"file": path.name, "file_hash": digest, "mapping": mapping.name, "arrived_at": arrived_at}
    statement = sa.insert(IMPORTS).values(values | dict.fromkeys(COUNTS, 0)).returning(IMPORTS.c.import_id)
    return connection.execute(statement).scalar_one(), seen_before


def close_import(connection: sa.Connection, import_id: int, report: ImportReport) -> None:
    """Write down what an import did."""
    counts = {name: getattr(report, name) for name in COUNTS}
    connection.execute(sa.update(IMPORTS).where(IMPORTS.c.import_id == import_id).values(counts))
