"""Retraining cadence: how good the model would have been, had it been trained anew more or less often."""

from __future__ import annotations

from dataclasses import replace
from datetime import timedelta
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np

from data.errors import BadInput
from training.backtest.cadence_quality import CadenceComparison, measure_schedules
from training.backtest.flat_backtest import add_leaks, predict_step, prepare_rows, walk
from training.backtest.paired import measure_losses
from training.backtest.plan import require_fit
from training.backtest.recommendation import recommend_cadence
from training.backtest.schedule import Windows, number_steps, schedule_rows, schedule_time
from training.backtest.steps import Step
from training.fitting import SEED
from training.leaks.leak import list_refused

if TYPE_CHECKING:
    from collections.abc import Callable, Collection, Sequence

    import pandas as pd
    from numpy.typing import NDArray

    from data.frames import Tables
    from training.backtest.plan import Extent, Plan
    from training.backtest.schedule import Schedule
    from training.backtest.store_backtest import Progress
    from training.leaks.leak import Leak

MOST_TRAININGS = 200


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
    questions, attributes, features, won, companies = prepare_rows(tables, lead_ids, order)
    steps, windows = walk(questions, order, plan), Windows()
    judged, step = np.concatenate([each.test for each in steps]), number_steps(steps)
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
    cadences = measure_schedules(planned, probability, seconds, won[judged], step, seed)
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


def _write_delay(delay: Extent) -> str:
    if not delay:
        return ""
    return f"{delay:,} rows" if isinstance(delay, int) else f"{delay.days} days"
