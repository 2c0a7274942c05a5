"""Releasing rows from quarantine: mended in the exported CSV, they are imported again through their mapping."""

from __future__ import annotations

from functools import partial
from typing import TYPE_CHECKING, Any

import pandas as pd
import sqlalchemy as sa

from data.duplicates import divide_groups, merge_duplicates, renew_overtaken
from data.erasure.forgotten import read_forgotten
from data.erasure.refusing import ERASED, refuse_forgotten
from data.errors import BadInput, SourceError
from data.imports.arriving import take_in
from data.imports.collisions import merge_again
from data.imports.formats import read_spreadsheet
from data.imports.mapping import list_mappings, load_mapping
from data.imports.quarantine.export import PREFIX
from data.imports.reading import RowReader, is_same
from data.imports.register import close_import, register_import
from data.imports.report import ImportReport
from data.store.meanwhile import end_merges
from data.store.merging import lock_merges
from data.store.schema import QUARANTINE

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from data.imports.mapping import FileRule, Mapping
    from data.store.postgres import Store

ID = f"{PREFIX}quarantine_id"


def release_quarantine(
    store: Store, path: Path, mapping: Mapping | None = None, *, arrived_at: datetime
) -> ImportReport:
    """Import mended rows; those that keep the contract now leave the quarantine, the others stay in it.

    Args:
        store: an open store.
        path: the CSV file that :func:`data.imports.quarantine.export_quarantine` wrote, mended; rows may be missing.
        mapping: of the rows, where it is not one that comes with callworth.
        arrived_at: now.

    Returns:
        Counts in rows of the file; a row released before is unchanged.

    Raises:
        SourceError: the file cannot be read, or a row names none of the quarantine.
        BadInput: the rows' mapping is not at hand, or dates rows by their place in the source file.
    """
    rows = read_spreadsheet(path, frozenset({ID}))
    return merge_again(lambda: _release_rows(store, path, rows, mapping, arrived_at))


def _release_rows(
    store: Store, path: Path, rows: pd.DataFrame, mapping: Mapping | None, arrived_at: datetime
) -> ImportReport:
    report = ImportReport()
    with store.transaction() as connection:
        lock_merges(connection)
        waiting = _find_waiting(connection, rows[ID], path)
        report.read = report.unchanged = len(rows) - len(waiting)
        for name, group in waiting.groupby("mapping", sort=False):
            used = _choose_mapping(str(name), mapping)
            import_id, _ = register_import(connection, path, used, arrived_at)
            counts = ImportReport()
            for file in used.files:
                names = {name for name in group["file"].unique() if not file.name or is_same(name, file.name, used)}
                some = group[group["file"].isin(names)]
                if len(some):
                    _release(connection, used, file, rows, some, (import_id, arrived_at, path, store.home), counts)
            close_import(connection, import_id, counts)
            report.add_file(counts)
        renew_overtaken(connection, arrived_at)
        divide_groups(connection, store.home, arrived_at)
        report.merged = merge_duplicates(connection, arrived_at)
        report.late += end_merges(connection, arrived_at)
    return report


def _release(
    connection: sa.Connection,
    mapping: Mapping,
    file: FileRule,
    rows: pd.DataFrame,
    waiting: pd.DataFrame,
    about: tuple[int, datetime, Path, Path],
    report: ImportReport,
) -> None:
    import_id, arrived_at, path, home = about
    if any(rule.moment for table in file.tables for rule in table.fields.values()):
        raise BadInput(
            f"mapping {mapping.name} dates rows by their place in the file, so they cannot be released one by one; "
            "mend the source file and import it again."
        )
    chunk = _select_columns(rows, list(waiting["content"].iloc[0]), path).loc[waiting.index]
    refuse = partial(refuse_forgotten, connection, read_forgotten(connection, home), chunk)
    extract = RowReader(mapping, file).read(chunk, refuse)
    merge = take_in(
        connection,
        home,
        extract.tables,
        import_id=import_id,
        arrived_at=arrived_at,
        handover_history=mapping.handover_history,
    )
    first: dict[int, Any] = {}
    for problem in extract.problems + refuse({}, merge.refused):
        first.setdefault(problem.row, problem)
    report.add_chunk(len(chunk), merge, list(first.values()), path.name)
    released = waiting.loc[~waiting.index.isin(list(first)), "quarantine_id"].tolist()
    q = QUARANTINE.c
    connection.execute(sa.update(QUARANTINE).where(q.quarantine_id.in_(released)).values(released_at=arrived_at))


def _find_waiting(connection: sa.Connection, ids: pd.Series, path: Path) -> pd.DataFrame:
    """Those rows of the file that still are in quarantine: mapping, file, content and id, by row of the file."""
    q = QUARANTINE.c
    wanted = sa.select(q.quarantine_id, q.mapping, q.file, q.content, q.released_at, q.rule)
    found = connection.execute(wanted).all()
    known = {str(row.quarantine_id): row for row in found}
    seen: set[str] = set()
    for row, value in ids.items():
        if value not in known or value in seen:
            problem = "it is there twice" if value in seen else "there is no such row in the quarantine"
            remedy = "leave this column as it was exported"
            raise SourceError(problem, file=path, row=int(str(row)), column=ID, value=value, remedy=remedy)
        if known[value].rule == ERASED:
            problem, remedy = "the person has been erased, and nothing of the row was kept", "leave the row out"
            raise SourceError(problem, file=path, row=int(str(row)), column=ID, value=value, remedy=remedy)
        seen.add(value)
    picked = {row: known[value] for row, value in ids.items() if known[value].released_at is None}
    columns = ["quarantine_id", "mapping", "file", "content", "released_at", "rule"]
    return pd.DataFrame(list(picked.values()), index=list(picked), columns=columns)


def _choose_mapping(name: str, given: Mapping | None) -> Mapping:
    if given is not None and given.name == name:
        return given
    if name in list_mappings():
        return load_mapping(name)
    raise BadInput(f"the rows came through mapping '{name}', which does not come with callworth; give its file.")


def _select_columns(rows: pd.DataFrame, columns: list[str], path: Path) -> pd.DataFrame:
    for column in columns:
        if column not in rows:
            remedy = "leave the columns as they were exported"
            raise SourceError("the file has no such column", file=path, row=1, column=column, remedy=remedy)
    return rows[columns]
