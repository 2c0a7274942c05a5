"""FLAML's automated search over models, with a fixed budget of time."""

from __future__ import annotations

import logging
from contextlib import chdir
from tempfile import TemporaryDirectory
from typing import TYPE_CHECKING

from benchmarks.peers.columns import find_columns

if TYPE_CHECKING:
    from benchmarks.peers.peer import Predict, Rows

BUDGET_SECONDS = 60.0
SMALL_ROWS, SMALL_BUDGET_SECONDS = 1_000, 20.0


def fit_automl(rows: Rows, seed: int, seconds: float | None = None) -> Predict:
    """The best model by log-loss that a search of a minute finds; of 20 seconds where there are under 1,000 rows.

    Rows in order of time are validated on later ones. A search that ends by the clock finds another model each time.
    """
    from flaml import AutoML

    usual = BUDGET_SECONDS if len(rows) >= SMALL_ROWS else SMALL_BUDGET_SECONDS
    columns = find_columns(rows.frame)
    search = AutoML()
    logging.getLogger("flaml").setLevel(logging.ERROR)
    learned = columns.tidy(rows.frame)
    with TemporaryDirectory() as place, chdir(place):  # what it tries leaves folders where it runs
        search.fit(
            X_train=learned,
            y_train=rows.won,
            task="classification",
            metric="log_loss",
            time_budget=usual if seconds is None else seconds,
            split_type="time" if rows.ordered else "stratified",
            n_jobs=1,
            seed=seed,
            verbose=0,
        )
    return lambda frame: search.predict_proba(columns.tidy(frame))[:, 1]
