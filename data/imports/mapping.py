"""Mappings: how one source becomes contract rows.

A mapping names the files of the source, the tables that each row gives rise to, and for each field where its value
comes from. Columns that it does not name become attributes of the lead. It is written in TOML
(:mod:`data.imports.mapping_document`); see ``docs/mappings.md``.
"""

from __future__ import annotations

from dataclasses import dataclass, field, replace
from typing import TYPE_CHECKING, Any

from data.contract import CONTRACT
from data.imports.header import Signs

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Dictionary


@dataclass(frozen=True)
class FieldRule:
    """Where the value of one contract field comes from: exactly one of the first four.

    Attributes:
        column: a column of the source.
        value: the same for every row.
        row: an identity made from the row itself: this prefix, source, content and n-th occurrence.
        moment: one of the mapping's composed moments.
        prefix: put before a key, so that keys of two sources cannot collide.
        codes: what the source writes to what the contract says.
        format: strptime format of a moment, "excel" or "excel-1904"; ISO 8601 by default.
        times: factor for numbers, 100 for kroner that become øre.
        plus_days: shift of a moment.
        missing: values that mean nothing is known.
    """

    column: str | None = None
    value: Any = None
    row: str | None = None
    moment: str | None = None
    prefix: str = ""
    codes: Dictionary[str, str] = field(default_factory=dict)
    format: str | None = None
    times: float = 1
    plus_days: float = 0
    missing: tuple[str, ...] = ()


@dataclass(frozen=True)
class Condition:
    """A table gets a row only where ``column`` is one of ``values``, or is not empty where none is named."""

    column: str
    values: tuple[str, ...] = ()


@dataclass(frozen=True)
class TableRule:
    """How a source row becomes a row of one contract table."""

    table: str
    fields: Dictionary[str, FieldRule]
    where: Condition | None = None


@dataclass(frozen=True)
class MomentRule:
    """A date put together from parts: the year counts up when the month goes back from row to row.

    Attributes:
        month: column with the month: a number, or its English name or first three letters.
        day: column with the day of the month; the first of the month where there is none.
        first_year: year of the first row.
    """

    month: str
    first_year: int
    day: str | None = None


@dataclass(frozen=True)
class FileRule:
    """One file of a source.

    Attributes:
        name: its name inside the folder; None for a source that is one file.
        tables: what each row becomes.
        optional: the source may come without it.
    """

    name: str | None
    tables: tuple[TableRule, ...]
    optional: bool = False


@dataclass(frozen=True)
class Mapping:
    """How one source becomes contract rows.

    Attributes:
        name: of the source; part of the identity of rows without a key.
        files: what the source consists of.
        description: one sentence.
        delimiter: of CSV; found in the header line where None.
        encoding: of text; found where None.
        decimal: the decimal sign, "." or ",".
        decimals: that of a column where it is another.
        sheet: of a workbook; the first where None.
        time_zone: of times without a zone.
        country: of telephone numbers without a country code, ISO 3166.
        order: what orders a flat file: "time" (the leads' dates), "rows" (row order is time) or "none".
        drop: columns that are not taken over.
        keep: columns that are named and become attributes as well.
        missing: values that mean nothing is known, in every column.
        missing_in: the same for one column.
        moments: composed moments by name.
        strict_columns: a column that is not named is refused instead of becoming an attribute.
        by_option: columns that the command names, and the option that names each.
    """

    name: str
    files: tuple[FileRule, ...]
    description: str = ""
    delimiter: str | None = None
    encoding: str | None = None
    decimal: str = "."
    decimals: Dictionary[str, str] = field(default_factory=dict)
    sheet: str | None = None
    time_zone: str = "UTC"
    country: str = "DK"
    order: str = "time"
    drop: tuple[str, ...] = ()
    keep: tuple[str, ...] = ()
    missing: tuple[str, ...] = ("",)
    missing_in: Dictionary[str, tuple[str, ...]] = field(default_factory=dict)
    moments: Dictionary[str, MomentRule] = field(default_factory=dict)
    strict_columns: bool = False
    by_option: Dictionary[str, str] = field(default_factory=dict)

    @property
    def signs(self) -> Signs:
        """The decimal sign of each column."""
        return Signs(self.decimal, self.decimals)


def contract_mapping() -> Mapping:
    """The mapping of files that have the contract's own columns: ``<table>.csv`` in a folder."""
    files = []
    for table in CONTRACT.values():
        rules = {column.name: FieldRule(column=column.name) for column in table.columns}
        files.append(FileRule(f"{table.name}.csv", (TableRule(table.name, rules),), optional=True))
    return Mapping("contract", tuple(files), description="the contract's own tables as CSV", strict_columns=True)


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
    """The columns of one file that its tables are made of."""
    rules = [rule for table in file.tables for rule in table.fields.values()]
    named = {rule.column for rule in rules if rule.column}
    named |= {table.where.column for table in file.tables if table.where}
    for name in {rule.moment for rule in rules if rule.moment}:
        moment = mapping.moments[name]
        named |= {part for part in (moment.month, moment.day) if part}
    return named


def unpacked_columns(mapping: Mapping, file: FileRule) -> set[str]:
    """The columns of one file that are no attributes: those named or dropped, but for those kept."""
    return (named_columns(mapping, file) - set(mapping.keep)) | set(mapping.drop)


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
    named = named_columns(mapping, file)
    return named if file.name else named | {*mapping.drop, *mapping.keep, *mapping.missing_in, *mapping.decimals}
