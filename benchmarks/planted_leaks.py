"""Flat files whose truth is known: honest columns of many sorts, and leaks of each kind and strength."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np
import pandas as pd
from scipy.special import expit

if TYPE_CHECKING:
    from numpy.typing import NDArray

Outcomes: TypeAlias = "NDArray[np.int_]"
Plant = Callable[[np.random.Generator, Outcomes], "pd.Series"]
"""Draws a column that knows the outcomes."""


@dataclass(frozen=True)
class Planted:
    """A leak that is planted.

    Attributes:
        kind: of :mod:`training.leaks`.
        strength: for the figure's name.
        least: won and lost rows from which it must be found.
        plant: draws its column.
    """

    kind: str
    strength: str
    least: int
    plant: Plant

    @property
    def name(self) -> str:
        """Of its column and its figure."""
        return f"{self.kind}_{self.strength}"


def draw_outcomes(generator: np.random.Generator, rows: int, base_rate: float) -> tuple[pd.DataFrame, Outcomes]:
    """Honest columns and the outcomes that they tell a little about, with a level that moves fourfold through time.

    Args:
        generator: of everything random.
        rows: of the file.
        base_rate: about this share is won.

    Returns:
        Number, count, text and code columns, some with gaps that say something, one that knows the season and one
        that knows the campaign; and 0 or 1 for each row.
    """
    season = np.linspace(-1, 1, rows)
    campaign = generator.integers(0, 4, rows)
    need = generator.normal(size=rows)
    score = need + 0.7 * season + 0.5 * (campaign - 1.5)
    level = _find_level(score, base_rate)
    won = (generator.random(rows) < expit(level + score)).astype(int)
    asked = generator.random(rows) < expit(need - 2)
    size = np.exp(generator.normal(3.4, 1.2, rows)).round()
    honest = {
        "growth": need + generator.normal(size=rows),
        "web_visits": generator.poisson(np.exp(0.4 + 0.5 * need)).astype(float),
        "employees": np.where(generator.random(rows) < 0.2, np.nan, size),
        "index": np.round(season, 1),
        "campaign_name": np.array(["North", "South", "East", "West"])[campaign],
        "days_since_quote": np.where(asked, generator.integers(1, 30, rows), np.nan),
        "erp": generator.choice(np.array(["Navision", "SAP", "other"]), rows),
        "town": generator.integers(0, 300, rows).astype(str),
        "reference": [f"r{number}" for number in generator.permutation(rows)],
        "new_field": np.where(season > 0.3, generator.choice(np.array(["a", "b"]), rows), ""),
        "same": "always",
    }
    return pd.DataFrame(honest), won


def _find_level(score: NDArray[np.float64], base_rate: float) -> float:
    low, high = -12.0, 12.0
    for _ in range(40):
        middle = (low + high) / 2
        low, high = (middle, high) if expit(middle + score).mean() < base_rate else (low, middle)
    return (low + high) / 2


def fill(won_share: float, lost_share: float) -> Plant:
    """A text filled for a share of the won and a share of the lost rows."""

    def plant(generator: np.random.Generator, won: Outcomes) -> pd.Series:
        filled = generator.random(len(won)) < np.where(won, won_share, lost_share)
        return pd.Series(np.where(filled, generator.choice(np.array(["price", "time", "need"]), len(won)), ""))

    return plant


def restate(wrong: float, undecided: float = 0.0) -> Plant:
    """A status of seven values, each with one outcome but for a share that is wrong; one stands on either."""

    def plant(generator: np.random.Generator, won: Outcomes) -> pd.Series:
        said = np.where(generator.random(len(won)) < wrong, 1 - won, won)
        status = np.array([["no money", "no answer", "competitor"], ["signed", "ordered", "verbal yes"]])
        text = status[said, generator.integers(0, 3, len(won))]
        return pd.Series(np.where(generator.random(len(won)) < undecided, "working", text))

    return plant


def pay(kept: float) -> Plant:
    """An amount that is 0 where lost, and on a share of the won rows."""

    def plant(generator: np.random.Generator, won: Outcomes) -> pd.Series:
        paid = (won == 1) & (generator.random(len(won)) < kept)
        return pd.Series(np.where(paid, np.exp(generator.normal(10, 1, len(won))).round(), 0.0))

    return plant


def shift(deviations: float) -> Plant:
    """A duration, longer where won, by so many standard deviations of its logarithm."""

    def plant(generator: np.random.Generator, won: Outcomes) -> pd.Series:
        return pd.Series(np.exp(generator.normal(5 + deviations * won, 1)).round())

    return plant


def spread(deviations: float) -> Plant:
    """A number that is near 0 where won, and far on either side where lost."""

    def plant(generator: np.random.Generator, won: Outcomes) -> pd.Series:
        return pd.Series(generator.normal(0, np.where(won, 1 / deviations, 1)))

    return plant


LEAKS = (
    Planted("filled", "98_percent_of_won_1_of_lost", 40, fill(0.98, 0.01)),
    Planted("filled", "1_percent_of_won_95_of_lost", 40, fill(0.01, 0.95)),
    Planted("filled", "60_percent_of_won_0.3_of_lost", 100, fill(0.6, 0.003)),
    Planted("filled", "0.5_percent_of_won_50_of_lost", 200, fill(0.005, 0.5)),
    Planted("missing", "2_percent_of_won_90_of_lost", 40, fill(0.98, 0.1)),
    Planted("missing", "5_percent_of_won_80_of_lost", 100, fill(0.95, 0.2)),
    Planted("missing", "1_percent_of_won_70_of_lost", 100, fill(0.99, 0.3)),
    Planted("restating", "status", 40, restate(0.0)),
    Planted("restating", "status_2_percent_wrong", 40, restate(0.02)),
    Planted("restating", "status_half_undecided", 100, restate(0.005, 0.5)),
    Planted("restating", "amount_0_where_lost", 40, pay(1.0)),
    Planted("restating", "amount_0_where_lost_and_on_a_tenth_of_won", 40, pay(0.9)),
    Planted("too_good", "auc_0.98", 40, shift(2.9)),
    Planted("too_good", "auc_0.92", 100, shift(2.0)),
    Planted("too_good", "auc_0.87", 400, shift(1.6)),
    Planted("too_good", "auc_0.94_lost_at_both_ends", 100, spread(10.0)),
)
"""What is planted, with the outcomes of each sort from which it must be found: fewer cannot tell it from chance."""
