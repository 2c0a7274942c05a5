from __future__ import annotations

import json
from typing import TYPE_CHECKING

import pytest

from benchmarks import Figure, __main__, start
from data.errors import EnvironmentFault

if TYPE_CHECKING:
    from pathlib import Path


def test_a_quick_run_writes_to_its_own_folder(
    monkeypatch: pytest.MonkeyPatch, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(start, "measure", lambda *_: [Figure("demo", 12.0, "seconds", 90.0)])
    path = __main__.run("start", tmp_path, quick=True)
    results = json.loads(path.read_text(encoding="utf-8"))
    assert tmp_path in path.parents
    assert results["command"] == "python -m benchmarks start --quick"
    assert [figure["met"] for figure in results["figures"]] == [True]
    assert "demo" in capsys.readouterr().out


def test_a_full_run_writes_to_the_results(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    monkeypatch.setattr(start, "measure", lambda *_: [Figure("demo", 120.0, "seconds", 90.0)])
    monkeypatch.setattr(__main__, "RESULTS", tmp_path / "results")
    path = __main__.run("start", tmp_path, quick=False)
    assert path == tmp_path / "results" / "start.json"
    assert json.loads(path.read_text(encoding="utf-8"))["figures"][0]["met"] is False


def test_a_refusal_is_one_sentence_and_an_exit_status(
    monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    def refuse(*_: object) -> None:
        raise EnvironmentFault("port 3000 is in use; stop the program that has it.")

    monkeypatch.setattr(start, "measure", refuse)
    with pytest.raises(SystemExit) as end:
        __main__.main(["start", "--quick"])
    assert end.value.code == 3
    assert capsys.readouterr().err.splitlines()[-1] == (
        "benchmarks: port 3000 is in use; stop the program that has it."
    )


def test_an_unknown_benchmark_is_refused(capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as end:
        __main__.main(["speed"])
    assert end.value.code == 2
    assert "no benchmark speed" in capsys.readouterr().err


def test_what_takes_an_hour_is_measured_only_by_name(monkeypatch: pytest.MonkeyPatch) -> None:
    begun: list[str] = []
    monkeypatch.setattr(__main__, "run", lambda name, *_, **__: begun.append(name))
    __main__.main(["--quick"])
    assert begun == list(__main__.NAMES)
    __main__.main(["quality", "--quick"])
    assert begun[-1] == "quality"


@pytest.mark.parametrize("quick", [True, False])
def test_a_page_is_written_from_the_results_of_a_full_run(
    quick: bool, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> None:
    published: list[Path] = []
    monkeypatch.setattr(start, "measure", lambda *_: [Figure("demo", 1.0, "seconds")])
    monkeypatch.setattr(start, "publish", published.append, raising=False)
    monkeypatch.setattr(start, "PACKAGES", ("numpy", "no-such-package"), raising=False)
    monkeypatch.setattr(__main__, "RESULTS", tmp_path / "results")
    path = __main__.run("start", tmp_path / "quick", quick=quick)
    assert published == ([] if quick else [path])
    assert json.loads(path.read_text(encoding="utf-8"))["versions"]["no-such-package"] == "none"
