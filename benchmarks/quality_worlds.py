"""Quality against the truth: simulated operations in which the probability of every open lead is known.

What hides in a lead cannot be known to any model, so sums and orders are judged, not rows: whether the probabilities
add up to the true ones, and how many wins are lost by calling the fifth that a model puts first instead of the best.
"""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from threadpoolctl import threadpool_limits

from benchmarks.history import make_tables
from benchmarks.peers import PEERS, Rows
from benchmarks.quality_parts import digest_sources, keep_part
from benchmarks.quality_runs import OURS, PEER_SEED, ROOMS
from benchmarks.record import read_packages
from data.simulator import read_scenario, simulate
from features import compute_features, find_attributes
from training import ask_open_leads, ask_questions, fit_artefact, score_questions

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from benchmarks.quality_sizes import QualitySizes
    from data.frames import Tables
    from data.simulator import Scenario, Simulation

CUT = datetime(2026, 4, 30, 22, tzinfo=UTC)
"""Midnight in Copenhagen at a month's end: the truth of every open lead is known then."""
END = datetime(2026, 5, 31, 22, tzinfo=UTC)
AHEAD_MONTHS = 1
HORIZON_DAYS = 180
FIRST_SHARE = 0.2
RIVALS = ("lightgbm", "logistic", "naive_bayes", "points")
METHODS = (OURS, *RIVALS)
KINDS = ("open", "new")
"""Leads that are open when the model is trained, and those that are created in the month after."""


@dataclass(frozen=True)
class World:
    """A simulated operation when a model is trained, and the leads that it is judged on.

    Attributes:
        tables: contract tables; what happened after the cut is there, and not learned from.
        judged: ``lead_id``, ``as_of``, ``kind`` and ``truth``, the true probability of a win within 180 days.
    """

    tables: Tables
    judged: pd.DataFrame


def judge_world(scenario: str, seed: int, sizes: QualitySizes, parts: Path) -> NDArray[np.float64]:
    """What each method makes of one operation.

    Returns:
        For each of :data:`METHODS` and each of :data:`KINDS` the sum of its probabilities ÷ the true sum, and its
        regret: the share of true wins among the best fifth that is lost by calling the fifth it puts first; shape
        (methods, kinds, 2).
    """
    inputs = {
        "world": [scenario, seed, sizes.leads, sizes.months],
        "sources": digest_sources(*ROOMS, "benchmarks/peers"),
        "versions": read_packages(("lightgbm", "numpy", "pandas", "scikit-learn")),
    }
    return keep_part(parts, inputs, lambda: _judge(make_world(scenario, seed, sizes)))


def make_world(scenario: str, seed: int, sizes: QualitySizes) -> World:
    """Simulate an operation until a month after the cut."""
    months = sizes.months + AHEAD_MONTHS
    simulation = simulate(leads=sizes.leads, months=months, end=END, seed=seed, scenario=read_before_cut(scenario))
    return World(make_tables(simulation.tables), choose_judged(simulation))


def read_before_cut(name: str) -> Scenario:
    """The scenario with its fall as long before the cut as it says it is before the end."""
    scenario = read_scenario(name)
    earlier = scenario.market.fall_months_before_end + AHEAD_MONTHS
    return replace(scenario, market=replace(scenario.market, fall_months_before_end=earlier))


def choose_judged(simulation: Simulation) -> pd.DataFrame:
    """The leads open at the cut, and those created after it as of their creation, with the truth of each."""
    truth = simulation.truth[simulation.truth["days"] == HORIZON_DAYS]
    leads = simulation.tables["leads"].groupby("lead_id")[["occurred_at", "known_at"]].min().max(axis=1)
    created = truth["lead_id"].map(leads)
    at_creation = (truth["as_of"] > created) & (truth["as_of"] <= created + pd.Timedelta(seconds=1))
    chosen = {"open": truth["as_of"] == CUT, "new": at_creation & (truth["as_of"] > CUT)}
    rows = [truth[mask & created.notna()].assign(kind=kind) for kind, mask in chosen.items()]
    judged = pd.concat(rows, ignore_index=True).rename(columns={"probability": "truth"})
    return judged[["lead_id", "as_of", "kind", "truth"]]


def judge_promises(truth: NDArray[np.float64], promised: NDArray[np.float64]) -> tuple[float, float]:
    """Calibration ratio and regret of some leads.

    >>> judge_promises(np.array([0.5, 0.3, 0.1, 0.1, 0.0]), np.array([0.2, 0.4, 0.0, 0.0, 0.0]))
    (0.6, 0.4)
    """
    calls = max(int(len(truth) * FIRST_SHARE), 1)
    best = np.sort(truth)[::-1][:calls].sum()
    found = truth[np.argsort(-promised, kind="stable")[:calls]].sum()
    return round(float(promised.sum() / truth.sum()), 9), round(float(1 - found / best), 9)


def _judge(world: World) -> NDArray[np.float64]:
    judged = _keep_open(world)
    said = {OURS: _score(world.tables, judged), **_ask_rivals(world.tables, judged)}
    results = np.full((len(METHODS), len(KINDS), 2), np.nan)
    for place, kind in enumerate(KINDS):
        rows = (judged["kind"] == kind).to_numpy()
        for method, promised in said.items():
            truth = judged["truth"].to_numpy()[rows]
            results[METHODS.index(method), place] = judge_promises(truth, promised[rows])
    return results


def _keep_open(world: World) -> pd.DataFrame:
    """Without leads that count as closed in what was recorded."""
    known = set(ask_open_leads(world.tables, CUT)["lead_id"])
    kept = (world.judged["kind"] == "new") | world.judged["lead_id"].isin(known)
    return world.judged[kept].reset_index(drop=True)


def _score(tables: Tables, judged: pd.DataFrame) -> NDArray[np.float64]:
    scored = score_questions(tables, judged[["lead_id", "as_of"]], fit_artefact(tables, CUT))
    return scored.scores[f"probability_{HORIZON_DAYS}_days"].to_numpy(float)


def _ask_rivals(tables: Tables, judged: pd.DataFrame) -> dict[str, NDArray[np.float64]]:
    """Peers learn from the same questions; what was not won within 180 days by the cut counts as lost."""
    questions, attributes = ask_questions(tables, CUT), find_attributes(tables, CUT)
    won = np.asarray((questions["outcome"] == "won") & (questions["days"] <= HORIZON_DAYS), dtype=np.int_)
    weight = questions["weight"].to_numpy(float)
    rows = Rows(compute_features(tables, questions, attributes), won, weight / weight.mean(), ordered=True)
    asked = compute_features(tables, judged[["lead_id", "as_of"]], attributes)
    with threadpool_limits(1):
        return {peer.name: peer.fit(rows, PEER_SEED)(asked) for peer in PEERS if peer.name in RIVALS}
