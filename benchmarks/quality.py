"""Quality of the probabilities beside what a team could use instead: same rows, same folds, one run.

Flat files are judged with the product's own backtest, simulated operations against the truth that made them. It takes
more than an hour; what is done is kept in ``benchmarks/.parts`` under all that it depends on, so that a run that was
ended goes on where it was, and nothing is kept longer than it is true.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.peers import find_missing
from benchmarks.quality_bootstrap import find_leads
from benchmarks.quality_figures import compare_regrets, list_leads, list_measures, list_world_measures
from benchmarks.quality_jobs import Job, Places, do_job, list_jobs, list_peers, predict, read_set, work_off
from benchmarks.quality_judged import lay_out_judged
from benchmarks.quality_page import write_page
from benchmarks.quality_parts import KEPT
from benchmarks.quality_runs import OURS
from benchmarks.quality_sizes import SCENARIOS
from data.errors import EnvironmentFault

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.quality_sizes import QualitySizes
    from benchmarks.record import Figure, Progress
    from benchmarks.sizes import Sizes

PACKAGES = ("scikit-learn", "scipy", "xgboost-cpu", "catboost", "flaml")
"""Whose versions the results tell besides the usual ones."""

publish = write_page


def measure(sizes: Sizes, folder: Path, tell: Progress) -> list[Figure]:
    """Measure every method on every set and every simulated operation.

    Raises:
        EnvironmentFault: a peer is not installed, or a file is not there.
    """
    quality = sizes.quality
    if quality.every_peer:
        require_peers()
    places = Places(folder, KEPT if quality.every_peer else folder / "parts")
    work_off(list_jobs(quality), quality, places, tell)
    figures = []
    for name in quality.sets:
        figures += judge_set(name, quality, places)
    for scenario in SCENARIOS if quality.seeds else ():
        figures += judge_scenario(scenario, quality, places)
    return figures


def require_peers() -> None:
    """Refuse to measure without a peer.

    Raises:
        EnvironmentFault: one is not installed.
    """
    if missing := find_missing():
        raise EnvironmentFault(
            f"the peers {', '.join(missing)} are not installed here; make peers gets them into .venv-peers, and "
            ".venv-peers/bin/python -m benchmarks quality measures with them."
        )


def judge_set(name: str, sizes: QualitySizes, places: Places) -> list[Figure]:
    """The figures of a set, from what was kept of its jobs."""
    flat = read_set(name, sizes, places.folder)
    judged = lay_out_judged(flat)
    said = {method: predict(flat, method, places) for method in (OURS, *(peer.name for peer in list_peers()))}
    peers = {method: probability for method, probability in said.items() if method != OURS}
    leads = find_leads(judged, said[OURS], peers, sizes.draws)
    return list_measures(name, judged, said) + list_leads(name, leads)


def judge_scenario(scenario: str, sizes: QualitySizes, places: Places) -> list[Figure]:
    """The figures of a scenario, from what was kept of its operations."""
    results = np.stack([do_job(Job(scenario, seed), sizes, places) for seed in range(sizes.seeds)])
    return list_world_measures(scenario, results) + list_leads(scenario, compare_regrets(results))
