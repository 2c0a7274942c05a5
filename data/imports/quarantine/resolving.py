"""Rows that leave the quarantine by themselves: their source brought them again, and they were not refused as before.

A row is known again by the keys of all records that it would have been. One that was refused once more, for other
content, takes the place of the older one; a row whose keys cannot be read waits until it is released.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa
from sqlalchemy.dialects.postgresql import JSONB

from data.contract import CONTRACT
from data.imports.reading import is_same
from data.store.refusals import not_refused

if TYPE_CHECKING:
    from collections.abc import Collection
    from datetime import datetime

    import pandas as pd

    from data.imports.mapping import FileRule, Mapping

Keys = dict[str, str]
"""Of one source row: the key of its row in each contract table."""


def list_keys(
    tables: dict[str, pd.DataFrame], rows: Collection[int], constant: Collection[str]
) -> dict[int, Keys | None]:
    """The keys of source rows; None where one of them is missing.

    Args:
        tables: contract rows; the index is the source row.
        rows: the source rows wanted.
        constant: tables that the mapping alone fills in, which tell nothing of a row.
    """
    found: dict[int, Keys | None] = {}
    for name, frame in tables.items():
        if name not in constant:
            keys = frame.loc[frame.index.isin(list(rows)), CONTRACT[name].key]
            for row, key, missing in zip(keys.index.tolist(), keys.tolist(), keys.isna().tolist(), strict=True):
                so_far = found.setdefault(row, {})
                found[row] = None if missing or so_far is None else so_far | {name: key}
    return found


class WaitingRows:
    """The rows of one file that wait in quarantine while it is imported again."""

    def __init__(self, connection: sa.Connection, import_id: int, mapping: Mapping, file: FileRule) -> None:
        self._connection, self._import_id = connection, import_id
        connection.exec_driver_sql(_WAITING)
        names = connection.execute(_FILES, {"mapping": mapping.name}).scalars().all()
        files = [name for name in names if not file.name or is_same(name, file.name, mapping)]
        values = {"import_id": import_id, "mapping": mapping.name, "files": files}
        self._are_any = bool(files) and connection.execute(_WAIT, values).rowcount > 0
        if self._are_any:
            connection.exec_driver_sql("ANALYZE waiting")

    def note_taken(self, tables: Collection[str]) -> None:
        """Note those that a chunk brought and the store took; right after its merge.

        Args:
            tables: that the chunk had rows of.
        """
        if self._are_any:
            staged = [name for name in CONTRACT if name in tables]
            for place in range(len(staged)):
                statement = sa.text(_find_taken(staged[: place + 1]))
                self._connection.execute(statement, {"import_id": self._import_id})

    def note_refused(self, rows: list[dict[str, Any]]) -> None:
        """Note those in whose place other content was refused; the ones refused as before go on waiting."""
        if self._are_any and rows:
            known = [row["keys"] for row in rows if row["keys"]]
            self._connection.execute(_REPLACED, {"import_id": self._import_id, "keys": known})
            hashes = [row["content_hash"] for row in rows]
            self._connection.execute(_REFUSED_AGAIN, {"import_id": self._import_id, "hashes": hashes})

    def resolve(self, at: datetime) -> int:
        """Let those noted leave the quarantine; how many."""
        if not self._are_any:
            return 0
        return self._connection.execute(_RESOLVE, {"import_id": self._import_id, "at": at}).rowcount


def _find_taken(staged: list[str]) -> str:
    """SQL: marks the waiting rows of which a staged source row has all the keys; the last table's is looked up."""
    last, earlier = staged[-1], staged[:-1]
    has = "".join(
        f"""
          AND (NOT jsonb_exists(w.keys, '{name}')
               OR EXISTS (SELECT FROM stage_{name} o
                          WHERE o.import_row = s.import_row AND o.{CONTRACT[name].key} = w.keys ->> '{name}'))"""
        for name in earlier
    )
    others = ", ".join(f"'{name}'" for name in CONTRACT if name not in staged)
    return f"""
        UPDATE waiting w SET came = TRUE FROM stage_{last} s
        WHERE w.import_id = :import_id AND NOT w.came AND s.{CONTRACT[last].key} = w.keys ->> '{last}'
          AND NOT jsonb_exists_any(w.keys, CAST(ARRAY[{others}] AS text[])) AND {not_refused("s")}{has}"""


_WAITING = """
    CREATE TEMP TABLE IF NOT EXISTS waiting
        (import_id bigint, quarantine_id bigint, content_hash text, keys jsonb, came boolean) ON COMMIT DROP"""

_FILES = sa.text("SELECT DISTINCT file FROM quarantine WHERE mapping = :mapping AND released_at IS NULL")

_WAIT = sa.text("""
    INSERT INTO waiting
    SELECT :import_id, quarantine_id, content_hash, keys, FALSE FROM quarantine
    WHERE mapping = :mapping AND file = ANY(CAST(:files AS text[])) AND released_at IS NULL AND keys IS NOT NULL""")

_REPLACED = sa.text("""
    UPDATE waiting SET came = TRUE
    WHERE import_id = :import_id AND keys IN (SELECT value FROM jsonb_array_elements(:keys))""").bindparams(
    sa.bindparam("keys", type_=JSONB)
)

_REFUSED_AGAIN = sa.text(
    "DELETE FROM waiting WHERE import_id = :import_id AND content_hash = ANY(CAST(:hashes AS text[]))"
)

_RESOLVE = sa.text("""
    UPDATE quarantine q SET released_at = :at, resolved_by = :import_id
    FROM waiting w WHERE w.import_id = :import_id AND w.came AND w.quarantine_id = q.quarantine_id""")
