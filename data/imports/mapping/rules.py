"""The rules that a mapping consists of: of its files, of the tables that a row gives rise to, and of their fields."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from data.imports.formats import Signs

if TYPE_CHECKING:
    from collections.abc import Mapping as Dictionary

    from data.imports.mapping.conditions import Condition
    from data.imports.mapping.made_columns import MadeColumn


@dataclass(frozen=True)
class FieldRule:
    """Where the value of one contract field comes from: exactly one of the first four.

    Attributes:
        column: a column of the source, or one that is made of its columns.
        value: the same for every row.
        row: an identity made from the row itself: this prefix, source, content and n-th occurrence.
        moment: one of the mapping's composed moments.
        prefix: put before a key, so that keys of two sources cannot collide.
        codes: what the source writes to what the contract says.
        format: strptime format of a moment, "excel" or "excel-1904"; ISO 8601 by default.
        times: factor for numbers, 100 for kroner that become øre.
        round: a number that is not whole becomes the nearest that is, where the field holds whole numbers.
        plus_days: shift of a moment.
        missing: values that mean nothing is known.
        optional: a file may lack the column; then nothing is known.
        otherwise: what counts where nothing is known, as the source would write it.
    """

    column: str | None = None
    value: Any = None
    row: str | None = None
    moment: str | None = None
    prefix: str = ""
    codes: Dictionary[str, str] = field(default_factory=dict)
    format: str | None = None
    times: float = 1
    round: bool = False
    plus_days: float = 0
    missing: tuple[str, ...] = ()
    optional: bool = False
    otherwise: str | int | float | None = None


@dataclass(frozen=True)
class TableRule:
    """How a source row becomes a row of one contract table, where it meets all conditions."""

    table: str
    fields: Dictionary[str, FieldRule]
    where: tuple[Condition, ...] = ()


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
        tables: what each row becomes; nothing where other files only look something up in it.
        optional: the source may come without it.
        columns: that are made of others, in order; each may use those before it.
        where: rows that do not meet all of these are in no table.
    """

    name: str | None
    tables: tuple[TableRule, ...]
    optional: bool = False
    columns: Dictionary[str, MadeColumn] = field(default_factory=dict)
    where: tuple[Condition, ...] = ()


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
        only: the columns that become attributes, where not all that are not named do.
        missing: values that mean nothing is known, in every column.
        missing_in: the same for one column.
        moments: composed moments by name.
        strict_columns: a column that is not named is refused instead of becoming an attribute.
        by_option: columns that the command names, and the option that names each.
        handover_history: leads that were qualified before callworth are taken as they were, also without title,
            consent and next action.
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
    only: tuple[str, ...] | None = None
    missing: tuple[str, ...] = ("",)
    missing_in: Dictionary[str, tuple[str, ...]] = field(default_factory=dict)
    moments: Dictionary[str, MomentRule] = field(default_factory=dict)
    strict_columns: bool = False
    by_option: Dictionary[str, str] = field(default_factory=dict)
    handover_history: bool = False

    @property
    def signs(self) -> Signs:
        """The decimal sign of each column."""
        return Signs(self.decimal, self.decimals)
