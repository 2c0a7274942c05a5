"""Importing a source: read, check, merge; in one transaction, so that an import is there wholly or not at all."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.duplicates import divide_groups, merge_duplicates, renew_overtaken
from data.imports.collisions import merge_again
from data.imports.one_file import Arrival, FileImport, settle_held
from data.imports.reading import find_files, find_strangers
from data.imports.rehearsal import Rehearsal
from data.imports.report import ImportReport
from data.store.meanwhile import end_merges
from data.store.merging import lock_merges

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from data.imports.mapping import Mapping
    from data.imports.one_file import Progress
    from data.store.postgres import Store


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
                arrival = Arrival(connection, store.home, mapping, arrived_at, rehearsal)
                taken = [FileImport(arrival, file, source) for file, source in files]
                for each in taken:
                    each.take_rows(progress)
                settle_held(taken)
                for each in taken:
                    report.add_file(each.close())
                if rehearsal:
                    rehearsal.note_taken(connection)
                renew_overtaken(connection, arrived_at)
                divide_groups(connection, store.home, arrived_at)
                report.merged = merge_duplicates(connection, arrived_at)
                report.preview = rehearsal.finish(connection) if rehearsal else None
                report.late += end_merges(connection, arrived_at)
                report.imported = not (dry_run or (strict and report.quarantined))
                if not report.imported:
                    raise _RolledBackError
        except _RolledBackError:
            pass
        return report

    return merge_again(import_files)
