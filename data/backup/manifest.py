"""The manifest of a backup: what it is of, and the hash of each of its files."""

from __future__ import annotations

import json
from dataclasses import asdict, dataclass
from hashlib import file_digest
from pathlib import PurePosixPath
from typing import TYPE_CHECKING

from data.errors import BadInput

if TYPE_CHECKING:
    from pathlib import Path

NAME = "manifest.json"
FORMAT = 1


@dataclass(frozen=True)
class Manifest:
    """What a backup holds.

    Attributes:
        made_at: when, ISO 8601.
        schema: revision of the database's schema.
        artefacts: address of the registry's files where it was made.
        files: SHA-256 of each file, by its path in the backup.
        format: of the backup.
    """

    made_at: str
    schema: str
    artefacts: str
    files: dict[str, str]
    format: int = FORMAT


def hash_files(folder: Path) -> dict[str, str]:
    """SHA-256 of every file in a folder, by its path there."""
    paths = sorted(path for path in folder.rglob("*") if path.is_file() and path.name != NAME)
    return {path.relative_to(folder).as_posix(): _hash(path) for path in paths}


def write_manifest(manifest: Manifest, folder: Path) -> None:
    """Write it beside its files."""
    (folder / NAME).write_text(json.dumps(asdict(manifest), indent=1, sort_keys=True) + "\n", encoding="utf-8")


def read_manifest(folder: Path) -> Manifest:
    """Read it, and see that every file is the one that was written.

    Raises:
        BadInput: the folder is no backup, or a file of it is missing or another.
    """
    try:
        said = json.loads((folder / NAME).read_text(encoding="utf-8"))
        manifest = Manifest(**said)
    except (OSError, ValueError, TypeError) as error:
        raise BadInput(
            f"{folder} is no backup of callworth (its {NAME} cannot be read); name another folder."
        ) from error
    if manifest.format != FORMAT:
        raise BadInput(f"{folder} was written by a newer callworth; restore it with that one.")
    for name, expected in manifest.files.items():
        path = folder / PurePosixPath(name)
        if not path.is_file() or _hash(path) != expected:
            state = "is another than was written (its hash differs)" if path.is_file() else "is missing"
            raise BadInput(f"{folder}: the file {name} {state}; take another backup.")
    return manifest


def _hash(path: Path) -> str:
    with path.open("rb") as stream:
        return file_digest(stream, "sha256").hexdigest()
