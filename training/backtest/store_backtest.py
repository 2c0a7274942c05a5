"""Backtest of the store: at ends of months train, score the open leads, wait, and look."""

from __future__ import annotations

from collections.abc import Callable, Collection
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.errors import TooLittleData
from training.backtest.evaluation import measure_quality
from training.fitting import SEED, fit_artefact
from training.leaks.leak import read_leaks
from training.model.sufficiency import LEAST_OUTCOMES
from training.questions import ask_open_leads, read_outcomes
from training.scoring import score_questions

if TYPE_CHECKING:
    from datetime import datetime

    from data.frames import Tables
    from training.leaks.leak import Leak

Progress = Callable[[int, int], None]
"""Called with the steps done and the steps in all."""

HORIZONS = (365, 180, 90)
STEPS, LEAST_STEPS = 6, 2
PREDICTION_COLUMNS = ("step", "lead_id", "as_of", "probability", "won")


@dataclass(frozen=True)
class Backtest:
    """The result of a backtest.

    Attributes:
        predictions: the columns of :data:`PREDICTION_COLUMNS`, one row per prediction; steps count from 0.
        measures: of :func:`training.backtest.evaluation.measure_quality`.
        leaks: columns that tell the outcome, each refused or kept by name.
        method: one sentence on how it was done.
        seconds: wall time.
        excluded: rows without an outcome, which cannot be judged.
        order: of the source: ``time``, ``rows`` or ``none``.
    """

    predictions: pd.DataFrame
    measures: dict[str, float]
    leaks: list[Leak]
    method: str
    seconds: float
    excluded: int = 0
    order: str = "time"

    def as_json(self) -> dict[str, Any]:
        """The result as ``backtest --json`` prints it; a measure that is not defined is null."""
        measures = {name: None if value != value else value for name, value in self.measures.items()}
        return measures | {
            "leaks": [leak.as_json() for leak in self.leaks],
            "method": self.method,
            "excluded": self.excluded,
            "seconds": round(self.seconds, 2),
        }


def backtest_store(
    tables: Tables,
    as_of: datetime,
    *,
    keep: Collection[str] = (),
    seed: int = SEED,
    progress: Progress | None = None,
) -> Backtest:
    """Backtest the store: at some month's ends train on what was known, score the open leads, wait, and look.

    The horizon is the longest of 365, 180 and 90 days that leaves time to see the outcomes by ``as_of``. Columns in
    ``keep`` are learned from although the leak guard finds them.

    Raises:
        TooLittleData: there is not enough history for one step.
    """
    began = perf_counter()
    outcomes = read_outcomes(tables, as_of)
    origins, horizon = _choose_origins(outcomes, as_of)
    parts: list[pd.DataFrame] = []
    leaks: dict[str, Leak] = {}
    for number, origin in enumerate(origins):
        artefact = fit_artefact(tables, origin, keep=keep, seed=seed, with_intervals=False)
        leaks |= {leak.column: leak for leak in read_leaks(artefact.facts)}
        scored = score_questions(tables, ask_open_leads(tables, origin), artefact)
        parts.append(judge_scores(scored.scores, outcomes, horizon).assign(step=number))
        if progress:
            progress(number + 1, len(origins))
    predictions = pd.concat(parts, ignore_index=True)[list(PREDICTION_COLUMNS)]
    method = (
        f"rolling origin: trained at {len(origins)} month's ends on what was known then, judged on whether the open "
        f"leads were won within {horizon} days"
    )
    return Backtest(predictions, measure_predictions(predictions), list(leaks.values()), method, perf_counter() - began)


def judge_scores(scores: pd.DataFrame, outcomes: pd.DataFrame, horizon: int) -> pd.DataFrame:
    """Hold scores against what came of the leads within ``horizon`` days.

    Args:
        scores: of :func:`training.scoring.score_questions`, all with as_of + horizon in the past.
        outcomes: of :func:`training.questions.read_outcomes`.
        horizon: 90, 180 or 365 days.

    Returns:
        ``lead_id``, ``as_of``, ``probability`` (within the horizon) and ``won`` (0 or 1).
    """
    column = "probability" if horizon == HORIZONS[0] else f"probability_{horizon}_days"
    wins = outcomes[outcomes["outcome"] == "won"].set_index("lead_id")["closed_at"]
    closed = wins.reindex(scores["lead_id"]).set_axis(scores.index)
    won = (closed <= scores["as_of"] + pd.Timedelta(days=horizon)).astype(int)
    return pd.DataFrame(
        {"lead_id": scores["lead_id"], "as_of": scores["as_of"], "probability": scores[column], "won": won}
    )


def _choose_origins(outcomes: pd.DataFrame, as_of: datetime) -> tuple[list[datetime], int]:
    if outcomes.empty:
        raise TooLittleData("the store has no leads yet; import them first.")
    first, last = outcomes["created_at"].min(), pd.Timestamp(as_of)
    for horizon in HORIZONS:
        ends = pd.date_range(first, last - pd.Timedelta(days=horizon), freq="MS", normalize=True)
        learned = [end.to_pydatetime() for end in ends if _has_enough(outcomes, end)]
        if len(learned) >= LEAST_STEPS:
            return learned[-STEPS:], horizon
    raise TooLittleData(
        f"the store's history, from {first.date()} to {last.date()}, is too short for a backtest: {LEAST_STEPS} ends "
        f"of months with {LEAST_OUTCOMES} won and {LEAST_OUTCOMES} lost leads before and 90 days after are needed."
    )


def _has_enough(outcomes: pd.DataFrame, origin: pd.Timestamp) -> bool:
    seen = outcomes.loc[outcomes["seen_at"] < origin, "outcome"].value_counts()
    return all(seen.get(word, 0) >= LEAST_OUTCOMES for word in ("won", "lost"))


def measure_predictions(predictions: pd.DataFrame) -> dict[str, float]:
    """The measures of a backtest's predictions: see :func:`training.backtest.evaluation.measure_quality`."""
    return measure_quality(
        predictions["won"].to_numpy(int), predictions["probability"].to_numpy(), predictions["step"].to_numpy(int)
    )
