"""One file of a source on its way into the store, a chunk at a time, within the import's transaction."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from functools import partial
from typing import TYPE_CHECKING

from data.erasure.forgotten import read_forgotten
from data.erasure.refusing import refuse_forgotten
from data.errors import SourceError
from data.imports.arriving import take_in
from data.imports.formats import HEADER_ROW, read_chunks
from data.imports.holding import HeldRows, find_abandoned, hold_rows, pick_rows
from data.imports.quarantine import RefusedRows, WaitingRows, list_keys
from data.imports.reading import Lookups, RowReader
from data.imports.register import close_import, register_import
from data.imports.report import ImportReport

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    import pandas as pd
    import sqlalchemy as sa

    from data.contract.problem import Problem
    from data.imports.formats import Source
    from data.imports.mapping import FileRule, Mapping
    from data.imports.quarantine import Keys
    from data.imports.rehearsal import Rehearsal
    from data.store.merging import Merge

Progress = Callable[[str, int], None]
"""Called with a file's name and the rows read of it so far."""


@dataclass(frozen=True)
class Arrival:
    """What the files of one import share.

    Attributes:
        connection: in the import's transaction.
        home: folder of the installation.
        mapping: how the files become contract rows.
        arrived_at: when they arrived.
        rehearsal: watches a dry run.
    """

    connection: sa.Connection
    home: Path
    mapping: Mapping
    arrived_at: datetime
    rehearsal: Rehearsal | None


class FileImport:
    """Takes the rows of one file in, and counts what becomes of them."""

    def __init__(self, arrival: Arrival, file: FileRule, source: Source) -> None:
        self._arrival, self._file, self._source, self._name = arrival, file, source, source.path.name
        self._connection, mapping = arrival.connection, arrival.mapping
        remarks = source.list_remarks(mapping.sheet)
        self._report = ImportReport(encodings={self._name: source.encoding}, remarks=remarks)
        self._refused = RefusedRows(mapping, self._name, arrival.arrived_at)
        self._held: list[HeldRows] = []
        self._constant: frozenset[str] = frozenset()

    def take_rows(self, progress: Progress | None) -> None:
        """Take the rows in; those that lack what a handover needs are held.

        Raises:
            SourceError: the only file of a source has none.
        """
        arrival, report = self._arrival, self._report
        self._import_id, self._seen_before = register_import(
            self._connection, self._source.path, arrival.mapping, arrival.arrived_at
        )
        self._waiting = WaitingRows(self._connection, self._import_id, arrival.mapping, self._file)
        self._forgotten = read_forgotten(self._connection, arrival.home)
        reader = RowReader(arrival.mapping, self._file)
        lookups = Lookups(self._source.path.parent, arrival.mapping, self._file)
        for rows in read_chunks(self._source):
            chunk = lookups.add(rows)
            extract = reader.read(chunk, partial(refuse_forgotten, self._connection, self._forgotten, chunk))
            self._constant = extract.constant
            merge = self._merge(extract.tables)
            held, refused = hold_rows(chunk, extract.tables, merge.refused, self._constant)
            self._held += [held] if held else []
            problems = [*extract.problems, *self._reword(chunk, refused)]
            self._count(
                chunk,
                len(chunk),
                merge,
                problems,
                self._list_keys(extract.tables, problems) | self._list_keys(extract.refused, problems),
            )
            report.left_out[self._name] += extract.left_out
            if progress:
                progress(self._name, report.read)
        if self._file.name is None and not report.read:
            problem, remedy = "the file has a header line and no rows", "export it again with its rows"
            raise SourceError(problem, file=self._source.path, row=HEADER_ROW, remedy=remedy)

    def ask_again(self) -> bool:
        """Take in what was held and lacks nothing any more; whether there was any."""
        asked, self._held = self._held, []
        came = False
        for each in asked:
            merge = self._merge(each.tables)
            held, refused = hold_rows(each.chunk, each.tables, merge.refused, self._constant)
            self._held += [held] if held else []
            problems = self._reword(each.chunk, refused)
            self._count(each.chunk, 0, merge, problems, self._list_keys(each.tables, problems))
            came |= bool(merge.changed_rows)
        return came

    def close(self) -> ImportReport:
        """Refuse what is held still; what became of the rows."""
        for each in self._held:
            keys = self._list_keys(each.tables, each.problems)
            problems = self._write(each.chunk, self._reword(each.chunk, each.problems), keys)
            self._report.add_refused(problems, self._name)
            if self._arrival.rehearsal:
                self._arrival.rehearsal.add_refused(self._name, problems)
        self._report.resolved = self._waiting.resolve(self._arrival.arrived_at)
        close_import(self._connection, self._import_id, self._report)
        return self._report

    def _merge(self, tables: dict[str, pd.DataFrame]) -> Merge:
        """Merge rows; where the one that carried the mapping's own rows is refused, another carries them."""
        merge = self._take(tables)
        if rows := find_abandoned(tables, merge.refused, self._constant):
            again = self._merge(pick_rows(tables, rows, self._constant))
            kept = [problem for problem in merge.refused if problem.row not in set(rows)]
            merge = merge.add(again, kept + again.refused)
        return merge

    def _take(self, tables: dict[str, pd.DataFrame]) -> Merge:
        merge = take_in(
            self._connection,
            self._arrival.home,
            tables,
            import_id=self._import_id,
            arrived_at=self._arrival.arrived_at,
            seen_before=self._seen_before,
            handover_history=self._arrival.mapping.handover_history,
        )
        self._waiting.note_taken([name for name, rows in tables.items() if len(rows)])
        if self._arrival.rehearsal:
            self._arrival.rehearsal.add(self._connection, self._import_id, merge.changed)
        return merge

    def _reword(self, chunk: pd.DataFrame, refused: list[Problem]) -> list[Problem]:
        return refuse_forgotten(self._connection, self._forgotten, chunk, {}, refused)

    def _list_keys(self, tables: dict[str, pd.DataFrame], problems: list[Problem]) -> dict[int, Keys | None]:
        return list_keys(tables, {problem.row for problem in problems}, self._constant)

    def _write(self, chunk: pd.DataFrame, problems: list[Problem], keys: dict[int, Keys | None]) -> list[Problem]:
        refused = self._refused.write(self._connection, chunk, problems, keys)
        self._waiting.note_refused(self._refused.written)
        return refused

    def _count(
        self, chunk: pd.DataFrame, read: int, merge: Merge, problems: list[Problem], keys: dict[int, Keys | None]
    ) -> None:
        refused = self._write(chunk, problems, keys)
        self._report.add_chunk(read, merge, refused, self._name)
        if self._arrival.rehearsal:
            self._arrival.rehearsal.add_refused(self._name, refused)


def settle_held(files: Sequence[FileImport]) -> None:
    """Take in what the files hold, now that all of them are in, until nothing more comes of it."""
    came = True
    while came:
        came = sum(file.ask_again() for file in files) > 0
