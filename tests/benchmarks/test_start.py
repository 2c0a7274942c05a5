from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from benchmarks import start
from benchmarks.installation import Start
from data.errors import EnvironmentFault

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks import Sizes


def test_a_demo_that_refuses_is_said(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="exit status 2"):
        start.run_demo(tmp_path, ("--as-of", "someday"))


def test_make_run_is_told_in_its_two_parts(monkeypatch: pytest.MonkeyPatch, tmp_path: Path, sizes: Sizes) -> None:
    asked = []
    monkeypatch.setattr(start, "run_demo", lambda _, options: asked.append(options))
    monkeypatch.setattr(start, "copy_checkout", lambda *_: None)
    monkeypatch.setattr(start, "time_make_run", lambda *_, **__: Start(environment=12.0, ready=75.0))
    figures = start.measure(replace(sizes, demo=("--leads", "3000"), installs=True), tmp_path, lambda _: None)
    assert asked == [("--leads", "3000")]
    assert (figures[0].name, figures[0].goal, figures[0].met) == ("demo", 90.0, True)
    assert {figure.name: (figure.value, figure.goal) for figure in figures[1:]} == {
        "make_run_until_environment": (12.0, None),
        "make_run_from_environment_until_ready": (63.0, None),
        "make_run_until_ready": (75.0, None),
    }
