"""Restoring a backup: in one transaction, so that it is there wholly or not at all."""

from __future__ import annotations

import hmac
import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

import psycopg
import sqlalchemy as sa

from data.backup.exchange import exchange_files
from data.backup.loading import load_dump
from data.backup.manifest import read_manifest
from data.backup.registry_files import ARTEFACTS, DATABASE, move_addresses
from data.backup.writing import DUMP
from data.erasure.again import forget_again
from data.errors import BadInput, StoreUnavailable, tell_unwritable
from data.settings import FILE
from data.store.migrating import LOCK_TIMEOUT, knows_schema, migrate
from data.store.postgres import connect_store
from data.store.schema import METADATA
from data.suppression.digests import SECRET

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime
    from pathlib import Path

    from data.backup.exchange import Exchange
    from data.backup.manifest import Manifest
    from data.settings import Settings
    from data.store.postgres import Store

THERE = "there is a store or a registry already; give --replace to put the backup in its place."
Entry = tuple[str, str, str, "datetime"]


@dataclass(frozen=True)
class Restored:
    """What was restored.

    Attributes:
        made_at: when the backup was made.
        tables: rows by table.
        erased: contacts that were erased since, and so once more.
        left: what is still to be done, as sentences.
    """

    made_at: str
    tables: dict[str, int]
    erased: int
    left: tuple[str, ...]


def restore_backup(settings: Settings, folder: Path, *, replace: bool, at: datetime) -> Restored:
    """Put a backup in the place of what is there; where that fails, all is as it was.

    Whoever was erased since the backup was made is erased again, and what the lists of those who may not be called
    have gained is kept: the store that is there still knows both.

    Args:
        settings: of the installation.
        folder: of :func:`data.backup.write_backup`.
        replace: even where the store or the registry is not empty.
        at: now.

    Raises:
        BadInput: the folder is no whole backup, or of a newer schema, or something is there and not to be replaced.
        StoreUnavailable: the store is in use.
    """
    manifest = read_manifest(folder)
    if not knows_schema(manifest.schema):
        raise BadInput(f"{folder} has schema {manifest.schema}, which this callworth does not know; use a newer one.")
    store = connect_store(settings)
    try:
        names = [SECRET] if settings.tracking_uri else [SECRET, DATABASE, ARTEFACTS]
        if not replace and any((settings.home / name).exists() for name in names[1:]):
            raise BadInput(THERE)
        with tell_unwritable(settings.home), exchange_files(settings.home, names) as exchange:
            _prepare(settings, folder, manifest, exchange)
            tables, erased = _restore(store, folder, manifest, exchange, replace=replace, at=at)
        if (folder / FILE).exists() and not (settings.home / FILE).exists():
            shutil.copy(folder / FILE, settings.home / FILE)
    finally:
        store.close()
    left = ["callworth maintain clears off the disk what was erased again"] if erased else []
    return Restored(manifest.made_at, tables, erased, tuple(left))


def _prepare(settings: Settings, folder: Path, manifest: Manifest, exchange: Exchange) -> None:
    """Set the files of the backup beside those of the home folder."""
    settings.home.mkdir(parents=True, exist_ok=True)
    if (folder / SECRET).exists():
        shutil.copy(folder / SECRET, exchange.path(SECRET))
    elif (settings.home / SECRET).exists():
        shutil.copy(settings.home / SECRET, exchange.path(SECRET))
    if settings.tracking_uri is None:
        if (folder / DATABASE).exists():
            shutil.copy(folder / DATABASE, exchange.path(DATABASE))
            move_addresses(exchange.path(DATABASE), manifest.artefacts, settings.artefacts.as_uri())
        if (folder / ARTEFACTS).exists():
            shutil.copytree(folder / ARTEFACTS, exchange.path(ARTEFACTS))


def _restore(
    store: Store, folder: Path, manifest: Manifest, exchange: Exchange, *, replace: bool, at: datetime
) -> tuple[dict[str, int], int]:
    try:
        with store.transaction() as connection:
            connection.exec_driver_sql(f"SET LOCAL lock_timeout = '{LOCK_TIMEOUT}'")
            there = _list_tables(connection)
            if not replace and _is_filled(connection, there):
                raise BadInput(THERE)
            entries = _read_entries(connection, there)
            _require_secret(entries, store.home, exchange)
            connection.exec_driver_sql(f"DROP TABLE IF EXISTS {', '.join([*there, 'alembic_version'])}")
            migrate(connection, manifest.schema)
            load_dump(connection, folder / DUMP)
            migrate(connection)
            exchange.put_in_place()
            if entries:
                columns = ("list", "digest", "client_id", "added_at")
                connection.execute(_ADD, [dict(zip(columns, entry, strict=True)) for entry in entries])
            erased = forget_again(connection, store.home, at=at)
            return {name: _count(connection, name) for name in METADATA.tables}, erased
    except sa.exc.OperationalError as error:
        if not isinstance(error.orig, psycopg.errors.LockNotAvailable):
            raise
        raise StoreUnavailable("the store is in use; end the service and whatever imports, then try again.") from error


def _list_tables(connection: sa.Connection) -> list[str]:
    there = set(sa.inspect(connection).get_table_names(schema="public"))
    return [name for name in METADATA.tables if name in there]


def _is_filled(connection: sa.Connection, tables: Sequence[str]) -> bool:
    return any(connection.exec_driver_sql(f"SELECT EXISTS (SELECT FROM {name})").scalar_one() for name in tables)


def _read_entries(connection: sa.Connection, tables: Sequence[str]) -> list[sa.Row[Entry]]:
    if "suppressions" not in tables:
        return []
    return list(connection.exec_driver_sql("SELECT list, digest, client_id, added_at FROM suppressions").all())


def _require_secret(entries: Sequence[sa.Row[Entry]], home: Path, exchange: Exchange) -> None:
    """Raise where the lists that are there were kept with another secret, so that nobody would be known again."""
    if not entries:
        return
    kept, coming = ((path.read_text() if path.exists() else "") for path in (home / SECRET, exchange.path(SECRET)))
    if not hmac.compare_digest(kept, coming):
        raise BadInput(
            "the store has lists of people who were erased or may not be called, and the backup is of another "
            "installation, where they would not be known again; restore it into a home folder and database of its own."
        )


def _count(connection: sa.Connection, name: str) -> int:
    return int(connection.exec_driver_sql(f"SELECT count(*) FROM {name}").scalar_one())


_ADD = sa.text("""
    INSERT INTO suppressions (list, digest, client_id, added_at) VALUES (:list, :digest, :client_id, :added_at)
    ON CONFLICT DO NOTHING""")
