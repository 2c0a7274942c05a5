"""Scoring: probabilities of many rows and of one beside the trees alone, and leads with their features."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.history import END, load_tables
from benchmarks.record import Figure
from benchmarks.timing import time_once, time_pair
from benchmarks.training import list_boosters
from training import ask_open_leads, ask_questions, fit_artefact, score_questions

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from benchmarks.record import Progress
    from benchmarks.sizes import Sizes
    from training import Artefact

MICRO = 1_000_000
ROWS_PER_SINGLE = 5  # a row takes microseconds; more of them make a steadier median


def measure(sizes: Sizes, folder: Path, tell: Progress) -> list[Figure]:
    """Measure batch scoring, scoring with features, and one row."""
    tables = load_tables(folder, sizes.leads, sizes.months, tell)
    artefact = fit_artefact(tables, END, progress=tell)
    asked = ask_questions(tables, END)
    tell(f"scoring {len(asked):,} rows beside the boosters alone")
    matrix = score_questions(tables, asked, artefact).matrix
    figures = [*measure_batch(artefact, matrix, sizes.repetitions), *measure_row(artefact, matrix, sizes.singles)]
    questions = ask_open_leads(tables, END)
    tell(f"scoring {len(questions):,} open leads, features included")
    times = [time_once(lambda: score_questions(tables, questions, artefact)) for _ in range(sizes.repetitions)]
    speed = len(questions) / float(np.median(times))
    return [
        *figures,
        Figure("open_leads", len(questions), "leads", sense=">="),
        Figure("score_open_leads_with_features", speed, "leads per second", sense=">="),
    ]


def measure_batch(artefact: Artefact, matrix: NDArray[np.float64], repetitions: int) -> list[Figure]:
    """Measure an encoded matrix in, probabilities out, beside the predict calls that it needs."""
    pair = time_pair(lambda: artefact.predict(matrix), lambda: predict_plainly(artefact, matrix), repetitions)
    return [
        Figure("batch_rows", len(matrix), "rows", sense=">="),
        Figure("batch", len(matrix) / pair.seconds, "leads per second", sense=">="),
        Figure("batch_plain_predict", len(matrix) / pair.beside, "leads per second", sense=">="),
        Figure("batch_speed_ratio", 1 / pair.ratio, "of the speed of plain Booster.predict", sense=">="),
    ]


def measure_row(artefact: Artefact, matrix: NDArray[np.float64], singles: int) -> list[Figure]:
    """Measure one row at a time, beside the predict calls on one thread."""
    count = min(len(matrix), singles * ROWS_PER_SINGLE)
    ours, plain = (iter(np.split(matrix[:count], count)) for _ in range(2))
    artefact.predict(matrix[:1])
    pair = time_pair(
        lambda: artefact.predict(next(ours)), lambda: predict_plainly(artefact, next(plain), threads=1), count
    )
    return [
        Figure("one_row", pair.seconds * MICRO, "microseconds"),
        Figure("one_row_plain_predict", pair.beside * MICRO, "microseconds"),
    ]


def predict_plainly(artefact: Artefact, matrix: NDArray[np.float64], *, threads: int = 0) -> None:
    """Let each booster predict, and do nothing with it."""
    for booster in list_boosters(artefact.model).values():
        booster.predict(matrix, raw_score=True, num_threads=threads)
