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
    assert figures["trees"] == 8
    assert figures["fit_ratio"] == figures["fit"] / figures["fit_plain_lightgbm"]  # of one repetition


@pytest.mark.usefixtures("_few_trees")
def test_plain_training_matches_the_model(operation: Tables) -> None:
    artefact = fit_artefact(operation, END)
    questions = ask_questions(operation, END)
    matrix = score_questions(operation, questions, artefact).matrix
    boosters = list_boosters(artefact.model)
    plain = train_plainly(matrix, questions, [], boosters)
    assert list(plain) == ["won"]
    assert plain["won"].num_trees() == boosters["won"].num_trees()
    for name in ("objective", "num_leaves", "learning_rate", "lambda_l2", "min_sum_hessian_in_leaf"):
        assert plain["won"].params[name] == boosters["won"].params[name]
    share = np.average(questions["outcome"] == "won", weights=questions["weight"])
    assert np.average(plain["won"].predict(matrix), weights=questions["weight"]) == pytest.approx(share, rel=0.05)
