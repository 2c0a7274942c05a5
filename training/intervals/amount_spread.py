"""How far the amount of a deal lies from what was expected of it."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.visible import open_visible
from training.amounts import STATED_AMOUNT, USUAL_AMOUNT

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd
    from numpy.typing import NDArray

    from data.frames import Tables
    from training.amounts import Amounts

USUAL_VARIANCE, USUAL_DEALS = 0.25, 5.0
"""Where few deals are known: as by five whose amounts are right on average and spread by half of what is expected."""

AMOUNTS = "SELECT lead_id, sum(amount_minor)::DOUBLE AS amount FROM deals GROUP BY lead_id"


@dataclass(frozen=True)
class AmountSpread:
    """Actual amounts relative to expected ones.

    Attributes:
        ratio: actual ÷ expected, on average; sales may state too much.
        variance: of actual ÷ expected relative to the square of ``ratio``.
    """

    ratio: float
    variance: float


def measure_amounts(expected: NDArray[np.float64], actual: NDArray[np.float64]) -> AmountSpread:
    """Hold the amounts of deals against those expected before; pairs with one missing or nothing expected are left out.

    Args:
        expected: in minor units (n,).
        actual: in minor units (n,).

    >>> measure_amounts(np.array([100.0] * 5), np.array([50.0, 100.0, 100.0, 100.0, 150.0]))
    AmountSpread(ratio=1.0, variance=0.175)
    >>> measure_amounts(np.array([]), np.array([]))
    AmountSpread(ratio=1.0, variance=0.25)
    """
    known = ~np.isnan(actual) & (np.nan_to_num(expected) > 0)
    each = actual[known] / expected[known]
    weight = len(each) + USUAL_DEALS
    ratio = float((each.sum() + USUAL_DEALS) / weight)
    return AmountSpread(ratio, float((((each / ratio - 1) ** 2).sum() + USUAL_DEALS * USUAL_VARIANCE) / weight))


def add_deals(questions: pd.DataFrame, features: pd.DataFrame, amounts: Amounts, deals: pd.Series) -> pd.DataFrame:
    """The questions with ``campaign``, ``expected_amount_minor``, ``stated`` and, of won leads, ``deal_amount_minor``.

    Args:
        questions: ``lead_id`` of each (n,).
        features: raw ones of the questions (n, k).
        amounts: expected ones of the model version.
        deals: of :func:`read_deal_amounts`.
    """
    expected = amounts.expect(features["campaign"], features[STATED_AMOUNT], features[USUAL_AMOUNT])
    return questions.assign(
        campaign=features["campaign"].astype(object).fillna("").to_numpy(),
        expected_amount_minor=expected.astype(float).to_numpy(),
        stated=features[STATED_AMOUNT].notna().to_numpy(),
        deal_amount_minor=questions["lead_id"].map(deals).astype(float).to_numpy(),
    )


def read_deal_amounts(tables: Tables, cut: datetime) -> pd.Series:
    """The sum of each won lead's deals visible at ``cut``, in minor units, by lead_id."""
    with open_visible(tables, ("deals",), cut) as connection:
        frame: pd.DataFrame = connection.execute(AMOUNTS).df()
    return frame.set_index("lead_id")["amount"]
