"""Source rows become contract rows, a chunk at a time, as a mapping says."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass
from json import dumps
from typing import TYPE_CHECKING

import pandas as pd

from data.company_keys import normalise_keys
from data.contract import CONTRACT
from data.contract.checks import explain, find_violations
from data.contract.problem import Problem
from data.errors import MappingError
from data.frames import DTYPES
from data.imports.identity import RowIdentifier
from data.imports.mapping import find_met, make_columns, own_columns, unpacked_columns
from data.imports.moments import MomentComposer
from data.imports.values import complete_contacts, convert_column, explain_kind, explain_text, normalise_number

if TYPE_CHECKING:
    from data.contract import Field, Table
    from data.imports.mapping import FieldRule, FileRule, Mapping, TableRule

Refuse = Callable[[dict[str, pd.DataFrame], list[Problem]], list[Problem]]

NUMBER = re.compile(r"-?(0|[1-9]\d{0,17})(\.\d{1,17})?", re.ASCII)
"""What JSON takes for a number; longer ones, and those with a leading zero, are names of something: text."""


@dataclass(frozen=True)
class Extract:
    """What a chunk of source rows became.

    Attributes:
        tables: per contract table its rows, typed, all columns; the index is the source row.
        problems: why rows were refused; a source row with a problem is in no table.
        left_out: how many rows are in no table, because the file's conditions say so.
    """

    tables: dict[str, pd.DataFrame]
    problems: list[Problem]
    left_out: int = 0


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
            reader = _TableReader(rule, self._mapping, self._file, chosen, composed, identity)
            tables[rule.table] = reader.read()
            problems += reader.problems
        if refuse is not None:
            problems = refuse(tables, problems)
        refused = {problem.row for problem in problems}
        kept = {name: rows[~rows.index.isin(refused)] for name, rows in tables.items()}
        constant = {rule.table for rule in self._file.tables if _is_constant(rule)}
        tables = {name: rows[:1] if name in constant else rows for name, rows in kept.items()}
        return Extract(tables, problems, whole - len(chunk))


class _TableReader:
    """One contract table of one chunk."""

    def __init__(
        self,
        rule: TableRule,
        mapping: Mapping,
        file: FileRule,
        chunk: pd.DataFrame,
        composed: dict[str, pd.Series],
        identity: pd.Series | None,
    ) -> None:
        self.problems: list[Problem] = []
        self._rule, self._mapping, self._file, self._chunk = rule, mapping, file, chunk
        self._composed, self._identity = composed, identity

    def read(self) -> pd.DataFrame:
        table = CONTRACT[self._rule.table]
        rows = pd.DataFrame({field.name: self._read_field(field) for field in table.columns}, index=self._chunk.index)
        if table.name == "leads" and "attributes" not in self._rule.fields:
            rows["attributes"] = compose_attributes(
                self._chunk, self._mapping, unpacked_columns(self._mapping, self._file, self._chunk.columns)
            )
        if table.name == "companies":
            rows = normalise_keys(rows)
        if table.name == "contacts":
            rows = complete_contacts(rows, self._mapping.country)
        assumed = rows["known_at"].isna()
        rows["known_at"] = rows["known_at"].fillna(rows["occurred_at"])
        rows["known_at_assumed"] = rows["known_at_assumed"].fillna(False) | assumed
        self._check(table, rows)
        return rows

    def _read_field(self, field: Field) -> pd.Series:
        rule = self._rule.fields.get(field.name)
        if rule is None or (rule.column is not None and rule.column not in self._chunk and rule.otherwise is None):
            return pd.Series(None, index=self._chunk.index, dtype=DTYPES[field.kind])
        if rule.value is not None:
            one = pd.Series([_as_text(rule.value)], dtype="str")
            value, unreadable = convert_column(one, field, rule, self._mapping)
            if unreadable[0]:
                where = f"mapping {self._mapping.name}, table {self._rule.table}, {field.name} = {rule.value!r}"
                raise MappingError("{}: {}; {}.".format(where, *explain_kind(field)))
            return pd.Series(value[0], index=self._chunk.index, dtype=value.dtype)
        text = self._text(rule)
        values, unreadable = convert_column(text, field, rule, self._mapping)
        for row in unreadable.index[unreadable]:
            reason, remedy = explain_text(field, rule, text[row])
            self._refuse(row, rule.column or self._parts(rule), text[row], f"{field.name}: unreadable", reason, remedy)
        if rule.moment is not None:
            self._refuse_moments(field, rule, text)
        return values

    def _text(self, rule: FieldRule) -> pd.Series:
        if rule.column is not None:
            return self._read_column(rule, rule.column)
        if rule.moment is not None:
            return self._composed[rule.moment][self._chunk.index].astype("str")
        assert self._identity is not None  # noqa: S101 - for the type checker: a rule with `row` asks for it
        return f"{rule.row}-" + self._identity[self._chunk.index]

    def _read_column(self, rule: FieldRule, column: str) -> pd.Series:
        text = self._chunk[column] if column in self._chunk else pd.Series("", index=self._chunk.index, dtype="str")
        if rule.otherwise is None:
            return text
        return text.mask(text.str.strip().isin([*self._mapping.missing, *rule.missing]), str(rule.otherwise))

    def _refuse_moments(self, field: Field, rule: FieldRule, text: pd.Series) -> None:
        parts = self._parts(rule)
        for row in text.index[text.isna()]:
            value = "-".join(self._chunk.loc[row, part] for part in parts.split("+"))
            self._refuse(row, parts, value, f"{field.name}: unreadable", *explain_kind(field))

    def _parts(self, rule: FieldRule) -> str:
        moment = self._mapping.moments[rule.moment or ""]
        return "+".join(part for part in (moment.day, moment.month) if part)

    def _check(self, table: Table, rows: pd.DataFrame) -> None:
        told = {problem.row for problem in self.problems}
        for violation in find_violations(table.name, rows).to_dict("records"):
            row, name, check = int(violation["index"]), str(violation["column"]), str(violation["check"])
            if row in told:
                continue
            rule = self._rule.fields.get(name)
            column = rule.column if rule and rule.column else name
            value = self._chunk.loc[row, column] if column in self._chunk else ""
            self._refuse(row, column, value, f"{name}: {check}", *explain(table.name, name, check))

    def _refuse(self, row: int, column: str, value: object, rule: str, reason: str, remedy: str) -> None:
        self.problems.append(Problem(row, self._rule.table, column, str(value), rule, reason, remedy))


def compose_attributes(chunk: pd.DataFrame, mapping: Mapping, named: set[str]) -> pd.Series:
    """Pack the columns that are not named into a JSON object per row; numbers as numbers, nothing for missing."""
    packed = []
    for column in chunk.columns:
        if column in named:
            continue
        missing = {*mapping.missing, *mapping.missing_in.get(column, ())}
        name = dumps(str(column), ensure_ascii=False)
        values = chunk[column].str.strip()
        sign = mapping.signs.find(column)
        known = {value: f"{name}: {_to_json(value, sign)}" for value in values.unique() if value not in missing}
        packed.append([known.get(value) for value in values])
    objects = ["{" + ", ".join(filter(None, parts)) + "}" for parts in zip(*packed, strict=True)]
    return pd.Series(objects or "{}", index=chunk.index, dtype="str")


def _to_json(value: str, decimal: str) -> str:
    number = normalise_number(value, decimal)
    return number if number and NUMBER.fullmatch(number) else dumps(value, ensure_ascii=False)


def _is_constant(rule: TableRule) -> bool:
    return all(field.value is not None for field in rule.fields.values())


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
