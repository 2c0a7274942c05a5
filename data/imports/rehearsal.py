"""A dry run as people see it: what each table would gain, which rows would be refused, and what rows would look like.

All of it is read inside the transaction that is taken back, from what the import did there; what a table would gain is
counted after duplicates were merged, as it would truly be.
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
CHANGES = ("new", "changed", "unchanged")
PARTIES = ("companies", "contacts")


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
        tables: per contract table how many of its keys would be new, changed and unchanged; of companies and contacts
            also how many would be new and at once part of another, ``merged``, and are not counted as new.
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
        self._examples: dict[str, list[dict[str, Any]]] = {}

    def add(self, connection: sa.Connection, import_id: int, tables: Iterable[str]) -> None:
        """Remember a chunk after its merge: the keys that it offered to ``tables``."""
        self._imports += [import_id] if import_id not in self._imports else []
        for name in tables:
            key = CONTRACT[name].key
            if name not in self._tables:
                self._tables.append(name)
                connection.exec_driver_sql(f"CREATE TEMP TABLE offered_{name} (key text) ON COMMIT DROP")
            connection.exec_driver_sql(
                f"INSERT INTO offered_{name} SELECT DISTINCT {key} FROM stage_{name} s WHERE {not_refused('s')}"
            )

    def add_refused(self, file: str, refused: list[Problem]) -> None:
        """Remember rows that were refused."""
        for problem in refused:
            where = (file, problem.rule)
            self._counts[where] += 1
            if self._counts[where] <= ROWS_SHOWN:
                self._first.setdefault(where, []).append(problem)

    def note_taken(self, connection: sa.Connection) -> None:
        """Note what became of each key, and examples, once all rows are in and nothing is merged yet."""
        for name in self._list_tables():
            connection.execute(sa.text(_note_outcomes(name)), {"imports": self._imports})
        examples = {name: self._list_examples(connection, name) for name in self._list_tables()}
        self._examples = {name: rows for name, rows in examples.items() if rows}

    def finish(self, connection: sa.Connection) -> Preview:
        """What the import did, duplicates merged, before it is taken back."""
        refused = tuple(
            Refusal(file, rule, first[0].reason, count, tuple(problem.row for problem in first))
            for (file, rule), count in self._counts.most_common()
            for first in [self._first[file, rule]]
        )
        tables = {}
        for name in self._list_tables():
            counts = dict(connection.execute(sa.text(_count_outcomes(name))).mappings().one())
            tables[name] = counts if name in PARTIES else {each: counts[each] for each in CHANGES}
        return Preview(tables, refused, self._examples)

    def _list_tables(self) -> list[str]:
        return [name for name in CONTRACT if name in self._tables]

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


def _note_outcomes(name: str) -> str:
    """SQL: each key offered, whether the import added to it, and whether it was there before."""
    key = CONTRACT[name].key
    return f"""
        CREATE TEMP TABLE outcome_{name} ON COMMIT DROP AS
        SELECT o.key, coalesce(bool_or(t.import_id = ANY(:imports)), FALSE) AS added,
               bool_or(t.import_id IS NULL OR t.import_id <> ALL(:imports)) AS there
        FROM (SELECT DISTINCT key FROM offered_{name}) o JOIN {name} t ON t.{key} = o.key
        GROUP BY o.key"""


def _count_outcomes(name: str) -> str:
    """SQL: the keys by what became of them: what merges of this transaction changed has changed as well."""
    made = "c.xmin = pg_current_xact_id()::xid"
    return f"""
        SELECT count(*) FILTER (WHERE NOT there AND NOT merged) AS new,
               count(*) FILTER (WHERE there AND (added OR changed)) AS changed,
               count(*) FILTER (WHERE there AND NOT added AND NOT changed) AS unchanged,
               count(*) FILTER (WHERE NOT there AND merged) AS merged
        FROM (SELECT o.*,
                     EXISTS (SELECT FROM merges c WHERE c.table_name = '{name}' AND c.merged = o.key
                             AND c.undone_at IS NULL AND {made}) AS merged,
                     EXISTS (SELECT FROM merge_changes c
                             WHERE c.table_name = '{name}' AND c.record_id = o.key AND {made}) AS changed
              FROM outcome_{name} o) k"""
