"""A flat file as contract tables in memory, for an evaluation that leaves the store alone."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd

from data.errors import MappingError, SourceError
from data.frames import to_arrow
from data.imports.formats import HEADER_ROW, read_chunks
from data.imports.reading import RowReader, find_files
from data.imports.report import SHOWN
from data.imports.settling import settle_rows

if TYPE_CHECKING:
    from pathlib import Path

    from data.contract.problem import Problem
    from data.frames import Tables
    from data.imports.formats import Source
    from data.imports.mapping import FileRule, Mapping


@dataclass(frozen=True)
class FlatRows:
    """The rows of a source that has one row per lead, as contract tables.

    Attributes:
        tables: the contract tables, as the store would give them.
        order: what orders the rows: "time" (the leads' dates), "rows" (file order is time) or "none".
        rows: the leads in file order: ``lead_id``, ``source_row`` (as a spreadsheet counts) and ``occurred_at``.
        read: rows of the source; ``read = len(rows) + quarantined`` where each row is one lead.
        quarantined: rows left out, because they break the contract.
        examples: the first sentences about them.
        dropped: columns of the file that the mapping leaves out.
    """

    tables: Tables
    order: str
    rows: pd.DataFrame
    read: int
    quarantined: int
    examples: tuple[str, ...]
    dropped: tuple[str, ...]


def read_flat(path: Path, mapping: Mapping) -> FlatRows:
    """Read a file through a mapping, without touching a store.

    What the store would refuse is left out here as well: a row that breaks the contract, that names a parent which
    is not in the source, or that gives a lead a second outcome.

    Args:
        path: the file.
        mapping: how it becomes contract rows.

    Raises:
        SourceError: the file cannot be read, or lacks a column.
        MappingError: the mapping makes no leads, or reads several files.
    """
    if len(mapping.files) > 1:
        raise MappingError(f"mapping {mapping.name} reads several files; import them and use the store.")
    if not any(table.table == "leads" for table in mapping.files[0].tables):
        raise MappingError(f"mapping {mapping.name} makes no leads; add [tables.leads] with its fields.")
    ((file, source),) = find_files(path, mapping)
    read, tables, problems = _read_file(file, source, mapping)
    if not read:
        problem, remedy = "the file has a header line and no rows", "export it again with its rows"
        raise SourceError(problem, file=source.path, row=HEADER_ROW, remedy=remedy)
    settled, refused = settle_rows(tables)
    problems += refused
    leads = settled["leads"].sort_index(kind="stable")
    rows = leads[["lead_id", "occurred_at"]].rename_axis("source_row").reset_index()
    return FlatRows(
        tables={name: to_arrow(name, frame) for name, frame in settled.items()},
        order=mapping.order,
        rows=rows[["lead_id", "source_row", "occurred_at"]],
        read=read,
        quarantined=len({problem.row for problem in problems}),
        examples=tuple(problem.sentence(source.path.name) for problem in problems[:SHOWN]),
        dropped=tuple(column for column in source.columns if column in mapping.drop),
    )


def _read_file(file: FileRule, source: Source, mapping: Mapping) -> tuple[int, dict[str, pd.DataFrame], list[Problem]]:
    reader, read, problems = RowReader(mapping, file), 0, []
    pieces: dict[str, list[pd.DataFrame]] = {table.table: [] for table in file.tables}
    for chunk in read_chunks(source):
        extract = reader.read(chunk)
        problems += extract.problems
        read += len(chunk)
        for name, rows in extract.tables.items():
            pieces[name].append(rows)
    return read, {name: pd.concat(frames) for name, frames in pieces.items() if frames}, problems
