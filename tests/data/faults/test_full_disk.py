"""An import on a disk that is full ends with one sentence and leaves nothing; with space made, it goes through."""

from __future__ import annotations

import os
import shutil
import subprocess
from typing import TYPE_CHECKING

import pytest

from tests.data.faults.commands import require_one_sentence
from tests.data.faults.stored import NOTHING, count_rows, dump
from tests.data.faults.test_killed import run_embedded

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from tests.data.faults.commands import Commands
    from tests.data.faults.stored import Undisturbed

MIB = 1 << 20
DISK_MIB = 96


@pytest.fixture
def small_disk(tmp_path: Path) -> Iterator[Path]:
    """A file system of a few tens of MiB."""
    place = tmp_path / "disk"
    place.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", f"size={DISK_MIB}m,mode=755", "tmpfs", str(place)]
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("a small disk can be mounted by root alone")
    if (done := subprocess.run(mount, capture_output=True, text=True, check=False)).returncode:
        pytest.skip(f"a small disk cannot be mounted here ({done.stderr.strip()})")
    yield place
    subprocess.run(["umount", str(place)], check=True)


@pytest.mark.parametrize("left_kib", [256, *(pytest.param(kib, marks=pytest.mark.soak) for kib in (0, 64, 512, 1024))])
def test_a_full_disk(
    commands: Commands, history: Path, undisturbed: Undisturbed, small_disk: Path, left_kib: int
) -> None:
    environment = {"CALLWORTH_HOME": str(small_disk), "CALLWORTH_DATABASE_URL": ""}
    ballast = small_disk / "ballast"
    with run_embedded(small_disk) as url:
        fill(ballast, left_kib)
        ended = commands.start_import(history, environment).wait()
        require_one_sentence(ended)
        ballast.unlink()
        assert count_rows(url) == NOTHING
        assert commands.start_import(history, environment).wait().status == 0
        assert dump(url) == undisturbed.dump


def fill(ballast: Path, left_kib: int) -> None:
    """Fill a disk with one file, but for a rest."""
    free = shutil.disk_usage(ballast.parent).free - left_kib * 1024
    assert free > 0
    with ballast.open("wb") as file:
        for _ in range(free // MIB):
            file.write(bytes(MIB))
        file.write(bytes(free % MIB))
