"""How good each retraining cadence would have been, side by side."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import numpy as np

from training.backtest.evaluation import measure_quality
from training.backtest.paired import find_difference, measure_losses

if TYPE_CHECKING:
    from collections.abc import Sequence

    from numpy.typing import NDArray

    from training.backtest.schedule import Schedule


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


def measure_schedules(
    planned: Sequence[tuple[str, Schedule]],
    probability: NDArray[np.float64],
    seconds: dict[int, float],
    won: NDArray[np.int_],
    step: NDArray[np.intp],
    seed: int,
) -> list[CadenceQuality]:
    """Measure what each schedule's models said.

    Args:
        planned: delay in words and schedule, of each delay the most frequent first.
        probability: a row per schedule (s, n).
        seconds: of each training, by its window.
        won: 0 or 1 (n,).
        step: of each prediction (n,).
        seed: of the bootstrap.
    """
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
