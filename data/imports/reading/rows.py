"""Source rows become contract rows, a chunk at a time, as a mapping says."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from data.contract.problem import Problem
from data.imports.mapping import find_met, make_columns, own_columns
from data.imports.reading.identity import RowIdentifier
from data.imports.reading.moments import MomentComposer
from data.imports.reading.tables import TableReader

if TYPE_CHECKING:
    from data.imports.mapping import FileRule, Mapping, TableRule

Refuse = Callable[[dict[str, pd.DataFrame], list[Problem]], list[Problem]]


@dataclass(frozen=True)
class Extract:
    """What a chunk of source rows became.

    Attributes:
        tables: per contract table its rows, typed, all columns; the index is the source row.
        problems: why rows were refused; a source row with a problem is in no table.
        left_out: how many rows are in no table, because the file's conditions say so.
        refused: of the rows with a problem, what could be read.
        constant: the tables that the mapping alone fills in.
    """

    tables: dict[str, pd.DataFrame]
    problems: list[Problem]
    left_out: int = 0
    refused: dict[str, pd.DataFrame] = field(default_factory=dict)
    constant: frozenset[str] = frozenset()


class RowReader:
    """Reads the chunks of one file in order; composed dates and identities count over all of them."""

    def __init__(self, mapping: Mapping, file: FileRule) -> None:
        self._mapping = mapping
        self._file = file
        self._identifier = RowIdentifier(mapping.name)
        rules = [rule for table in file.tables for rule in table.fields.values()]
        used = {rule.moment for rule in rules}
        self._moments = {name: MomentComposer(rule) for name, rule in mapping.moments.items() if name in used}
        self._needs_identity = any(rule.row is not None for rule in rules)

    def read(self, chunk: pd.DataFrame, refuse: Refuse | None = None) -> Extract:
        """Turn a chunk of text, indexed by source row, into contract rows and problems.

        Args:
            chunk: rows as text.
            refuse: given tables and problems, the problems and those of rows that are kept out for what they say.
        """
        composed = {name: composer.compose(chunk) for name, composer in self._moments.items()}
        identity = self._identifier.identify(own_columns(chunk, self._file.columns)) if self._needs_identity else None
        whole = len(chunk)
        if self._file.columns or self._file.where:
            chunk = make_columns(chunk, self._file.columns)
            chunk = chunk[find_met(self._file.where, chunk)]
        tables: dict[str, pd.DataFrame] = {}
        problems: list[Problem] = []
        for rule in self._file.tables:
            chosen = chunk[find_met(rule.where, chunk)] if rule.where else chunk
            reader = TableReader(rule, self._mapping, self._file, chosen, composed, identity)
            tables[rule.table] = reader.read()
            problems += reader.problems
        if refuse is not None:
            problems = refuse(tables, problems)
        refused = {problem.row for problem in problems}
        kept = {name: rows[~rows.index.isin(refused)] for name, rows in tables.items()}
        rest = {name: rows[rows.index.isin(refused)] for name, rows in tables.items()} if refused else {}
        constant = frozenset(rule.table for rule in self._file.tables if _is_constant(rule))
        tables = {name: rows[:1] if name in constant else rows for name, rows in kept.items()}
        return Extract(tables, problems, whole - len(chunk), rest, constant)


def _is_constant(rule: TableRule) -> bool:
    return all(each.value is not None for each in rule.fields.values())
