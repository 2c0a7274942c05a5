"""A dry run as people see it: what each table would gain, which rows would be refused, and what rows would look like.

All of it is read inside the transaction that is taken back, from what the import did there.
"""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from data.contract import CONTRACT
from data.imports.masking import Mask
from data.store.refusals import not_refused

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.contract.problem import Problem
    from data.imports.mapping import Mapping

EXAMPLES = 2
ROWS_SHOWN = 10


@dataclass(frozen=True)
class Refusal:
    """Rows of one file that break one rule.

    Attributes:
        file: its name.
        rule: that they break.
        reason: why the first of them does.
        count: how many they are.
        rows: the first of them, as a spreadsheet counts.
    """

    file: str
    rule: str
    reason: str
    count: int
    rows: tuple[int, ...]


@dataclass(frozen=True)
class Preview:
    """What an import would do.

    Attributes:
        tables: per contract table how many of its keys would be new, changed and unchanged.
        refused: the rows that would go to quarantine, most frequent rule first.
        examples: per contract table the first rows that would be added, what is filled in, personal values masked.
    """

    tables: dict[str, dict[str, int]]
    refused: tuple[Refusal, ...]
    examples: dict[str, list[dict[str, Any]]]

    def as_json(self) -> dict[str, Any]:
        """The preview as ``import --dry-run --json`` prints it."""
        refused = [vars(refusal) | {"rows": list(refusal.rows)} for refusal in self.refused]
        return {"tables": self.tables, "refused": refused, "examples": self.examples}


class Rehearsal:
    """Watches an import that will be taken back."""

    def __init__(self, mapping: Mapping) -> None:
        self._mask = Mask(mapping)
        self._imports: list[int] = []
        self._tables: list[str] = []
        self._counts: Counter[tuple[str, str]] = Counter()
        self._first: dict[tuple[str, str], list[Problem]] = {}

    def add(
        self, connection: sa.Connection, import_id: int, tables: Iterable[str], file: str, refused: list[Problem]
    ) -> None:
        """Remember a chunk after its merge: the keys that it offered to ``tables``, and the rows that were refused."""
        self._imports += [import_id] if import_id not in self._imports else []
        for name in tables:
            key = CONTRACT[name].key
            if name not in self._tables:
                self._tables.append(name)
                connection.exec_driver_sql(f"CREATE TEMP TABLE offered_{name} (key text) ON COMMIT DROP")
            connection.exec_driver_sql(
                f"INSERT INTO offered_{name} SELECT DISTINCT {key} FROM stage_{name} s WHERE {not_refused('s')}"
            )
        self.add_refused(file, refused)

    def add_refused(self, file: str, refused: list[Problem]) -> None:
        """Remember rows that were refused."""
        for problem in refused:
            where = (file, problem.rule)
            self._counts[where] += 1
            if self._counts[where] <= ROWS_SHOWN:
                self._first.setdefault(where, []).append(problem)

    def finish(self, connection: sa.Connection) -> Preview:
        """What the import did, before it is taken back."""
        names = [name for name in CONTRACT if name in self._tables]
        refused = tuple(
            Refusal(file, rule, first[0].reason, count, tuple(problem.row for problem in first))
            for (file, rule), count in self._counts.most_common()
            for first in [self._first[file, rule]]
        )
        tables = {name: self._count(connection, name) for name in names}
        examples = {name: self._list_examples(connection, name) for name in names}
        return Preview(tables, refused, {name: rows for name, rows in examples.items() if rows})

    def _count(self, connection: sa.Connection, name: str) -> dict[str, int]:
        key = CONTRACT[name].key
        query = sa.text(f"""
            SELECT count(*) FILTER (WHERE added AND NOT there) AS new,
                   count(*) FILTER (WHERE added AND there) AS changed,
                   count(*) FILTER (WHERE NOT added) AS unchanged
            FROM (SELECT o.key, coalesce(bool_or(t.import_id = ANY(:imports)), FALSE) AS added,
                         bool_or(t.import_id IS NULL OR t.import_id <> ALL(:imports)) AS there
                  FROM (SELECT DISTINCT key FROM offered_{name}) o JOIN {name} t ON t.{key} = o.key
                  GROUP BY o.key) k""")
        return dict(connection.execute(query, {"imports": self._imports}).mappings().one())

    def _list_examples(self, connection: sa.Connection, name: str) -> list[dict[str, Any]]:
        fields = CONTRACT[name].columns
        query = sa.text(f"""
            SELECT {", ".join(field.name for field in fields)} FROM {name} WHERE import_id = ANY(:imports)
            ORDER BY import_id, import_row LIMIT {EXAMPLES}""")
        rows = connection.execute(query, {"imports": self._imports}).mappings()
        return [
            {
                field.name: self._mask.apply(name, field, row[field.name])
                for field in fields
                if row[field.name] is not None
            }
            for row in rows
        ]
