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
    from data.imports.quarantine.resolving import Keys

ROWS_PER_INSERT = 1000


class RefusedRows:
    """Writes refused rows of one file to quarantine; counts equal rows over its chunks."""

    def __init__(self, mapping: Mapping, file: str, arrived_at: datetime) -> None:
        self._mapping, self._file, self._arrived_at = mapping, file, arrived_at
        self.written: list[dict[str, Any]] = []
        self._seen: Counter[tuple[str, ...]] = Counter()

    def write(
        self,
        connection: sa.Connection,
        chunk: pd.DataFrame,
        problems: list[Problem],
        keys: dict[int, Keys | None] | None = None,
    ) -> list[Problem]:
        """Write the rows of a chunk that have a problem; the first problem of each is its reason, and returned.

        One that an import had resolved, and is refused as before, waits again. What was written is in ``written``.

        Args:
            connection: in the import's transaction.
            chunk: source rows as text.
            problems: of them.
            keys: of them, where they are known: see :func:`data.imports.quarantine.resolving.list_keys`.
        """
        first: dict[int, Problem] = {}
        for problem in problems:
            first.setdefault(problem.row, problem)
        reasons = [first[row] for row in sorted(first)]
        contents = chunk.loc[[problem.row for problem in reasons]].to_dict("records")
        known = keys or {}
        rows = [
            self._describe(problem, content) | {"keys": None if problem.rule == ERASED else known.get(problem.row)}
            for problem, content in zip(reasons, contents, strict=True)
        ]
        self.written = rows
        for start in range(0, len(rows), ROWS_PER_INSERT):
            connection.execute(_WRITE, rows[start : start + ROWS_PER_INSERT])
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


_NEW = insert(QUARANTINE)

_WRITE = _NEW.on_conflict_do_update(
    index_elements=["mapping", "content_hash"],
    set_={"released_at": None, "resolved_by": None}
    | {name: _NEW.excluded[name] for name in ("row", "file", "table_name", "rule", "reason", "keys", "arrived_at")},
    where=QUARANTINE.c.resolved_by.is_not(None),
)
