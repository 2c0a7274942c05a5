"""The flat files that quality is measured on, with the rows that each fold learns from and is judged on.

The folds are those of the product's own backtest, made by its own functions, so that peers learn from the same rows.
"""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from benchmarks.quality_parts import digest_frame
from data import load_mapping, read_flat
from data.errors import EnvironmentFault
from features import compute_features, find_attributes
from training import Plan, read_outcomes
from training.backtest.folds import fold_rows, group_kin
from training.backtest.steps import walk_rows, walk_time
from training.fitting import SEED

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from benchmarks.quality_sizes import QualitySizes
    from data import Tables
    from training.backtest.steps import Step

DATA = Path(__file__).parents[2] / "shared" / "data"
FILES = {
    "bank-additional": ("bank-additional-full.csv", "uci-bank-additional"),
    "bank-additional-delayed": ("bank-additional-full.csv", "uci-bank-additional"),
    "bank-full": ("bank-full.csv", "uci-bank"),
    "b2b-sales": ("b2b_sales.csv", "b2b-sales"),
}
UNIQUE = ("b2b-sales",)
LATEST = datetime(2262, 1, 1, tzinfo=UTC)


class Fold(NamedTuple):
    """One fold: positions of rows, and which repetition of the cross-validation it belongs to."""

    train: NDArray[np.intp]
    test: NDArray[np.intp]
    repetition: int


@dataclass(frozen=True)
class FlatSet:
    """A flat file as the product reads it.

    Attributes:
        name: of the set.
        tables: contract tables.
        lead_ids: the leads in the order of the file.
        order: what orders the rows: ``time``, ``rows`` or ``none``.
        plan: how the backtest moves on.
        questions: ``lead_id``, ``as_of`` and ``seen_at`` of each row that is asked about.
        frame: the features of each question, before they are encoded.
        won: 0 or 1 (n,).
        kin: a number per group of rows of one company or of equal features, where the rows have no order (n,).
        folds: in order.
    """

    name: str
    tables: Tables
    lead_ids: pd.Series
    order: str
    plan: Plan
    questions: pd.DataFrame
    frame: pd.DataFrame
    won: NDArray[np.int_]
    kin: NDArray[np.int_]
    folds: tuple[Fold, ...]

    @cached_property
    def digest(self) -> str:
        """Of what can be learned from: the features and the outcomes."""
        return digest_frame(self.frame.assign(won=self.won))


def load_set(name: str, sizes: QualitySizes, folder: Path) -> FlatSet:
    """Read a set, ask about each of its rows and lay out the folds.

    Args:
        name: of :data:`benchmarks.quality_sizes.SETS`.
        sizes: of the run.
        folder: for a file that is read in part.

    Raises:
        EnvironmentFault: the file is not there.
    """
    file, mapping = FILES[name]
    if not (DATA / file).exists():
        raise EnvironmentFault(f"../shared/data/{file} is not here; put the file there to measure on it.")
    flat = read_flat(_choose_rows(DATA / file, name, sizes, folder), load_mapping(mapping))
    questions = _ask(flat.tables, flat.rows["lead_id"], by_time=flat.order == "time")
    frame = compute_features(flat.tables, questions, find_attributes(flat.tables))
    won = np.asarray(questions["outcome"] == "won", dtype=np.int_)
    plan = _plan(name, sizes)
    kin = group_kin(questions["lead_id"], frame) if flat.order == "none" else np.arange(len(won))
    folds = tuple(_lay_out(flat.order, plan, questions, won, kin, sizes.repetitions))
    return FlatSet(name, flat.tables, flat.rows["lead_id"], flat.order, plan, questions, frame, won, kin, folds)


def _choose_rows(path: Path, name: str, sizes: QualitySizes, folder: Path) -> Path:
    apart = 1 if name in UNIQUE else sizes.apart
    if apart == 1 and name not in UNIQUE:
        return path
    header, *lines = path.read_text(encoding="utf-8").splitlines()
    chosen = folder / f"{name}-{apart}.csv"
    folder.mkdir(parents=True, exist_ok=True)
    kept = list(dict.fromkeys(lines)) if name in UNIQUE else lines[::apart]
    chosen.write_text("\n".join([header, *kept]) + "\n", encoding="utf-8")
    return chosen


def _plan(name: str, sizes: QualitySizes) -> Plan:
    if name == "bank-full":
        return Plan(start=sizes.months_from)
    if name == "b2b-sales":
        return Plan()
    delay = sizes.delay if name.endswith("delayed") else 0
    return Plan(window=sizes.window, step=sizes.step, start=sizes.start, label_delay=delay)


def _ask(tables: Tables, lead_ids: pd.Series, *, by_time: bool) -> pd.DataFrame:
    outcomes = read_outcomes(tables, LATEST).set_index("lead_id").loc[lead_ids].reset_index()
    known = outcomes[outcomes["outcome"] != "open"]
    asked = known.assign(as_of=known["created_at"] + pd.Timedelta(microseconds=1))
    if by_time:
        asked = asked.sort_values("as_of", kind="stable")
    return asked[["lead_id", "as_of", "outcome", "seen_at"]].reset_index(drop=True)


def _lay_out(
    order: str, plan: Plan, questions: pd.DataFrame, won: NDArray[np.int_], kin: NDArray[np.int_], repetitions: int
) -> Iterator[Fold]:
    for repetition in range(repetitions if order == "none" else 1):
        for step in _walk(order, plan, questions, won, kin, SEED + repetition):
            yield Fold(step.train, step.test, repetition)


def _walk(
    order: str, plan: Plan, questions: pd.DataFrame, won: NDArray[np.int_], kin: NDArray[np.int_], seed: int
) -> Iterator[Step]:
    if order == "none":
        return fold_rows(kin, won, seed)
    if order == "rows":
        return walk_rows(len(won), plan)
    return walk_time(questions["as_of"], questions["seen_at"], plan)
