"""Two imports of overlapping files at the same time leave what they leave one after the other."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.data.faults.stored import dump, empty

if TYPE_CHECKING:
    from pathlib import Path

    from data.store import Store
    from tests.data.faults.commands import Commands


@pytest.fixture
def halves(history: Path, tmp_path: Path) -> tuple[Path, Path]:
    """Two folders, each with two thirds of the calls and all that they refer to."""
    header, *calls = (history / "calls.csv").read_text(encoding="utf-8").splitlines(keepends=True)
    third = len(calls) // 3
    folders = tmp_path / "first", tmp_path / "second"
    for folder, chosen in zip(folders, (calls[: 2 * third], calls[third:]), strict=True):
        folder.mkdir()
        for path in history.iterdir():
            (folder / path.name).write_bytes(path.read_bytes())
        (folder / "calls.csv").write_text(header + "".join(chosen), encoding="utf-8")
    return folders


@pytest.mark.parametrize("times", [1, pytest.param(30, marks=pytest.mark.soak)])
def test_overlapping_files(
    store: Store, commands: Commands, environment: dict[str, str], halves: tuple[Path, Path], times: int
) -> None:
    after_each_other = []
    for order in (halves, halves[::-1]):
        for folder in order:
            assert commands.start_import(folder, environment).wait().status == 0
        after_each_other.append(dump(store.url))
        empty(store.url)
    for _ in range(times):
        running = [commands.start_import(folder, environment) for folder in halves]
        assert [command.wait().status for command in running] == [0, 0]
        assert dump(store.url) in after_each_other
        empty(store.url)
