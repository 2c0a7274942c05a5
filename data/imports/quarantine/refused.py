"""Refused rows on their way into the quarantine, each with the first reason; equal ones are kept one by one."""

from __future__ import annotations

from collections import Counter
from typing import TYPE_CHECKING, Any

from sqlalchemy.dialects.postgresql import insert

from data.erasure.refusing import ERASED
from data.imports.reading import hash_content
from data.store.schema import QUARANTINE

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    import sqlalchemy as sa

    from data.contract.problem import Problem
    from data.imports.mapping import Mapping

ROWS_PER_INSERT = 1000


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
