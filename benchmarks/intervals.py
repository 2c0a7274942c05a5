"""Intervals of campaign sums on simulated truth: how often they hold what came, and how wide they are."""

from __future__ import annotations

from dataclasses import dataclass, replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.interval_worlds import load_world
from benchmarks.record import Figure
from benchmarks.sizes import FULL
from training.intervals.fitting import fit_intervals
from training.intervals.sums import interval_of_sum
from training.model.choosing import STAGE

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from benchmarks.interval_worlds import World
    from benchmarks.record import Progress
    from benchmarks.sizes import Sizes
    from training.intervals.intervals import Intervals
    from training.intervals.sums import Measure

SPREADS = (0.0, 0.2, 0.3, 0.5)
NORMAL_REACH = 1.2815515655
"""Standard deviations around the mean within which four in five outcomes of a normal distribution lie."""


@dataclass(frozen=True)
class Extent:
    """How many worlds of what size are judged per spread."""

    worlds: int
    leads: int
    campaigns: int
    spreads: Sequence[float] = SPREADS


MUCH, LITTLE = Extent(10, 72_000, 40), Extent(1, 6_000, 6, (0.3,))


def measure(sizes: Sizes, folder: Path, tell: Progress) -> list[Figure]:
    """Measure coverage and width, by spread between campaigns."""
    extent = MUCH if sizes == FULL else LITTLE
    figures = []
    for place, spread in enumerate(extent.spreads):
        parts, true = [], []
        for number in range(extent.worlds):
            seed = 1 + place + number * len(extent.spreads)
            tell(f"campaigns that differ by {spread}: world {number + 1} of {extent.worlds}")
            world = load_world(folder, spread, seed, leads=extent.leads, campaigns=extent.campaigns)
            parts.append(judge_world(world, seed))
            true.append(world.true_spread)
        figures += describe(spread, pd.concat(parts), float(np.mean(true)))
    return figures


def judge_world(world: World, seed: int) -> pd.DataFrame:
    """Fit intervals at the cut and hold them against what came.

    Returns:
        Per campaign, for ``wins`` and ``money``: ``_covered`` and ``_width`` (relative to the point), for wins also
        ``control_covered`` and ``control_width`` of the Poisson-binomial, and ``expected`` wins.
    """
    intervals = fit_world(world, seed)
    chance = world.artefact.predict(world.open_matrix)
    scores = world.open_leads.rename(columns={"campaign": "campaign_id", "stated": "amount_stated"})
    scores = scores.assign(probability_180_days=chance[:, 1], variance=chance[:, 1] * (1 - chance[:, 1]))
    actual = scores.groupby("campaign_id")[["won", "won_minor", "probability_180_days", "variance"]].sum()
    wins, money = (_hold(scores, intervals, actual, *each) for each in (("wins", "won"), ("money", "won_minor")))
    reach = NORMAL_REACH * np.sqrt(actual["variance"])
    middle = actual["probability_180_days"]
    control = {
        "control_covered": actual["won"].between(middle - reach, middle + reach),
        "control_width": 2 * reach / middle,
        "expected": middle,
    }
    return pd.concat([wins, money, pd.DataFrame(control)], axis=1)


def fit_world(world: World, seed: int) -> Intervals:
    """Intervals from what was known at the cut."""
    schema = world.artefact.schema
    return fit_intervals(
        world.artefact.model,
        world.matrix,
        world.questions,
        pd.Timestamp(world.artefact.facts["as_of"]),
        categorical=[schema.names.index(name) for name in schema.categories],
        stratum_column=schema.names.index(STAGE),
        seed=seed,
    )


def describe(spread: float, campaigns: pd.DataFrame, true_spread: float) -> list[Figure]:
    """The figures of all campaigns of one spread."""
    name = f"spread_{spread:g}"
    figures = [
        Figure(f"{name}: campaigns", len(campaigns), "campaigns judged, 39 others beside each", 400, ">="),
        Figure(f"{name}: true_spread", true_spread, "sd of the log of campaigns' true mean probability"),
        Figure(f"{name}: expected_wins", campaigns["expected"].mean(), "wins per campaign", sense=">="),
    ]
    for measured in ("wins", "money"):
        covered = campaigns[f"{measured}_covered"].mean()
        unit = "of 80 % intervals hold what came in 180 days"
        figures += [
            Figure(f"{name}: {measured}_coverage", covered, unit, 0.74, ">="),
            Figure(f"{name}: {measured}_coverage_at_most", covered, unit, 0.87, "<="),
            Figure(f"{name}: {measured}_width", campaigns[f"{measured}_width"].mean(), "of the point"),
        ]
    control = Figure(f"{name}: control_coverage", campaigns["control_covered"].mean(), "of Poisson-binomial intervals")
    return [
        *figures,
        replace(control, goal=0.72) if spread > 0 else control,
        Figure(f"{name}: control_width", campaigns["control_width"].mean(), "of the point"),
    ]


def _hold(
    scores: pd.DataFrame, intervals: Intervals, actual: pd.DataFrame, measured: Measure, column: str
) -> pd.DataFrame:
    found = interval_of_sum(scores, "campaign_id", intervals, measure=measured, probability="probability_180_days")
    covered = actual[column].reindex(found.index).between(found["low"], found["high"])
    width = (found["high"] - found["low"]) / found["point"]
    return pd.DataFrame({f"{measured}_covered": covered, f"{measured}_width": width})
