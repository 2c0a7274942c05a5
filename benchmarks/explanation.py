"""Explanation: reasons in words of many leads, and of one, beside LightGBM's bare TreeSHAP values."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.history import END, load_tables
from benchmarks.record import Figure
from benchmarks.timing import time_pair
from benchmarks.training import list_boosters
from training import ask_questions, explain_scores, fit_artefact, score_questions

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from benchmarks.record import Progress
    from benchmarks.sizes import Sizes
    from training import Artefact

ROWS = 10_000
MICRO = 1_000_000
MOST_BESIDE = 1.2


def measure(sizes: Sizes, folder: Path, tell: Progress) -> list[Figure]:
    """Measure three reasons for each of the newest questions."""
    tables = load_tables(folder, sizes.leads, sizes.months, tell)
    artefact = fit_artefact(tables, END, progress=tell)
    asked = ask_questions(tables, END).tail(ROWS).reset_index(drop=True)
    matrix = score_questions(tables, asked, artefact).matrix
    tell(f"explaining {len(matrix):,} rows beside the bare values")
    return measure_reasons(artefact, matrix, sizes.repetitions, sizes.singles)


def measure_reasons(artefact: Artefact, matrix: NDArray[np.float64], repetitions: int, singles: int) -> list[Figure]:
    """Measure an encoded matrix in, reasons in Danish out, beside ``pred_contrib`` of the same rows and trees."""
    booster = list_boosters(artefact.model)["won"]

    def contribute(rows: NDArray[np.float64], threads: int) -> None:
        booster.predict(rows, pred_contrib=True, num_threads=threads)

    many = time_pair(
        lambda: explain_scores(artefact, matrix, language="da"), lambda: contribute(matrix, 0), repetitions
    )
    ours, plain = (iter(np.split(matrix[:singles], len(matrix[:singles]))) for _ in range(2))
    one = time_pair(
        lambda: explain_scores(artefact, next(ours), language="da"),
        lambda: contribute(next(plain), 1),
        len(matrix[:singles]),
    )
    return [
        Figure("explained_rows", len(matrix), "rows", sense=">="),
        Figure("explanation", len(matrix) / many.seconds, "leads per second", sense=">="),
        Figure("explanation_time_ratio", many.ratio, "times pred_contrib", goal=MOST_BESIDE),
        Figure("one_explanation", one.seconds * MICRO, "microseconds"),
        Figure("one_pred_contrib", one.beside * MICRO, "microseconds"),
    ]
