"""The date format of a source: that of all its dates whose field says no other."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.contract import CONTRACT, Kind

if TYPE_CHECKING:
    from data.imports.mapping.rules import FileRule, TableRule


def date_fields(files: tuple[FileRule, ...], style: str | None) -> tuple[FileRule, ...]:
    """Give the dates that come from a column and say no format of their own that of the source, where it has one."""
    if style is None:
        return files
    return tuple(replace(file, tables=tuple(_date_table(table, style) for table in file.tables)) for file in files)


def _date_table(table: TableRule, style: str) -> TableRule:
    kinds = {column.name: column.kind for column in CONTRACT[table.table].columns}
    undated = {
        name: replace(rule, format=style)
        for name, rule in table.fields.items()
        if rule.column and not rule.format and kinds[name] is Kind.MOMENT
    }
    return replace(table, fields={**table.fields, **undated})
