"""The columns that a mapping speaks of: those it names, those a file must have or may lack, and those left over."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

from data.contract import CONTRACT

if TYPE_CHECKING:
    from collections.abc import Iterable

    from data.imports.mapping.conditions import Condition
    from data.imports.mapping.rules import FileRule, Mapping


def change_columns(mapping: Mapping, *, drop: Iterable[str] = (), keep: Iterable[str] = ()) -> Mapping:
    """The mapping with other columns left out, or taken over as attributes although it names or drops them."""
    dropped = [name for name in mapping.drop if name not in set(keep)]
    return replace(
        mapping,
        drop=tuple(dict.fromkeys([*dropped, *drop])),
        keep=tuple(name for name in dict.fromkeys([*mapping.keep, *keep]) if name not in set(drop)),
        by_option=dict.fromkeys(keep, "--keep") | dict.fromkeys(drop, "--drop"),
    )


def named_columns(mapping: Mapping, file: FileRule) -> set[str]:
    """The columns of one file that its tables are made of, and those that are made."""
    rules = [rule for table in file.tables for rule in table.fields.values()]
    named = {rule.column for rule in rules if rule.column}
    named |= {condition.column for condition in _list_conditions(file)}
    named |= {*file.columns, *(name for column in file.columns.values() for name in column.inputs)}
    for name in {rule.moment for rule in rules if rule.moment}:
        moment = mapping.moments[name]
        named |= {part for part in (moment.month, moment.day) if part}
    return named


def unpacked_columns(mapping: Mapping, file: FileRule, columns: Iterable[str] = ()) -> set[str]:
    """Those of a file's columns that are no attributes: those named or dropped, but for those kept.

    Args:
        mapping: of the source.
        file: one of its files.
        columns: that it has, for a mapping that says which of them ``only`` become attributes.
    """
    unpacked = (named_columns(mapping, file) - set(mapping.keep)) | set(mapping.drop)
    return unpacked if mapping.only is None else unpacked | (set(columns) - {*mapping.only, *mapping.keep})


def expected_columns(mapping: Mapping, file: FileRule) -> set[str]:
    """The columns that a file must have.

    The contract's own files may lack columns that are not required. A source of one file must have those as well
    that the mapping drops, keeps or reads specially, so that a slip of the keyboard is told.
    """
    if mapping.strict_columns:
        return {
            rule.column
            for table in file.tables
            for name, rule in table.fields.items()
            if rule.column and CONTRACT[table.table][name].required and name != "known_at"
        }
    named = named_columns(mapping, file) - optional_columns(file)
    return named if file.name else named | {*mapping.drop, *mapping.keep, *mapping.missing_in, *mapping.decimals}


def optional_columns(file: FileRule) -> set[str]:
    """The columns that a file may lack, and those that are made and so are in no file."""
    rules = [rule for table in file.tables for rule in table.fields.values()]
    wanted = {rule.column for rule in rules if not rule.optional}
    wanted |= {condition.column for condition in _list_conditions(file) if not condition.optional}
    wanted |= {name for made in file.columns.values() if not (made.first or made.optional) for name in made.inputs}
    optional = {rule.column for rule in rules if rule.column and rule.optional}
    optional |= {condition.column for condition in _list_conditions(file) if condition.optional}
    optional |= {name for made in file.columns.values() for name in made.inputs}
    return (optional - wanted) | set(file.columns)


def _list_conditions(file: FileRule) -> list[Condition]:
    return [*file.where, *(condition for table in file.tables for condition in table.where)]
