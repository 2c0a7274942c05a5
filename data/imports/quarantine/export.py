"""What is in the quarantine: counted by reason, read row by row, and written for people to mend."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.erasure.refusing import ERASED
from data.imports.formats import write_spreadsheet
from data.store.schema import QUARANTINE

if TYPE_CHECKING:
    from pathlib import Path

ABOUT = ("quarantine_id", "mapping", "file", "row", "table_name", "rule", "reason")
"""What stands before a row's own columns in an export, with ``quarantine:`` before it."""

PREFIX = "quarantine:"


def list_quarantine(connection: sa.Connection) -> pd.DataFrame:
    """The rows in quarantine by mapping, file and rule, most frequent first.

    Returns:
        Columns mapping, file, rule, rows (how many) and example (the sentence about the first of them).
    """
    query = sa.text("""
        SELECT mapping, file, rule, count(*) AS rows, (array_agg(reason ORDER BY quarantine_id))[1] AS example
        FROM quarantine WHERE released_at IS NULL
        GROUP BY mapping, file, rule ORDER BY rows DESC, mapping, file, rule""")
    rows = connection.execute(query).all()
    return pd.DataFrame(rows, columns=["mapping", "file", "rule", "rows", "example"])


def list_resolved(connection: sa.Connection) -> pd.DataFrame:
    """The imports that rows left the quarantine by, since their source brought them again; the last one first.

    Returns:
        Columns import_id, file (that was imported), at and rows (how many left).
    """
    query = sa.text("""
        SELECT q.resolved_by, i.file, i.arrived_at, count(*) FROM quarantine q JOIN imports i ON import_id = resolved_by
        GROUP BY q.resolved_by, i.file, i.arrived_at ORDER BY 1 DESC""")
    return pd.DataFrame(connection.execute(query).all(), columns=["import_id", "file", "at", "rows"])


def read_quarantine(connection: sa.Connection) -> pd.DataFrame:
    """The rows in quarantine: those of :data:`ABOUT`, and content (the source's columns and texts).

    Rows about persons who have been erased are left out: nothing of them was kept.
    """
    q = QUARANTINE.c
    waiting = q.released_at.is_(None), q.rule != ERASED
    query = sa.select(*(q[name] for name in (*ABOUT, "content"))).where(*waiting)
    rows = connection.execute(query.order_by(q.mapping, q.file, q.row, q.quarantine_id)).all()
    return pd.DataFrame(rows, columns=[*ABOUT, "content"])


def export_quarantine(connection: sa.Connection, path: Path) -> int:
    """Write the rows in quarantine to a CSV file, to be mended there; the reason stands beside each.

    The file is UTF-8 with its mark, divided by semicolons, as Danish spreadsheets open it; no text in it is taken
    for a formula.

    Returns:
        How many rows were written.

    Raises:
        EnvironmentFault: the file cannot be written.
    """
    rows = read_quarantine(connection)
    about = rows[list(ABOUT)].add_prefix(PREFIX)
    content = pd.DataFrame(list(rows["content"]), index=rows.index)
    write_spreadsheet(pd.concat([about, content], axis="columns"), path)
    return len(rows)
