"""Logistic regression."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.peers.columns import find_columns, make_design

if TYPE_CHECKING:
    from benchmarks.peers.peer import Predict, Rows

MOST_ITERATIONS = 1_000


def fit_logistic(rows: Rows, seed: int) -> Predict:
    """Scikit-learn's logistic regression with its own strength of regularisation."""
    from sklearn.linear_model import LogisticRegression

    columns = find_columns(rows.frame)
    design = make_design(columns).set_output(transform="default")
    matrix = design.fit_transform(columns.tidy(rows.frame))
    model = LogisticRegression(max_iter=MOST_ITERATIONS, random_state=seed)
    model.fit(matrix, rows.won, sample_weight=rows.weight)
    return lambda frame: model.predict_proba(design.transform(columns.tidy(frame)))[:, 1]
