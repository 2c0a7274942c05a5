from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.errors import ArtefactRejected
from training.artefact import MANIFEST, read_artefact, write_artefact

if TYPE_CHECKING:
    from pathlib import Path

    from training.artefact import Artefact


@pytest.fixture(scope="module")
def written(artefact: Artefact, tmp_path_factory: pytest.TempPathFactory) -> tuple[Path, str]:
    folder = tmp_path_factory.mktemp("artefact")
    return folder, write_artefact(artefact, folder)


@pytest.mark.parametrize("name", ["winning.txt", "losing.txt", "schema.json", "reference.parquet", MANIFEST])
def test_each_file_is_held_against_its_hash(written: tuple[Path, str], name: str) -> None:
    folder, digest = written
    content = (folder / name).read_bytes()
    (folder / name).write_bytes(content + b" ")
    try:
        with pytest.raises(ArtefactRejected, match="hash differs"):
            read_artefact(folder, digest, "1")
    finally:
        (folder / name).write_bytes(content)


def test_a_missing_file_is_named(written: tuple[Path, str]) -> None:
    folder, digest = written
    (folder / "timing.json").rename(folder / "aside")
    try:
        with pytest.raises(ArtefactRejected, match=r"timing\.json cannot be read"):
            read_artefact(folder, digest, "1")
    finally:
        (folder / "aside").rename(folder / "timing.json")


def test_what_was_written_is_read(written: tuple[Path, str]) -> None:
    found = read_artefact(*written, "7")
    assert found.version == "7"
    assert found.facts["as_of"] == "2026-03-01T00:00:00+00:00"
    assert len(found.reference) == 5_000
    assert {"probability", "question", "calls", "industry"} <= set(found.reference.columns)
