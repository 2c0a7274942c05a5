"""A look at an export: its first rows, and what all of its rows say of dates and numbers."""

from __future__ import annotations

from dataclasses import dataclass, field
from typing import TYPE_CHECKING

from data.errors import SourceError
from data.imports.formats import HEADER_ROW, TEXT, Signs, open_source, read_chunks
from data.imports.suggest.date_survey import DateSurvey
from data.imports.suggest.decimal_sign import SignSurvey

if TYPE_CHECKING:
    from pathlib import Path

    import pandas as pd

    from data.imports.formats import Source

TYPED = "\N{ARABIC DECIMAL SEPARATOR}"
"""The sign in cells that hold a number, so that it is not taken for evidence of how the file's texts are written."""


@dataclass
class Export:
    """What a file shows, and what was noticed about it.

    Attributes:
        source: the file.
        rows: the first of its rows as text, without the space around it.
        dates: what all rows say of the dates.
        signs: the decimal signs that all rows tell.
        open_signs: columns whose decimal sign nothing tells, each with a number that can be meant in two ways.
        roles: role to column.
        won: values of the outcome column that say won.
        lost: those that say lost.
        drop: columns to leave out.
        notes: sentences on what was assumed.
    """

    source: Source
    rows: pd.DataFrame
    dates: DateSurvey
    signs: Signs
    open_signs: dict[str, str]
    roles: dict[str, str] = field(default_factory=dict)
    won: list[str] = field(default_factory=list)
    lost: list[str] = field(default_factory=list)
    drop: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)

    @property
    def name(self) -> str:
        """The name of the file without what its format adds."""
        return self.source.path.name.partition(".")[0] or self.source.path.stem

    def text(self, role: str) -> pd.Series:
        """The first rows of the column that has a role."""
        return self.rows[self.roles[role]]

    def is_filled(self, role: str) -> bool:
        """Whether a column has the role, and something in each of the first rows."""
        return role in self.roles and bool((self.text(role) != "").all())


def look_at(path: Path) -> Export:
    """Read a file to its end, and keep its first rows.

    Raises:
        SourceError: it cannot be read, or has no rows.
    """
    source = open_source(path, signs=Signs(TYPED))
    dates, signs, first = DateSurvey(), SignSurvey(), None
    for chunk in read_chunks(source):
        rows = chunk.apply(lambda column: column.str.strip())
        dates.add(_write_typed(source, rows, Signs(".")))
        signs.add(rows)
        first = rows if first is None else first
    if first is None or first.empty:
        problem, remedy = "the file has a header line and no rows", "export it again with its rows"
        raise SourceError(problem, file=path, row=HEADER_ROW, remedy=remedy)
    told, two_fold = signs.settle()
    return Export(source, _write_typed(source, first, told), dates, told, two_fold, notes=source.list_remarks(None))


def _write_typed(source: Source, rows: pd.DataFrame, signs: Signs) -> pd.DataFrame:
    """The rows with the decimal signs that a mapping would give the cells that hold numbers."""
    if source.format == TEXT:
        return rows
    return rows.apply(lambda column: column.str.replace(TYPED, signs.find(str(column.name)), regex=False))
