"""Quality is measured on the product's own folds, once, with whichever peers are there."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pytest

from benchmarks import FULL, __main__, quality, quality_jobs, quality_runs
from benchmarks.peers import PEERS
from benchmarks.quality_jobs import Job, list_jobs
from benchmarks.quality_judged import lay_out_judged
from benchmarks.quality_sets import load_set
from benchmarks.quality_sizes import QUICK_QUALITY, SETS

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

    from benchmarks import Sizes
    from benchmarks.quality_sizes import QualitySizes

FEW = ("naive_bayes", "recent_rate")


@pytest.fixture
def small(shared_data: Callable[[str], Path]) -> QualitySizes:
    for name in ("b2b_sales.csv", "bank-additional-full.csv"):
        shared_data(name)
    return replace(QUICK_QUALITY, sets=("b2b-sales",), draws=20, seeds=0)


@pytest.mark.usefixtures("_few_trees")
def test_a_set_is_measured_and_a_second_run_takes_what_is_there(
    small: QualitySizes, sizes: Sizes, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(quality_jobs, "PEERS", tuple(peer for peer in PEERS if peer.name in FEW))
    told: list[str] = []
    figures = quality.measure(replace(sizes, quality=small), tmp_path, told.append)
    assert [words.split(",")[0] for words in told] == [
        "1/3 b2b-sales: callworth",
        "2/3 b2b-sales: naive_bayes",
        "3/3 b2b-sales: recent_rate",
    ]
    values = {figure.name: figure.value for figure in figures}
    assert values["b2b-sales: callworth: auc"] > 0.6
    assert values["b2b-sales: recent_rate: auc"] < 0.6
    assert "b2b-sales: log_loss: lead of a peer beyond chance" in values
    monkeypatch.setattr(quality_runs, "backtest_rows", None)
    again = quality.measure(replace(sizes, quality=small), tmp_path, told.append)
    assert [figure.to_row() for figure in again] == [figure.to_row() for figure in figures]


def test_duplicates_go_and_each_row_is_judged_once_a_repetition(small: QualitySizes, tmp_path: Path) -> None:
    flat = load_set("b2b-sales", replace(small, repetitions=2), tmp_path)
    judged = lay_out_judged(flat)
    assert len(flat.won) == 365
    assert [len(rows) for rows in judged.by_repetition] == [365, 365]
    assert len(judged.by_step) == 10
    assert judged.kin is not None
    for fold in flat.folds:
        assert not set(flat.kin[fold.train]) & set(flat.kin[fold.test])
    assert any(set(one.test) != set(other.test) for one, other in zip(flat.folds[:5], flat.folds[5:], strict=True))


def test_a_delayed_outcome_is_learned_later(small: QualitySizes, tmp_path: Path) -> None:
    folds = load_set("bank-additional-delayed", small, tmp_path).folds
    assert [fold.test[0] for fold in folds] == [1_236, 1_636, 2_036]
    assert all(fold.train[-1] == fold.test[0] - 100 - 1 for fold in folds)
    assert all(len(fold.train) == 1_000 for fold in folds)


def test_slow_methods_begin_first_and_operations_last() -> None:
    jobs = list_jobs(FULL.quality)
    ours = [job for job in jobs if job.by == "callworth"]
    assert [job.of for job in ours] == list(SETS)
    assert jobs.index(ours[-1]) < jobs.index(Job("b2b-sales", "logistic"))
    assert [str(job) for job in jobs[-2:]] == ["sudden_fall: operation 19", "sudden_fall: operation 20"]
    assert sum(isinstance(job.by, int) for job in jobs) == 60


def test_in_full_no_peer_may_be_missing(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch, capsys: pytest.CaptureFixture[str]
) -> None:
    monkeypatch.setattr(quality, "find_missing", lambda: ("catboost", "flaml"))
    monkeypatch.setattr(__main__, "RESULTS", tmp_path)
    with pytest.raises(SystemExit) as end:
        __main__.main(["quality"])
    assert end.value.code == 3
    assert capsys.readouterr().err.splitlines()[-1] == (
        "benchmarks: the peers catboost, flaml are not installed here; make peers gets them into .venv-peers, and "
        ".venv-peers/bin/python -m benchmarks quality measures with them."
    )
    assert not list(tmp_path.iterdir())
