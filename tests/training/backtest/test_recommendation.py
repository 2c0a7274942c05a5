from __future__ import annotations

import numpy as np
import pytest

from training.backtest.cadence_quality import CadenceQuality
from training.backtest.recommendation import recommend_cadence

STEP = np.repeat(np.arange(10), 2)
NOISE = np.tile([0.1, 0.1, -0.1, -0.1], 5)  # one step up, the next down


def _recommend(*losses: np.ndarray, delay: str = "") -> str:
    names = ("weekly", "monthly", "never")
    cadences = [
        CadenceQuality(name, delay, 0.7, 0.7, float(loss.mean()), 1.0, 9 // (place + 1), 1.0, 0.0, 0.0, 0.0)
        for place, (name, loss) in enumerate(zip(names, losses, strict=True))
    ]
    return recommend_cadence(cadences, losses, STEP, 1)


BEST = np.full(20, 0.5)


@pytest.mark.parametrize(
    ("monthly", "never", "begins"),
    [
        (BEST + 0.004 + NOISE, BEST + 0.02, "Retrain monthly:"),  # 0.8 % worse, within chance
        (BEST + 0.004, BEST + 0.02, "Retrain weekly:"),  # 0.8 % worse in each step: not chance
        (BEST + 0.006 + NOISE, BEST + 0.02, "Retrain weekly:"),  # 1.2 % worse
        (BEST + 0.02, BEST, "Retraining can wait"),  # as good without
        (BEST - 0.1, BEST, "Retrain monthly:"),
    ],
)
def test_the_rarest_that_costs_nothing_worth_mentioning(monthly: np.ndarray, never: np.ndarray, begins: str) -> None:
    assert _recommend(BEST, monthly, never).startswith(begins)


def test_the_delay_is_said() -> None:
    sentence = _recommend(BEST, BEST + 0.02, BEST + 0.02, delay="30 days")
    assert sentence.startswith("With outcomes known 30 days late, retrain weekly: its log-loss of 0.5000 is the lowest")
