"""Training: the close model's own fit beside plain LightGBM with the same trees on the same matrix."""

from __future__ import annotations

from typing import TYPE_CHECKING

import lightgbm as lgb

from benchmarks.history import END, load_tables
from benchmarks.record import Figure
from benchmarks.timing import time_pair
from features import compute_features, encode_matrix, find_attributes, fit_schema
from training import ask_questions
from training.model.blend import Blend
from training.model.boosting import REGULARISED
from training.model.choosing import STAGE
from training.model.dated import fit_dated_model
from training.model.score import Trees

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence
    from pathlib import Path

    import numpy as np
    import pandas as pd
    from numpy.typing import NDArray

    from benchmarks.record import Progress
    from benchmarks.sizes import Sizes
    from training.model.close_model import CloseModel

SEED = 5
OWN_PARAMETERS = ("objective", "num_leaves", "learning_rate", "lambda_l2", "min_sum_hessian_in_leaf")
"""Those that the close model chooses for its booster."""


def measure(sizes: Sizes, folder: Path, tell: Progress) -> list[Figure]:
    """Measure the fit, base rates and drift included."""
    tables = load_tables(folder, sizes.leads, sizes.months, tell)
    questions = ask_questions(tables, END)
    tell(f"encoding {len(questions):,} questions")
    attributes = find_attributes(tables)
    features = compute_features(tables, questions, attributes)
    schema = fit_schema(features, attributes, questions["lead_id"])
    matrix = encode_matrix(features, schema)
    categorical = [schema.names.index(name) for name in schema.categories]
    stage = schema.names.index(STAGE)

    def fit() -> CloseModel:
        strata = len(schema.columns[stage].values) + 1
        return fit_dated_model(
            matrix, questions, categorical=categorical, stratum_column=stage, strata=strata, seed=SEED
        )

    tell(f"training on {matrix.shape[0]:,} × {matrix.shape[1]}, {sizes.trainings} times beside plain LightGBM")
    boosters = list_boosters(fit())
    pair = time_pair(fit, lambda: train_plainly(matrix, questions, categorical, boosters), sizes.trainings)
    return [
        Figure("rows", matrix.shape[0], "questions", sense=">="),
        Figure("columns", matrix.shape[1], "features", sense=">="),
        Figure("trees", sum(booster.num_trees() for booster in boosters.values()), "trees"),
        Figure("fit", pair.seconds, "seconds"),
        Figure("fit_plain_lightgbm", pair.beside, "seconds"),
        Figure("fit_ratio", pair.ratio, "times plain lightgbm.train"),
    ]


def list_boosters(model: CloseModel) -> dict[str, lgb.Booster]:
    """The boosters of a model, by the outcome that each is about."""
    trees = model.winning.parts[0] if isinstance(model.winning, Blend) else model.winning
    return {"won": trees.booster} if isinstance(trees, Trees) else {}


def train_plainly(
    matrix: NDArray[np.float64],
    questions: pd.DataFrame,
    categorical: Sequence[int],
    boosters: Mapping[str, lgb.Booster],
) -> dict[str, lgb.Booster]:
    """Train boosters of the same parameters and as many trees on all rows, with nothing around them.

    Args:
        matrix: encoded features (n, k).
        questions: ``outcome`` and ``weight`` of each row.
        categorical: columns of the matrix that hold category codes.
        boosters: those to match, by outcome.
    """
    weight = (questions["weight"] / questions["weight"].mean()).to_numpy(float)
    plain = {}
    for outcome, booster in boosters.items():
        target = (questions["outcome"] == outcome).to_numpy(float)
        rows = lgb.Dataset(matrix, target, weight=weight, categorical_feature=list(categorical))
        own = {name: booster.params[name] for name in OWN_PARAMETERS}
        plain[outcome] = lgb.train(REGULARISED | own | {"seed": SEED}, rows, booster.num_trees())
    return plain
