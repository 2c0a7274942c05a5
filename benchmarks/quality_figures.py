"""The figures of quality, their goals, and the names under which the results keep them."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal

import numpy as np

from benchmarks.quality_bootstrap import TAILS, Lead
from benchmarks.quality_measures import HIGHER, UNITS, measure_method, measure_tenths
from benchmarks.quality_runs import OURS
from benchmarks.quality_worlds import KINDS, METHODS, RIVALS
from benchmarks.record import Figure

if TYPE_CHECKING:
    from collections.abc import Mapping, Sequence

    from numpy.typing import NDArray

    from benchmarks.quality_judged import Judged

MOST_LEAD = 0.005
"""No peer may be better by more than this and by more than chance."""

GOALS: dict[str, dict[str, float]] = {
    "bank-additional": {
        "auc": 0.80,
        "auc_within": 0.66,
        "log_loss": 0.410,
        "calibration_error": 0.05,
        "worst_tenth": 1.25,
        "better_half": 0.84,
    },
    "bank-additional-delayed": {"auc": 0.76, "log_loss": 0.45, "calibration_error": 0.15},
}
"""What was promised of callworth in each set."""

WORLD_UNITS = {"calibration_ratio": "ratio", "regret": "share of true wins"}
WORLD_DRAWS, WORLD_SEED = 2_000, 6


def list_measures(name: str, judged: Judged, said: Mapping[str, NDArray[np.float64]]) -> list[Figure]:
    """Every measure of every method on a set, and callworth's calibration by tenth.

    Args:
        name: of the set.
        judged: m rows.
        said: the probabilities of each method (m,).
    """
    figures = []
    for method, probability in said.items():
        measures = measure_method(judged, probability)
        goals = GOALS.get(name, {}) if method == OURS else {}
        figures += [_measure(name, method, measure, value, goals) for measure, value in measures.items()]
        if "calibration_error" in goals:
            off = abs(measures["calibration_ratio"] - 1)
            figures.append(_measure(name, method, "calibration_error", off, goals))
    for place, ratio in enumerate(measure_tenths(judged, said[OURS]), start=1):
        if np.isfinite(ratio):
            figures.append(Figure(f"{name}: {OURS}: tenth {place} calibration_ratio", ratio, "ratio"))
    return figures


def list_leads(name: str, leads: Sequence[Lead]) -> list[Figure]:
    """The best peer's lead in each measure with its interval, and whether any peer is better by more than it may be."""
    figures = []
    for measure in dict.fromkeys(lead.measure for lead in leads):
        of_measure = [lead for lead in leads if lead.measure == measure]
        best = max(of_measure, key=lambda lead: lead.value)
        unit = UNITS.get(measure) or WORLD_UNITS[measure.split()[-1]]
        figures += [
            Figure(f"{name}: {measure}: lead of {best.peer}", best.value, unit),
            Figure(f"{name}: {measure}: lead of {best.peer}, low", best.low, unit),
            Figure(f"{name}: {measure}: lead of {best.peer}, high", best.high, unit),
        ]
        beyond = max(lead.beyond_chance for lead in of_measure)
        figures.append(Figure(f"{name}: {measure}: lead of a peer beyond chance", beyond, unit, MOST_LEAD))
    return figures


def list_world_measures(name: str, results: NDArray[np.float64]) -> list[Figure]:
    """Means over the seeds of a scenario.

    Args:
        name: of the scenario.
        results: of :func:`benchmarks.quality_worlds.judge_world` for each seed (seeds, methods, kinds, 2).
    """
    means = results.mean(axis=0)
    return [
        Figure(f"{name}: {method}: {kind} {measure}", float(means[place, group, column]), unit)
        for place, method in enumerate(METHODS)
        for group, kind in enumerate(KINDS)
        for column, (measure, unit) in enumerate(WORLD_UNITS.items())
    ]


def compare_regrets(results: NDArray[np.float64]) -> list[Lead]:
    """The lead of each rival in regret over the seeds of a scenario, resampled by seed."""
    drawn = np.random.default_rng(WORLD_SEED).integers(0, len(results), (WORLD_DRAWS, len(results)))
    leads = []
    for rival in RIVALS:
        ahead = results[:, METHODS.index(OURS), :, 1] - results[:, METHODS.index(rival), :, 1]
        for group, kind in enumerate(KINDS):
            low, high = np.percentile(ahead[drawn, group].mean(axis=1), TAILS)
            leads.append(Lead(rival, f"{kind} regret", float(ahead[:, group].mean()), float(low), float(high)))
    return leads


def _measure(name: str, method: str, measure: str, value: float, goals: Mapping[str, float]) -> Figure:
    sense: Literal[">=", "<="] = ">=" if measure in HIGHER else "<="
    return Figure(f"{name}: {method}: {measure}", value, UNITS.get(measure, "ratio"), goals.get(measure), sense)
