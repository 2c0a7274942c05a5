"""Backtests: what the model would have said in the past, held against what came of it."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from data.errors import BadInput, TooLittleData
from features import compute_features, encode_matrix, find_attributes, fit_schema
from training.close_model import LEAST_OUTCOMES, fit_undated_model
from training.evaluation import measure_quality
from training.fitting import SEED, fit_artefact
from training.leaks import Leak, find_leaks
from training.questions import ask_open_leads, read_outcomes
from training.scoring import score_questions
from training.steps import Plan, fold_rows, walk_rows, walk_time

if TYPE_CHECKING:
    from datetime import datetime

    from data.frames import Tables

Progress = Callable[[int, int], None]
"""Called with the steps done and the steps in all."""

HORIZONS = (365, 180, 90)
STEPS, LEAST_STEPS = 6, 2


@dataclass(frozen=True)
class Backtest:
    """The result of a backtest.

    Attributes:
        predictions: ``step``, ``lead_id``, ``as_of``, ``probability``, ``won``, one row per prediction.
        measures: of :func:`training.evaluation.measure_quality`.
        leaks: columns that know the outcome too well.
        method: one sentence on how it was done.
        seconds: wall time.
        excluded: rows without an outcome, which cannot be judged.
    """

    predictions: pd.DataFrame
    measures: dict[str, float]
    leaks: list[Leak]
    method: str
    seconds: float
    excluded: int = 0

    def as_json(self) -> dict[str, Any]:
        """The result as ``backtest --json`` prints it; a measure that is not defined is null."""
        measures = {name: None if value != value else value for name, value in self.measures.items()}
        leaks = [{"column": leak.column, "reason": leak.reason} for leak in self.leaks]
        return measures | {
            "leaks": leaks,
            "method": self.method,
            "excluded": self.excluded,
            "seconds": round(self.seconds, 2),
        }


def backtest_rows(
    tables: Tables, lead_ids: pd.Series, order: str, plan: Plan, *, seed: int = SEED, progress: Progress | None = None
) -> Backtest:
    """Backtest a flat file: one question per lead, at its creation.

    Args:
        tables: contract tables of the file.
        lead_ids: the leads in the order of the file.
        order: ``time`` (the leads' dates), ``rows`` (row order is time) or ``none`` (cross-validated).
        plan: how to move on.
        seed: of everything random.
        progress: told after each step.

    Raises:
        TooLittleData: before some step too few leads are won or lost to learn from.
        BadInput: the plan does not fit the order.
    """
    began = perf_counter()
    questions = _ask_at_creation(tables, lead_ids, by_time=order == "time")
    attributes = find_attributes(tables)
    features = compute_features(tables, questions, attributes)
    won = (questions["outcome"] == "won").to_numpy(int)
    steps, method = _plan_steps(questions, features, won, order, plan, seed)
    probability = np.full(len(questions), np.nan)
    step_of = np.full(len(questions), -1)
    for number, step in enumerate(steps):
        train = features.iloc[step.train]
        schema = fit_schema(train, attributes, questions["lead_id"].iloc[step.train])
        categorical = [schema.names.index(name) for name in schema.categories]
        matrix = encode_matrix(train, schema)
        model = fit_undated_model(matrix, questions.iloc[step.train], categorical=categorical, seed=seed)
        probability[step.test] = model.predict(encode_matrix(features.iloc[step.test], schema), (365,))[:, 0]
        step_of[step.test] = number
        if progress:
            progress(number + 1, len(steps))
    judged = step_of >= 0
    predictions = questions.loc[judged, ["lead_id", "as_of"]].assign(
        step=step_of[judged], probability=probability[judged], won=won[judged]
    )
    leaks = find_leaks(features.iloc[steps[0].train], won[steps[0].train])
    measures = _measure(predictions)
    return Backtest(predictions, measures, leaks, method, perf_counter() - began, len(lead_ids) - len(questions))


def backtest_store(tables: Tables, as_of: datetime, *, seed: int = SEED, progress: Progress | None = None) -> Backtest:
    """Backtest the store: at some month's ends train on what was known, score the open leads, wait, and look.

    The horizon is the longest of 365, 180 and 90 days that leaves time to see the outcomes by ``as_of``.

    Raises:
        TooLittleData: there is not enough history for one step.
    """
    began = perf_counter()
    outcomes = read_outcomes(tables, as_of)
    origins, horizon = _choose_origins(outcomes, as_of)
    parts = []
    for number, origin in enumerate(origins):
        artefact = fit_artefact(tables, origin, seed=seed)
        scored = score_questions(tables, ask_open_leads(tables, origin), artefact)
        parts.append(judge_scores(scored.scores, outcomes, horizon).assign(step=number))
        if progress:
            progress(number + 1, len(origins))
    predictions = pd.concat(parts, ignore_index=True)
    method = (
        f"rolling origin: trained at {len(origins)} month's ends on what was known then, judged on whether the open "
        f"leads were won within {horizon} days"
    )
    return Backtest(predictions, _measure(predictions), [], method, perf_counter() - began)


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


def _ask_at_creation(tables: Tables, lead_ids: pd.Series, *, by_time: bool) -> pd.DataFrame:
    end = pd.Timestamp.max.tz_localize("UTC").floor("D").to_pydatetime(warn=False)
    outcomes = read_outcomes(tables, end).set_index("lead_id").loc[lead_ids].reset_index()
    known = outcomes[outcomes["outcome"] != "open"]
    if known.empty:
        raise BadInput("no row of the file has an outcome; map its outcome column to deals and lead_stages.")
    questions = pd.DataFrame(
        {
            "lead_id": known["lead_id"],
            "as_of": known["created_at"] + pd.Timedelta(microseconds=1),
            "outcome": known["outcome"],
            "days": (known["closed_at"] - known["created_at"]).dt.total_seconds() / 86_400,
            "weight": 1.0,
        }
    )
    if by_time:
        questions = questions.sort_values("as_of", kind="stable")
    return questions.reset_index(drop=True)


def _plan_steps(
    questions: pd.DataFrame, features: pd.DataFrame, won: Any, order: str, plan: Plan, seed: int
) -> tuple[list[Any], str]:
    if order == "none":
        groups = pd.util.hash_pandas_object(features, index=False)
        steps = list(fold_rows(groups, won, seed))
        return steps, f"{len(steps)}-fold cross-validation, because the rows have no order; equal rows share a fold"
    in_rows = order == "rows" or isinstance(plan.step, int) or isinstance(plan.start, int)
    steps = list(walk_rows(len(questions), plan) if in_rows else walk_time(questions["as_of"], plan))
    return steps, f"rolling origin over {'rows' if in_rows else 'time'}: {len(steps)} steps, trained anew at each"


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


def _measure(predictions: pd.DataFrame) -> dict[str, float]:
    return measure_quality(
        predictions["won"].to_numpy(int), predictions["probability"].to_numpy(), predictions["step"].to_numpy(int)
    )
