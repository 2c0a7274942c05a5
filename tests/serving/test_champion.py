from __future__ import annotations

import asyncio
import contextlib
from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pytest

from data.errors import ArtefactRejected
from data.settings import Settings
from serving.champion import Champion
from training import promote_version, register_artefact

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path


@pytest.fixture(scope="module")
def home(world: Any, tmp_path_factory: pytest.TempPathFactory) -> tuple[Settings, str, str]:
    """A registry with two versions of the artefact, neither promoted."""
    settings = Settings(tmp_path_factory.mktemp("home"))
    first = register_artefact(settings, replace(world.artefact, version=""))
    second = register_artefact(settings, replace(world.artefact, version=""))
    return settings, first.version, second.version


def test_the_life_of_a_champion(home: tuple[Settings, str, str]) -> None:
    settings, first, second = home
    champion = Champion(settings)
    assert not champion.refresh()
    assert not champion.loaded
    with pytest.raises(ArtefactRejected, match="no model is loaded yet"):
        _ = champion.artefact

    promote_version(settings, first)
    assert champion.refresh()
    assert champion.artefact.version == first
    assert not champion.refresh()

    promote_version(settings, second)
    broken = sorted(settings.artefacts.rglob("winning*.txt"), key=lambda path: path.stat().st_mtime)[-1]
    whole = broken.read_bytes()
    broken.write_bytes(whole + b"\n")
    assert not champion.refresh()
    assert champion.artefact.version == first

    broken.write_bytes(whole)
    assert champion.refresh()
    assert champion.artefact.version == second


def test_a_registry_that_does_not_open_keeps_the_champion(home: tuple[Settings, str, str], tmp_path: Path) -> None:
    settings, first, _ = home
    promote_version(settings, first)
    champion = Champion(settings)
    assert champion.refresh()
    (tmp_path / "file").write_text("no folder", encoding="utf-8")
    champion._settings = Settings(tmp_path / "file" / "home")
    assert not champion.refresh()
    assert champion.artefact.version == first


def test_watching_looks_again_and_again(home: tuple[Settings, str, str]) -> None:
    settings, first, second = home
    promote_version(settings, first)
    champion, seen = Champion(settings), []

    async def run(look: Callable[[], bool]) -> bool:
        changed = look()
        seen.append(champion.artefact.version)
        promote_version(settings, second)
        return changed

    async def watch() -> None:
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(champion.watch(run, seconds=0.01), 2)

    asyncio.run(watch())
    assert seen[:2] == [first, second]
