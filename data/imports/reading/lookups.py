"""Lookups: what other files of the same folder say about the rows of a file."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pandas as pd

from data.errors import SourceError
from data.imports.formats import HEADER_ROW, read_chunks
from data.imports.mapping import find_met, keep_looked_up, make_columns
from data.imports.reading.files import open_mapped
from data.imports.reading.places import find_place

if TYPE_CHECKING:
    from pathlib import Path

    from data.imports.formats import Source
    from data.imports.mapping import FileRule, MadeColumn, Mapping
    from data.imports.mapping.made_columns import Found


class Lookups:
    """Looks up what a file's made columns ask other files; these are read once, when it is built."""

    def __init__(self, folder: Path, mapping: Mapping, file: FileRule) -> None:
        """Read the other files.

        Raises:
            SourceError: one is missing and not optional, or lacks a column.
        """
        self._file = file
        asked = [column for column in file.columns.values() if column.lookup]
        self._found: Found = {column: _find(folder, mapping, column) for column in asked}

    def add(self, chunk: pd.DataFrame) -> pd.DataFrame:
        """The chunk with the columns that are looked up."""
        if not self._found:
            return chunk
        return keep_looked_up(make_columns(chunk, self._file.columns, self._found), self._file.columns)


def _find(folder: Path, mapping: Mapping, column: MadeColumn) -> pd.Series:
    """Values by key; of several as the column says."""
    (other,) = (file for file in mapping.files if file.name == column.lookup)
    nothing = pd.Series([], index=pd.Index([], dtype="str"), dtype="str")
    place = find_place(folder, str(other.name), mapping)
    if other.optional and not place.exists():
        return nothing
    source = open_mapped(place, mapping, other)
    if not _has_columns(source, other, column):
        return nothing
    pieces = [_read_pairs(chunk, other, column) for chunk in read_chunks(source)]
    if not pieces:
        return nothing
    pairs = pd.concat(pieces).drop_duplicates()
    if column.several == "least":
        pairs = pairs.sort_values("take", kind="stable")
    twice = pairs["key"].duplicated(keep=False if column.several == "none" else "first")
    return pairs[~twice].set_index("key")["take"]


def _read_pairs(chunk: pd.DataFrame, other: FileRule, column: MadeColumn) -> pd.DataFrame:
    rows = make_columns(chunk, other.columns)
    rows = rows[find_met(other.where, rows)]
    pairs = pd.DataFrame({"key": rows[column.key].str.strip(), "take": rows[column.take].str.strip()})
    return pairs[(pairs["key"] != "") & (pairs["take"] != "")]


def _has_columns(source: Source, other: FileRule, column: MadeColumn) -> bool:
    lacking = [name for name in (column.key, column.take) if name not in {*source.columns, *other.columns}]
    if lacking and not column.optional:
        raise SourceError(
            "the file has no such column, and another file is looked up in it",
            file=source.path,
            row=HEADER_ROW,
            column=lacking[0],
            remedy="export it with that column",
        )
    return not lacking
