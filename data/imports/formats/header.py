"""What every source has, whatever its format: a path, and columns that are named in its first row."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from data.errors import SourceError
from data.imports.names import find_near, list_names

if TYPE_CHECKING:
    from collections.abc import Iterable
    from collections.abc import Mapping as Dictionary
    from pathlib import Path

HEADER_ROW = 1  # rows are counted as a spreadsheet shows them: the header is row 1
TEXT, WORKBOOK, PARQUET = "delimited text", "an Excel workbook", "a Parquet file"


@dataclass(frozen=True)
class Source:
    """A file that can be read: its path and how it is written.

    Attributes:
        path: the file.
        columns: the names in its header, in order.
        delimiter: of the fields of a text; "" in the other formats.
        encoding: of its text.
        format: one of :data:`TEXT`, :data:`WORKBOOK` and :data:`PARQUET`.
        sheet: of a workbook, the one that is read.
        sheets: of a workbook, all of them.
        signs: how the numbers of a typed file are written as text.
    """

    path: Path
    columns: tuple[str, ...]
    delimiter: str = ""
    encoding: str = "utf-8"
    format: str = TEXT
    sheet: str | None = None
    sheets: tuple[str, ...] = ()
    signs: Signs = field(default_factory=lambda: Signs())

    def list_remarks(self, stated: str | None) -> list[str]:
        """A sentence on the sheet that is read, where there are several and the mapping states none.

        >>> from pathlib import Path
        >>> Source(Path("a.xlsx"), ("b",), sheet="Leads", sheets=("Leads", "Noter")).list_remarks(None)
        ["a.xlsx: sheet 'Leads' is read; the workbook also has 'Noter' (sheet under [source])."]
        """
        others = ", ".join(f"'{name}'" for name in self.sheets if name != self.sheet)
        if stated is not None or not others:
            return []
        read = f"sheet '{self.sheet}' is read; the workbook also has {others} (sheet under [source])"
        return [f"{self.path.name}: {read}."]


@dataclass(frozen=True)
class Signs:
    """Decimal signs, as a mapping says them: cells that hold numbers are written in the sign in which they are read.

    Attributes:
        decimal: of a column that is not in ``decimals``.
        decimals: by column.
    """

    decimal: str = "."
    decimals: Dictionary[str, str] = field(default_factory=dict)

    def find(self, column: str | None) -> str:
        """The decimal sign of a column.

        >>> Signs(",", {"Latitude": "."}).find("Beløb"), Signs(",", {"Latitude": "."}).find("Latitude")
        (',', '.')
        """
        return self.decimals.get(column, self.decimal) if column is not None else self.decimal


def check_names(path: Path, names: Iterable[str]) -> tuple[str, ...]:
    """The names of a header, without the space around them.

    Raises:
        SourceError: there is none, one is empty, or one stands there twice.
    """
    columns = tuple(name.strip() for name in names)
    if not any(columns):
        problem, remedy = "its first row is empty", "export it again with its header row first"
        raise SourceError(problem, file=path, row=HEADER_ROW, remedy=remedy)
    for column, times in Counter(columns).items():
        if not column or times > 1:
            raise SourceError(
                "the header has it twice" if column else "the header has a column without a name",
                file=path,
                row=HEADER_ROW,
                column=column or str(columns.index("") + 1),
                remedy="rename one of them" if column else "name it, or take the column out",
            )
    return columns


def require_columns(source: Source, wanted: frozenset[str]) -> None:
    """Refuse a source that lacks a column, naming the one that was meant.

    Raises:
        SourceError: naming the column.
    """
    for column in sorted(wanted - set(source.columns)):
        near = find_near(column, source.columns)
        there = list_names(source.columns)
        remedy = f"rename '{near}', or map that" if near else f"add it, or map one of those there ({there})"
        raise SourceError("the file has no such column", file=source.path, row=HEADER_ROW, column=column, remedy=remedy)
