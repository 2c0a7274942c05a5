"""The dates of a file, over all of its rows: which formats read a column, and where two of them read it alike."""

from __future__ import annotations

import re
from collections import Counter
from dataclasses import dataclass, field
from typing import TYPE_CHECKING

import pandas as pd

from data.imports.mapping import FieldRule, Mapping, write_choices
from data.imports.values import DATE_SHAPE, convert_moments, list_common_formats, read_serials

if TYPE_CHECKING:
    from collections.abc import Hashable

DATE_LIKE = re.compile(r"\d{1,4}[-/.]\d{1,2}[-/.]\d{1,4}.*|(19|20)\d{6}")
SERIAL_LIKE = r"[2-7]\d{4}([.,]\d+)?"
"""Excel's serial dates of 1954 to 2119, in the 1900 calendar."""

MOST = 0.98  # share of the filled-in values that must read as dates; the rest is quarantined and told


@dataclass
class _Column:
    """Rows of a column by what reads them: ISO 8601, each format, any format, serial dates."""

    filled: int = 0
    iso: int = 0
    any_format: int = 0
    serial: int = 0
    first_serial: str = ""
    formats: Counter[str] = field(default_factory=Counter)


class DateSurvey:
    """Counts, a chunk at a time, what reads the columns; those that hold no dates at first are left alone."""

    def __init__(self) -> None:
        self._columns: dict[Hashable, _Column] = {}
        self._others: set[Hashable] = set()

    def add(self, rows: pd.DataFrame) -> None:
        """Count a chunk of text."""
        for name in rows.columns:
            if name not in self._others:
                counts = rows[name][rows[name] != ""].value_counts()
                column = self._columns.setdefault(name, _Column())
                _count(column, counts)
                if not (column.iso or column.any_format or column.serial) and column.filled:
                    self._others.add(name)

    def find(self, name: str) -> tuple[bool, str | None]:
        """Whether a column holds dates, and the format to write for it.

        Returns:
            The format is None for ISO 8601, and a choice (see :mod:`data.imports.mapping.open_choices`) where several
            formats read all that is there, or where each reads what the others do not.
        """
        column = self._columns.get(name, _Column())
        most = MOST * column.filled
        if not column.filled:
            return False, None
        if column.iso >= most:
            return True, None
        fitting = {style: count for style, count in column.formats.items() if count + column.iso >= most}
        if not fitting:
            return False, None
        best = max(fitting.values())
        settled = [style for style, count in fitting.items() if count == best]
        is_told = len(settled) == 1 and best == column.any_format
        return True, settled[0] if is_told else write_choices(fitting if best < column.any_format else settled)

    def find_serials(self, name: str) -> str | None:
        """The first date of a column that holds serial dates and nothing else, as the 1900 calendar has it."""
        column = self._columns.get(name, _Column())
        if not column.filled or column.serial < column.filled:
            return None
        first = column.first_serial.replace(",", ".")
        return str(read_serials(pd.Series([first], dtype="str"), "excel", ".")[0].date())


def _count(column: _Column, counts: pd.Series) -> None:
    texts = pd.Series(counts.index, dtype="str")
    rows = counts.reset_index(drop=True)
    column.filled += int(rows.sum())
    serial = texts.str.fullmatch(SERIAL_LIKE)
    column.serial += int(rows[serial].sum())
    column.first_serial = column.first_serial or next(iter(texts[serial]), "")
    like = texts.str.fullmatch(DATE_LIKE)
    if not like.any():
        return
    texts, rows = texts[like], rows[like]
    iso = _read(texts, None)
    column.iso += int(rows[iso].sum())
    texts, rows = texts[~iso], rows[~iso]
    shaped = texts.str.fullmatch(DATE_SHAPE)
    texts, rows = texts[shaped], rows[shaped]
    read_by_any = pd.Series(False, index=texts.index)
    for style in list_common_formats(texts):
        read = _read(texts, style)
        column.formats[style] += int(rows[read].sum())
        read_by_any |= read
    column.any_format += int(rows[read_by_any].sum())


def _read(texts: pd.Series, style: str | None) -> pd.Series:
    return convert_moments(texts, FieldRule(format=style), Mapping("", ())).notna()
