"""The leak guard on real files: ``duration``, known after the call, is found in those of the bank, and nothing else."""

from __future__ import annotations

from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.record import Figure
from data import change_columns, load_mapping, read_flat
from features import compute_features
from training.leaks.guard import find_leaks

if TYPE_CHECKING:
    from collections.abc import Iterable

    from numpy.typing import NDArray

    from benchmarks.record import Progress

FOLDER = Path(__file__).parents[2] / "shared" / "data"
LEAK = "duration"
SALES = "b2b_sales.csv"


@dataclass(frozen=True)
class Bank:
    """A bank file and the windows in which it is learned from.

    Attributes:
        file: its name.
        mapping: how it is read.
        window: rows that are learned from; None for all before.
        start: first row that is judged.
        step: rows from one training to the next.
    """

    file: str
    mapping: str
    window: int | None
    start: int
    step: int


BANKS = (
    Bank("bank-additional-full.csv", "uci-bank-additional", 20_000, 24_713, 500),
    Bank("bank-full.csv", "uci-bank", None, 27_126, 1_000),
)


def measure_real_files(tell: Progress) -> list[Figure]:
    """Figures for each file that lies in ``../shared/data``; none where it does not."""
    figures = []
    for bank in BANKS:
        if _is_here(bank.file, tell):
            tell(f"{bank.file} in rolling windows, with {LEAK}")
            figures += measure_windows(bank, *read_rows(bank.file, bank.mapping, keep=[LEAK]))
    if _is_here(SALES, tell):
        features, won = read_rows(SALES, "b2b-sales")
        alarms = len(find_leaks(features, won, in_order=False))
        figures.append(Figure("false_alarms_in_b2b_sales", alarms, "honest columns refused", 0))
    return figures


def read_rows(file: str, mapping: str, keep: Iterable[str] = ()) -> tuple[pd.DataFrame, NDArray[np.int_]]:
    """Features and outcomes of a file's rows in order, with columns kept that the mapping drops."""
    flat = read_flat(FOLDER / file, change_columns(load_mapping(mapping), keep=keep))
    questions = pd.DataFrame({"lead_id": flat.rows["lead_id"]})
    questions["as_of"] = flat.rows["occurred_at"] + pd.Timedelta(microseconds=1)
    won = questions["lead_id"].isin(flat.tables["deals"]["lead_id"].to_pandas())
    return compute_features(flat.tables, questions), won.to_numpy().astype(np.int_)


def measure_windows(bank: Bank, features: pd.DataFrame, won: NDArray[np.int_]) -> list[Figure]:
    """What is named in each window: the leak in the first and in how many, and honest columns in any."""
    named = []
    for origin in range(bank.start, len(won), bank.step):
        rows = slice(0 if bank.window is None else origin - bank.window, origin)
        named.append({leak.column for leak in find_leaks(features[rows], won[rows])})
    name = bank.mapping.replace("-", "_")
    honest = sum(len(columns - {LEAK}) for columns in named)
    windows = sum(LEAK in columns for columns in named) / len(named)
    return [
        Figure(f"{LEAK}_found_in_first_window_of_{name}", float(LEAK in named[0]), "1 is found", 1, ">="),
        Figure(f"{LEAK}_found_in_windows_of_{name}", windows, "share of windows", sense=">="),
        Figure(f"false_alarms_in_windows_of_{name}", honest, "honest columns refused", 0),
    ]


def _is_here(file: str, tell: Progress) -> bool:
    here = (FOLDER / file).exists()
    if not here:
        tell(f"../shared/data/{file} is not here, so it is left out")
    return here
