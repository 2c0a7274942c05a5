"""The quarantine: source rows that broke the contract, each with its reason, until they are mended and released."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

import pandas as pd
import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import insert

from data.erasure.refusing import ERASED
from data.imports.formats import write_spreadsheet
from data.imports.reading import hash_content
from data.store.schema import QUARANTINE

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from data.contract.problem import Problem
    from data.imports.mapping import Mapping

ROWS_PER_INSERT = 1000
ABOUT = ("quarantine_id", "mapping", "file", "row", "table_name", "rule", "reason")
"""What stands before a row's own columns in an export, with ``quarantine:`` before it."""

PREFIX = "quarantine:"


class RefusedRows:
    """Writes refused rows of one file to quarantine; counts equal rows over its chunks."""

    def __init__(self, mapping: Mapping, file: str, arrived_at: datetime) -> None:
        self._mapping, self._file, self._arrived_at = mapping, file, arrived_at
        self._seen: Counter[tuple[str, ...]] = Counter()

    def write(self, connection: sa.Connection, chunk: pd.DataFrame, problems: list[Problem]) -> list[Problem]:
        """Write the rows of a chunk that have a problem; the first problem of each is its reason, and returned."""
        first: dict[int, Problem] = {}
        for problem in problems:
            first.setdefault(problem.row, problem)
        reasons = [first[row] for row in sorted(first)]
        contents = chunk.loc[[problem.row for problem in reasons]].to_dict("records")
        rows = [self._describe(problem, content) for problem, content in zip(reasons, contents, strict=True)]
        statement = insert(QUARANTINE).on_conflict_do_nothing()
        for start in range(0, len(rows), ROWS_PER_INSERT):
            connection.execute(statement, rows[start : start + ROWS_PER_INSERT])
        return reasons

    def _describe(self, problem: Problem, content: dict[Any, str]) -> dict[str, Any]:
        erased = problem.rule == ERASED
        values = (ERASED, str(problem.row)) if erased else tuple(content.values())  # not even a hash of it is kept
        self._seen[values] += 1
        named = erased or self._mapping.files[0].name  # a flat file may come again under another name
        file = self._file if named else ""
        return {
            "mapping": self._mapping.name,
            "file": self._file,
            "row": problem.row,
            "content_hash": hash_content(self._mapping.name, (file, str(self._seen[values]), *values)).hex(),
            "content": {} if erased else content,
            "table_name": problem.table,
            "rule": problem.rule,
            "reason": problem.sentence(self._file),
            "arrived_at": self._arrived_at,
        }


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
