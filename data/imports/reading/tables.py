"""One contract table of a chunk of source rows: each field read as its rule says, the whole checked by the contract."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.company_keys import normalise_keys
from data.contract import CONTRACT
from data.contract.checks import explain, find_violations
from data.contract.problem import Problem
from data.errors import MappingError
from data.frames import DTYPES
from data.imports.mapping import unpacked_columns
from data.imports.reading.attributes import compose_attributes
from data.imports.values import complete_contacts, convert_column, explain_kind, explain_text

if TYPE_CHECKING:
    from data.contract import Field, Table
    from data.imports.mapping import FieldRule, FileRule, Mapping, TableRule


class TableReader:
    """Reads one contract table of one chunk; what it refuses is in ``problems``, by source row."""

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
        """The rows of the table, typed, with all its columns; rows with a problem are still among them."""
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


def _as_text(value: object) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)
