"""Truth: 180-day probabilities held against the simulator's true ones, without drift and with it.

Judged are leads just created, the newest cohort, and the leads open at the cut. The true probability of a lead is given
its hidden state, which nothing recorded can tell: sums are held against each other, and the log-loss that is expected
under the truth against that of the truth itself, between candidates; single rows are not judged.
"""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
from scipy.special import xlogy

from benchmarks.record import Figure
from benchmarks.truth_candidates import CANDIDATES
from benchmarks.truth_worlds import make_world

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from benchmarks.record import Progress
    from benchmarks.sizes import Sizes
    from benchmarks.truth_worlds import World

SCENARIOS = ("steady", "slow_drift", "sudden_fall", "faster_closing")
FIRST_SEED = 7_001
"""None of these was used to choose anything."""

GROUPS = ("new", "open")
WIDEST = {"new": 0.06, "open": 0.07}


def measure(sizes: Sizes, folder: Path, tell: Progress) -> list[Figure]:
    """Measure each scenario on several seeds, each with a cut in another season."""
    del folder
    rows: list[dict[str, Any]] = []
    for scenario in SCENARIOS:
        for number in range(sizes.truth_seeds):
            tell(f"{scenario}, seed {FIRST_SEED + number}")
            rows += judge_world(make_world(scenario, sizes.truth_leads, FIRST_SEED + number, number), scenario)
    return list_figures(pd.DataFrame(rows))


def judge_world(world: World, scenario: str) -> list[dict[str, Any]]:
    """Hold every candidate against the truth: a row per candidate and group."""
    rows = []
    for candidate, predict in CANDIDATES.items():
        predicted = predict(world)
        for group, members in zip(GROUPS, (world.is_new, ~world.is_new), strict=True):
            given, truth = predicted[members], world.truth[members]
            ratio = float(given.sum() / truth.sum())
            row = {"scenario": scenario, "candidate": candidate, "group": group, "ratio": ratio}
            rows.append(row | {"excess": measure_excess(given, truth)})
    return rows


def measure_excess(given: NDArray[np.float64], truth: NDArray[np.float64]) -> float:
    """Log-loss expected under the truth, above that of the truth: the mean Kullback-Leibler divergence.

    >>> round(measure_excess(np.array([0.5]), np.array([0.25])), 4)
    0.1308
    """
    given = np.clip(given, 1e-9, 1 - 1e-9)
    return float(np.mean(xlogy(truth, truth / given) + xlogy(1 - truth, (1 - truth) / (1 - given))))


def list_figures(rows: pd.DataFrame) -> list[Figure]:
    """The goals first, then the table of all candidates.

    Args:
        rows: ``scenario``, ``candidate``, ``group``, ``ratio`` and ``excess``; a row per world, candidate and group.
    """
    ratios = rows.groupby(["scenario", "candidate", "group"])["ratio"]
    figures = []
    for group in GROUPS:
        steady = ratios.get_group(("steady", "ours", group))
        figures.append(
            Figure(f"steady_{group}_calibration_error", abs(steady.mean() - 1), "|ratio - 1|, mean", WIDEST[group])
        )
        fall = {name: ratios.get_group(("sudden_fall", name, group)) for name in ("ours", "ours_unadapted")}
        log_error = {name: abs(float(np.log(values).mean())) for name, values in fall.items()}
        share = log_error["ours"] / log_error["ours_unadapted"]
        figures += [
            *_list_band(f"slow_drift_{group}", ratios.get_group(("slow_drift", "ours", group)).mean()),
            *_list_band(f"faster_closing_{group}", ratios.get_group(("faster_closing", "ours", group)).mean()),
            Figure(f"sudden_fall_{group}_ratio_mean", fall["ours"].mean(), "times the truth", 1.22),
            Figure(f"sudden_fall_{group}_log_error", share, "of the unadapted model's", 0.55),
        ]
    return [*figures, *_list_seeds(ratios.get_group(("steady", "ours", "new"))), *_compare(rows), *_list_table(rows)]


def _list_band(name: str, ratio: float) -> list[Figure]:
    return [
        Figure(f"{name}_ratio_mean", ratio, "times the truth", 0.93, ">="),
        Figure(f"{name}_ratio_mean", ratio, "times the truth", 1.12),
    ]


def _list_seeds(steady: pd.Series[float]) -> list[Figure]:
    return [
        Figure("steady_new_ratio_lowest_seed", steady.min(), "times the truth", 0.88, ">="),
        Figure("steady_new_ratio_highest_seed", steady.max(), "times the truth", 1.12),
    ]


def _compare(rows: pd.DataFrame) -> list[Figure]:
    excess = rows[rows["scenario"] == "steady"].groupby("candidate")["excess"].mean()
    return [
        Figure("steady_excess_log_loss_to_open_is_lost", excess["ours"] / excess["open_is_lost"], "times", 0.75),
        Figure("steady_excess_log_loss_to_matured_only", excess["ours"] / excess["matured_only"], "times", 1.1),
    ]


def _list_table(rows: pd.DataFrame) -> list[Figure]:
    table = []
    for (scenario, candidate, group), part in rows.groupby(["scenario", "candidate", "group"], sort=False):
        name = f"{scenario}.{group}.{candidate}"
        table += [
            Figure(f"{name}.ratio_mean", part["ratio"].mean(), "times the truth"),
            Figure(f"{name}.ratio_lowest", part["ratio"].min(), "times the truth"),
            Figure(f"{name}.ratio_highest", part["ratio"].max(), "times the truth"),
            Figure(f"{name}.excess_log_loss", part["excess"].mean(), "nats above the truth's own"),
        ]
    return table
