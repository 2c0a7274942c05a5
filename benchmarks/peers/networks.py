"""An ensemble of multilayer perceptrons, as bank telemarketing was first predicted with.

Source: Moro, Cortez and Rita, Decision Support Systems 62, 2014, doi 10.1016/j.dss.2014.03.001: networks with one
hidden layer, trained by a quasi-Newton method from different starts, whose outputs are averaged; the number of hidden
nodes is chosen by AUC on rows held back.
"""

from __future__ import annotations

import warnings
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.peers.columns import find_columns, make_design

if TYPE_CHECKING:
    import pandas as pd
    from numpy.typing import NDArray
    from sklearn.neural_network import MLPClassifier

    from benchmarks.peers.peer import Predict, Rows

NETWORKS, ITERATIONS = 7, 100
HIDDEN_NODES = (2, 4, 6, 8, 10, 12)
HELD_BACK = 1 / 3


def fit_networks(rows: Rows, seed: int) -> Predict:
    """Seven networks; the newest third of the rows chooses how many hidden nodes, or a third by chance if unordered."""
    columns = find_columns(rows.frame)
    design = make_design(columns)
    matrix = design.fit_transform(columns.tidy(rows.frame))
    earlier, later = _split(rows, seed)
    hidden = max(HIDDEN_NODES, key=lambda nodes: _try(matrix, rows.won, earlier, later, nodes, seed))
    networks = [_train(matrix, rows.won, hidden, seed + number) for number in range(NETWORKS)]

    def predict(frame: pd.DataFrame) -> NDArray[np.float64]:
        asked = design.transform(columns.tidy(frame))
        return np.mean([network.predict_proba(asked)[:, 1] for network in networks], axis=0)

    return predict


def _split(rows: Rows, seed: int) -> tuple[NDArray[np.intp], NDArray[np.intp]]:
    order = np.arange(len(rows)) if rows.ordered else np.random.default_rng(seed).permutation(len(rows))
    cut = len(rows) - int(len(rows) * HELD_BACK)
    return order[:cut], order[cut:]


def _try(
    matrix: NDArray[np.float64],
    won: NDArray[np.int_],
    earlier: NDArray[np.intp],
    later: NDArray[np.intp],
    nodes: int,
    seed: int,
) -> float:
    from sklearn.metrics import roc_auc_score

    network = _train(matrix[earlier], won[earlier], nodes, seed)
    return float(roc_auc_score(won[later], network.predict_proba(matrix[later])[:, 1]))


def _train(matrix: NDArray[np.float64], won: NDArray[np.int_], nodes: int, seed: int) -> MLPClassifier:
    from sklearn.exceptions import ConvergenceWarning
    from sklearn.neural_network import MLPClassifier

    network = MLPClassifier((nodes,), activation="logistic", solver="lbfgs", max_iter=ITERATIONS, random_state=seed)
    with warnings.catch_warnings():
        warnings.simplefilter("ignore", ConvergenceWarning)  # a hundred iterations are what the method does
        network.fit(matrix, won)
    return network
