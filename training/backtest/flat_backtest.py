"""Backtest of a flat file: one question per lead, at its creation, with the model of outcomes that have no dates."""

from __future__ import annotations

from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

import numpy as np
import pandas as pd

from data.errors import BadInput
from features import compute_features, encode_matrix, find_attributes, fit_schema
from training.backtest.folds import FOLDS, fold_rows, group_kin
from training.backtest.plan import require_fit
from training.backtest.steps import walk_rows, walk_time
from training.backtest.store_backtest import PREDICTION_COLUMNS, Backtest, measure_predictions
from training.fitting import SEED
from training.leaks.guard import find_leaks
from training.leaks.leak import list_refused
from training.model.sufficiency import require_outcomes
from training.model.undated import fit_undated_model
from training.questions import read_outcomes

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence

    from numpy.typing import NDArray

    from data.frames import Tables
    from features import Attribute
    from training.backtest.plan import Plan
    from training.backtest.steps import Step
    from training.backtest.store_backtest import Progress
    from training.leaks.leak import Leak


def backtest_rows(
    tables: Tables,
    lead_ids: pd.Series,
    order: str,
    plan: Plan,
    *,
    keep: Collection[str] = (),
    seed: int = SEED,
    progress: Progress | None = None,
) -> Backtest:
    """Backtest a flat file: one question per lead, at its creation.

    Before each step the leak guard looks at the rows that are learned from; a column that it refuses is learned from
    neither then nor later.

    Args:
        tables: contract tables of the file.
        lead_ids: the leads in the order of the file.
        order: ``time`` (the leads' dates), ``rows`` (row order is time) or ``none`` (cross-validated).
        plan: how to move on.
        keep: columns that are learned from although the guard finds them.
        seed: of everything random.
        progress: told after each step.

    Raises:
        TooLittleData: before some step too few leads are won or lost to learn from.
        BadInput: the plan does not fit the order.
    """
    began = perf_counter()
    require_fit(plan, order)
    questions, attributes, features, won, companies = prepare_rows(tables, lead_ids, order)
    if order == "none":
        steps = list(fold_rows(group_kin(companies, features), won, seed))
    else:
        steps = walk(questions, order, plan)
    parts: list[pd.DataFrame] = []
    leaks: dict[str, Leak] = {}
    for number, step in enumerate(steps):
        leaks = add_leaks(leaks, step, features, won, companies, in_order=order != "none", keep=keep)
        allowed = features.drop(columns=list_refused(leaks.values(), features.columns))
        probability = predict_step(step, allowed, questions, attributes, seed)
        judged = questions.iloc[step.test][["lead_id", "as_of"]]
        parts.append(judged.assign(step=number, probability=probability, won=won[step.test]))
        if progress:
            progress(number + 1, len(steps))
    predictions = pd.concat(parts).sort_index()[list(PREDICTION_COLUMNS)]
    measures, method = measure_predictions(predictions), _describe(questions, order, plan, len(steps))
    excluded = len(lead_ids) - len(questions)
    return Backtest(predictions, measures, list(leaks.values()), method, perf_counter() - began, excluded, order)


class Prepared(NamedTuple):
    """The rows of a file, made ready once for all steps; each part in the same order."""

    questions: pd.DataFrame
    attributes: Sequence[Attribute]
    features: pd.DataFrame
    won: NDArray[np.int_]
    companies: pd.Series


def prepare_rows(tables: Tables, lead_ids: pd.Series, order: str) -> Prepared:
    """Ask about each lead at its creation, and compute what was known of it then.

    Raises:
        TooLittleData: too few leads are won or lost to learn from.
        BadInput: no row has an outcome.
    """
    questions = ask_at_creation(tables, lead_ids, by_time=order == "time")
    require_outcomes(questions)
    attributes = find_attributes(tables)
    features = compute_features(tables, questions, attributes)
    won = np.asarray(questions["outcome"] == "won", dtype=np.int_)
    return Prepared(questions, attributes, features, won, find_companies(tables, questions))


def add_leaks(
    leaks: dict[str, Leak],
    step: Step,
    features: pd.DataFrame,
    won: NDArray[np.int_],
    companies: pd.Series,
    *,
    in_order: bool,
    keep: Collection[str],
) -> dict[str, Leak]:
    """The leaks found before, and those that the guard finds in the rows that a step learns from, by column."""
    learned, kin = features.iloc[step.train], companies.iloc[step.train]
    found = find_leaks(learned, won[step.train], kin=kin, in_order=in_order, keep=keep)
    return {leak.column: leak for leak in found} | leaks


def predict_step(
    step: Step, features: pd.DataFrame, questions: pd.DataFrame, attributes: Sequence[Attribute], seed: int
) -> NDArray[np.float64]:
    """Learn from the step's training rows, schema included, and give the probability of those it is judged on."""
    train, learned = features.iloc[step.train], questions.iloc[step.train]
    schema = fit_schema(train, attributes, learned["lead_id"])
    categorical = [schema.names.index(name) for name in schema.categories]
    model = fit_undated_model(encode_matrix(train, schema), learned, categorical=categorical, seed=seed)
    return model.predict(encode_matrix(features.iloc[step.test], schema), (365,))[:, 0]


def ask_at_creation(tables: Tables, lead_ids: pd.Series, *, by_time: bool) -> pd.DataFrame:
    """One question per lead whose outcome is known, at its creation, in the order of the file or of time.

    Raises:
        BadInput: no lead has an outcome.
    """
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
            "seen_at": known["seen_at"],
            "days": (known["closed_at"] - known["created_at"]).dt.total_seconds() / 86_400,
            "weight": 1.0,
        }
    )
    if by_time:
        questions = questions.sort_values("as_of", kind="stable")
    return questions.reset_index(drop=True)


def find_companies(tables: Tables, questions: pd.DataFrame) -> pd.Series:
    """The company of each question's lead; a lead without one stands for itself."""
    leads = tables["leads"].select(["lead_id", "company_id"]).to_pandas().drop_duplicates("lead_id", keep="last")
    return questions["lead_id"].map(leads.set_index("lead_id")["company_id"]).fillna(questions["lead_id"])


def walk(questions: pd.DataFrame, order: str, plan: Plan) -> list[Step]:
    """The steps of a plan over questions in order of their rows or of time."""
    if order == "rows":
        return list(walk_rows(len(questions), plan))
    return list(walk_time(questions["as_of"], questions["seen_at"], plan))


def _describe(questions: pd.DataFrame, order: str, plan: Plan, steps: int) -> str:
    """How it was done, and whether an outcome counted from the day on which it was seen."""
    if order == "none":
        return (
            f"{FOLDS}-fold cross-validation, because the rows have no order; rows that share a company or are equal "
            "share a fold; outcome dates were not used"
        )
    walked = f"rolling origin over {order}: {steps} steps, trained anew at each"
    if order == "rows":
        return f"{walked}; outcome dates were not used, an outcome was known {plan.label_delay} rows after its lead"
    if not (questions["days"] > 0).any():
        return f"{walked}; the source has no outcome dates, so they were not used"
    return f"{walked} on the outcomes seen before it"
