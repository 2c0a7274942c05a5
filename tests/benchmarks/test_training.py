from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pytest

from benchmarks.history import END
from benchmarks.training import list_boosters, measure, train_plainly
from training import ask_questions, fit_artefact, score_questions

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks import Sizes
    from data.frames import Tables


@pytest.mark.usefixtures("_few_trees")
def test_fit_is_measured_beside_plain_lightgbm(workshop: Path, sizes: Sizes) -> None:
    figures = {figure.name: figure.value for figure in measure(sizes, workshop, lambda _: None)}
    assert list(figures) == ["rows", "columns", "trees", "fit", "fit_plain_lightgbm", "fit_ratio"]
    assert figures["rows"] > sizes.leads
    assert 8 <= figures["trees"] <= 16  # two boosters of 4 to 8
    assert figures["fit_ratio"] == figures["fit"] / figures["fit_plain_lightgbm"]  # of one repetition


@pytest.mark.usefixtures("_few_trees")
@pytest.mark.parametrize("many_rows", [1_000, 1_000_000])
def test_plain_training_matches_the_model(monkeypatch: pytest.MonkeyPatch, operation: Tables, many_rows: int) -> None:
    monkeypatch.setattr("training.model.boosting.MANY_ROWS", many_rows)  # a large booster, and a small one
    artefact = fit_artefact(operation, END)
    questions = ask_questions(operation, END)
    matrix = score_questions(operation, questions, artefact).matrix
    boosters = list_boosters(artefact.model)
    plain = train_plainly(matrix, questions, [], boosters)
    assert list(plain) == ["won", "lost"]
    for outcome, booster in plain.items():
        assert booster.num_trees() == boosters[outcome].num_trees()
        for name in ("objective", "num_leaves", "learning_rate", "lambda_l2"):
            assert booster.params[name] == boosters[outcome].params[name]
    share = np.average(questions["outcome"] == "lost", weights=questions["weight"])
    assert np.average(plain["lost"].predict(matrix), weights=questions["weight"]) == pytest.approx(share, rel=0.05)
