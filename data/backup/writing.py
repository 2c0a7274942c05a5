"""Writing a backup: beside its place, and put there when it is whole."""

from __future__ import annotations

import shutil
from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.backup.manifest import Manifest, hash_files, write_manifest
from data.backup.programs import dump_store
from data.backup.registry_files import copy_registry
from data.errors import BadInput, tell_unwritable
from data.settings import FILE
from data.suppression.digests import SECRET

if TYPE_CHECKING:
    from datetime import datetime
    from pathlib import Path

    from data.settings import Settings
    from data.store.postgres import Store

DUMP = "store.dump"


@dataclass(frozen=True)
class Backup:
    """What was written.

    Attributes:
        folder: the backup.
        files: how many.
        size: bytes of all of them.
        left: what it does not hold, as sentences.
    """

    folder: str
    files: int
    size: int
    left: tuple[str, ...]


def write_backup(settings: Settings, store: Store, folder: Path, *, at: datetime) -> Backup:
    """Write store, registry, secret and settings to a folder that is not there yet; only its owner can read it.

    Args:
        settings: of the installation.
        store: an open store; it may be in use.
        folder: to write.
        at: now.

    Raises:
        BadInput: the folder is there already.
        EnvironmentFault: it cannot be written, or the database cannot be dumped.
    """
    if folder.exists():
        raise BadInput(f"{folder} is there already; name a folder that is not.")
    draft = folder.with_name(f"{folder.name}-unfinished")
    with tell_unwritable(folder):
        shutil.rmtree(draft, ignore_errors=True)
        draft.mkdir(mode=0o700, parents=True)
        try:
            _fill(settings, store, draft, at)
            sizes = [path.stat().st_size for path in draft.rglob("*") if path.is_file()]
            draft.rename(folder)
        finally:
            shutil.rmtree(draft, ignore_errors=True)
    left = ["the models of your MLflow server are not in it; back that up as well."] if settings.tracking_uri else []
    return Backup(str(folder), len(sizes), sum(sizes), tuple(left))


def _fill(settings: Settings, store: Store, draft: Path, at: datetime) -> None:
    dump_store(store, draft / DUMP)
    if settings.tracking_uri is None:
        copy_registry(settings.home, draft)
    for name in (SECRET, FILE):
        if (settings.home / name).exists():
            shutil.copy(settings.home / name, draft / name)
    with store.transaction() as connection:
        schema = str(connection.exec_driver_sql("SELECT version_num FROM alembic_version").scalar_one())
    write_manifest(Manifest(at.isoformat(), schema, settings.artefacts.as_uri(), hash_files(draft)), draft)
