"""Retraining cadence: how good the model would have been, had it been trained anew more or less often."""

from __future__ import annotations

from dataclasses import asdict, dataclass, replace
from datetime import timedelta
from time import perf_counter
from typing import TYPE_CHECKING, Any

import numpy as np

from data.errors import BadInput
from features import compute_features, find_attributes
from training.backtest.evaluation import measure_quality
from training.backtest.flat_backtest import add_leaks, ask_at_creation, find_companies, predict_step, walk
from training.backtest.paired import find_difference, measure_losses
from training.backtest.plan import require_fit
from training.backtest.recommendation import recommend_cadence
from training.backtest.schedule import Schedule, Windows, number_steps, schedule_rows, schedule_time
from training.backtest.steps import Step
from training.fitting import SEED
from training.leaks.leak import list_refused
from training.model.sufficiency import require_outcomes

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from data.frames import Tables
    from training.backtest.plan import Extent, Plan
    from training.backtest.store_backtest import Progress
    from training.leaks.leak import Leak

MOST_TRAININGS = 200


@dataclass(frozen=True)
class CadenceQuality:
    """One cadence and how good it would have been.

    Attributes:
        cadence: "weekly", "every 500 rows", "never".
        delay: until an outcome may be learned from, in words; empty without one.
        auc: pooled.
        auc_within: mean over the steps.
        log_loss: of all predictions.
        calibration_ratio: wins promised per win.
        trainings: how many models.
        seconds: that these took, shared ones included.
        difference: of the log-loss to the most frequent cadence of the same delay.
        low: lower end of its 95 % interval.
        high: upper end.
    """

    cadence: str
    delay: str
    auc: float
    auc_within: float
    log_loss: float
    calibration_ratio: float
    trainings: int
    seconds: float
    difference: float
    low: float
    high: float


@dataclass(frozen=True)
class CadenceComparison:
    """Every cadence, side by side, on the same leads.

    Attributes:
        cadences: by delay, none first, from the most frequent to never.
        recommendation: one sentence, about the longest delay.
        trainings: models trained in all; each set of rows was learned from once.
        seconds: wall time.
    """

    cadences: list[CadenceQuality]
    recommendation: str
    trainings: int
    seconds: float

    def as_json(self) -> dict[str, Any]:
        """The comparison as ``backtest --cadence --json`` prints it."""
        return asdict(self)


def compare_cadences(
    tables: Tables,
    lead_ids: pd.Series,
    order: str,
    plan: Plan,
    *,
    most_trainings: int = MOST_TRAININGS,
    keep: Collection[str] = (),
    seed: int = SEED,
    progress: Progress | None = None,
) -> CadenceComparison:
    """Judge a flat file's leads once per cadence, without a delay of outcomes and with the plan's.

    Args:
        tables: contract tables of the file.
        lead_ids: the leads in the order of the file.
        order: ``time`` or ``rows``.
        plan: of the backtest whose leads are judged.
        most_trainings: cadences that need more are left out, the most frequent first.
        keep: columns that are learned from although the leak guard finds them.
        seed: of everything random.
        progress: told after each training.

    Raises:
        TooLittleData: before some training too few leads are won or lost to learn from.
        BadInput: the file has no order, or the plan does not fit it.
    """
    began = perf_counter()
    if order == "none":
        raise BadInput("this source has no order, so that no model grows old; leave out --cadence.")
    require_fit(plan, order)
    questions = ask_at_creation(tables, lead_ids, by_time=order == "time")
    require_outcomes(questions)
    attributes = find_attributes(tables)
    features = compute_features(tables, questions, attributes)
    won = np.asarray(questions["outcome"] == "won", dtype=np.int_)
    steps, windows = walk(questions, order, plan), Windows()
    judged, step = np.concatenate([each.test for each in steps]), number_steps(steps)
    companies = find_companies(tables, questions)
    leaks: dict[str, Leak] = {}

    def predict(trained: Step) -> NDArray[np.float64]:
        nonlocal leaks
        leaks = add_leaks(leaks, trained, features, won, companies, in_order=True, keep=keep)
        allowed = features.drop(columns=list_refused(leaks.values(), features.columns))
        return predict_step(trained, allowed, questions, attributes, seed)

    planned = _plan_schedules(questions, order, plan, windows, most_trainings)
    probability, seconds = _judge(
        [schedule for _, schedule in planned],
        windows,
        judged,
        predict,
        progress,
    )
    cadences = _measure(planned, probability, seconds, won[judged], step, seed)
    last = [place for place, (delay, _) in enumerate(planned) if delay == planned[-1][0]]
    losses = [measure_losses(won[judged], probability[place]) for place in last]
    advice = recommend_cadence([cadences[place] for place in last], losses, step, seed)
    return CadenceComparison(cadences, advice, len(seconds), round(perf_counter() - began, 2))


def _plan_schedules(
    questions: pd.DataFrame, order: str, plan: Plan, windows: Windows, most: int
) -> list[tuple[str, Schedule]]:
    none: Extent = 0 if order == "rows" else timedelta(0)
    planned = []
    for delay in (none, plan.label_delay) if plan.label_delay else (none,):
        delayed = replace(plan, label_delay=delay)
        if order == "rows":
            schedules = schedule_rows(len(questions), delayed, windows, most)
        else:
            schedules = schedule_time(questions["as_of"], questions["seen_at"], delayed, windows, most)
        planned += [(_write_delay(delay), each) for each in schedules]
    return planned


def _judge(
    schedules: Sequence[Schedule],
    windows: Windows,
    judged: NDArray[np.intp],
    predict: Callable[[Step], NDArray[np.float64]],
    progress: Progress | None,
) -> tuple[NDArray[np.float64], dict[int, float]]:
    """Train once on each window that is used, and let it judge every row that some schedule gives it."""
    used = np.vstack([schedule.windows for schedule in schedules])
    probability, seconds = np.empty(used.shape), {}
    # In order of time, so that a column which the leak guard refuses is refused from then on and not before.
    numbers = sorted(np.unique(used), key=lambda number: windows.rows[number].max(initial=-1))
    for done, number in enumerate(numbers, 1):
        began = perf_counter()
        asked = (used == number).any(axis=0)
        answers = np.full(len(judged), np.nan)
        answers[asked] = predict(Step(windows.rows[number], judged[asked]))
        probability = np.where(used == number, answers, probability)
        seconds[int(number)] = perf_counter() - began
        if progress:
            progress(done, len(numbers))
    return probability, seconds


def _measure(
    planned: Sequence[tuple[str, Schedule]],
    probability: NDArray[np.float64],
    seconds: dict[int, float],
    won: NDArray[np.int_],
    step: NDArray[np.intp],
    seed: int,
) -> list[CadenceQuality]:
    losses = [measure_losses(won, each) for each in probability]
    first = {delay: place for place, (delay, _) in reversed(list(enumerate(planned)))}
    result = []
    for (delay, schedule), each, loss in zip(planned, probability, losses, strict=True):
        measures = measure_quality(won, each, step)
        trained = np.unique(schedule.windows)
        difference, low, high = find_difference(loss, losses[first[delay]], step, seed)
        result.append(
            CadenceQuality(
                cadence=schedule.cadence,
                delay=delay,
                auc=measures["auc"],
                auc_within=measures["auc_within"],
                log_loss=measures["log_loss"],
                calibration_ratio=measures["calibration_ratio"],
                trainings=len(trained),
                seconds=round(sum(seconds[int(number)] for number in trained), 2),
                difference=difference,
                low=low,
                high=high,
            )
        )
    return result


def _write_delay(delay: Extent) -> str:
    if not delay:
        return ""
    return f"{delay:,} rows" if isinstance(delay, int) else f"{delay.days} days"
