"""Importing a source: read, check, merge; in one transaction, so that an import is there wholly or not at all."""

from __future__ import annotations

from collections.abc import Callable
from functools import partial
from typing import TYPE_CHECKING

from data.duplicates import divide_groups, merge_duplicates, renew_overtaken
from data.erasure.forgotten import read_forgotten
from data.erasure.refusing import refuse_forgotten
from data.errors import SourceError
from data.imports.arriving import take_in
from data.imports.collisions import merge_again
from data.imports.formats import HEADER_ROW, read_chunks
from data.imports.quarantine import RefusedRows
from data.imports.reading import Lookups, RowReader, find_files, find_strangers
from data.imports.register import close_import, register_import
from data.imports.rehearsal import Rehearsal
from data.imports.report import ImportReport
from data.store.meanwhile import end_merges
from data.store.merging import lock_merges

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    import sqlalchemy as sa

    from data.imports.formats import Source
    from data.imports.mapping import FileRule, Mapping
    from data.store.postgres import Store

Progress = Callable[[str, int], None]
"""Called with a file's name and the rows read of it so far."""


class _RolledBackError(Exception):
    """Ends a transaction that was only a rehearsal."""


def import_source(
    store: Store,
    path: Path,
    mapping: Mapping,
    *,
    arrived_at: datetime,
    dry_run: bool = False,
    strict: bool = False,
    progress: Progress | None = None,
) -> ImportReport:
    """Import a file, or a folder of files, through a mapping.

    Args:
        store: an open store.
        path: the file or folder.
        mapping: how it becomes contract rows.
        arrived_at: when it arrived; changes whose source does not say when are known from then on.
        dry_run: do everything, then take it back; the report then has a preview.
        strict: take everything back if any row breaks the contract.
        progress: told after each chunk.

    Returns:
        What it did; where it was taken back, ``imported`` is false and the counts are what it would have done.

    Raises:
        SourceError: the file cannot be read, has no rows, or lacks a column.
    """
    strangers, files = find_strangers(path, mapping), find_files(path, mapping)

    def import_files() -> ImportReport:
        report, rehearsal = ImportReport(ignored=strangers), Rehearsal(mapping) if dry_run else None
        try:
            with store.transaction() as connection:
                lock_merges(connection)
                for file, source in files:
                    done = _import_file(connection, store.home, file, source, mapping, arrived_at, progress, rehearsal)
                    report.add_file(done)
                report.preview = rehearsal.finish(connection) if rehearsal else None
                renew_overtaken(connection, arrived_at)
                divide_groups(connection, store.home, arrived_at)
                report.merged = merge_duplicates(connection, arrived_at)
                report.late += end_merges(connection, arrived_at)
                report.imported = not (dry_run or (strict and report.quarantined))
                if not report.imported:
                    raise _RolledBackError
        except _RolledBackError:
            pass
        return report

    return merge_again(import_files)


def _import_file(
    connection: sa.Connection,
    home: Path,
    file: FileRule,
    source: Source,
    mapping: Mapping,
    arrived_at: datetime,
    progress: Progress | None,
    rehearsal: Rehearsal | None,
) -> ImportReport:
    import_id, seen_before = register_import(connection, source.path, mapping, arrived_at)
    report = ImportReport(encodings={source.path.name: source.encoding}, remarks=source.list_remarks(mapping.sheet))
    reader, refused_rows = RowReader(mapping, file), RefusedRows(mapping, source.path.name, arrived_at)
    forgotten = read_forgotten(connection, home)
    lookups = Lookups(source.path.parent, mapping, file)
    for rows in read_chunks(source):
        chunk = lookups.add(rows)
        refuse = partial(refuse_forgotten, connection, forgotten, chunk)
        extract = reader.read(chunk, refuse)
        merge = take_in(
            connection,
            home,
            extract.tables,
            import_id=import_id,
            arrived_at=arrived_at,
            seen_before=seen_before,
            handover_history=mapping.handover_history,
        )
        refused = refused_rows.write(connection, chunk, extract.problems + refuse({}, merge.refused))
        report.add_chunk(len(chunk), merge, refused, source.path.name)
        report.left_out[source.path.name] += extract.left_out
        if rehearsal:
            rehearsal.add(connection, import_id, merge.changed, source.path.name, refused)
        if progress:
            progress(source.path.name, report.read)
    if file.name is None and not report.read:
        problem, remedy = "the file has a header line and no rows", "export it again with its rows"
        raise SourceError(problem, file=source.path, row=HEADER_ROW, remedy=remedy)
    close_import(connection, import_id, report)
    return report
