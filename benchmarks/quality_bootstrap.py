"""Whether a peer is better than callworth by more than chance: paired bootstrap on the same judged rows.

AUC, log-loss and Brier score are resampled by row; AUC within steps by step; where rows have no order, all of them by
group of kin. Each draw weighs the rows of both methods alike.
Source: Efron and Tibshirani, An Introduction to the Bootstrap, 1993 (percentile intervals).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from benchmarks.quality_measures import HIGHER

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from numpy.typing import NDArray

    from benchmarks.quality_judged import Judged

    Measures = dict[str, NDArray[np.float64]]

COMPARED = ("auc", "auc_within", "log_loss", "brier")
BATCH = 50
SEED = 4
TAILS = (2.5, 97.5)
LEAST = 1e-9


@dataclass(frozen=True)
class Lead:
    """By how much a peer is better than callworth in a measure; negative where it is worse.

    Attributes:
        peer: its name.
        measure: of :data:`COMPARED`.
        value: on the judged rows.
        low: lower end of the 95 % interval.
        high: upper end.
    """

    peer: str
    measure: str
    value: float
    low: float
    high: float

    @property
    def beyond_chance(self) -> float:
        """The lead where the whole interval is above 0; else 0."""
        return self.value if self.low > 0 else 0.0


def find_leads(
    judged: Judged, ours: NDArray[np.float64], peers: Mapping[str, NDArray[np.float64]], draws: int
) -> list[Lead]:
    """The lead of each peer in each measure.

    Args:
        judged: m rows.
        ours: the product's probabilities (m,).
        peers: those of each peer (m,).
        draws: of the bootstrap.
    """
    methods = {"": ours, **peers}
    whole = {name: _weigh(judged, said, np.ones((1, len(judged.won))), COMPARED) for name, said in methods.items()}
    drawn = _draw(judged, methods, draws)
    leads = []
    for peer in peers:
        for measure in COMPARED:
            sign = 1 if measure in HIGHER else -1
            value = sign * float(whole[peer][measure][0] - whole[""][measure][0])
            low, high = np.nanpercentile(sign * (drawn[peer][measure] - drawn[""][measure]), TAILS)
            leads.append(Lead(peer, measure, value, float(low), float(high)))
    return leads


def weighted_auc(
    won: NDArray[np.int_], probability: NDArray[np.float64], weight: NDArray[np.float64]
) -> NDArray[np.float64]:
    """AUC under several weights of the same rows at once; ties count half.

    Args:
        won: 0 or 1 (m,).
        probability: (m,).
        weight: (d, m).

    Returns:
        AUC under each (d,); NaN where only one outcome has weight.

    >>> weighted_auc(np.array([0, 1, 0]), np.array([0.1, 0.2, 0.3]), np.array([[1.0, 1, 1], [3, 1, 1]])).tolist()
    [0.5, 0.75]
    """
    order = np.argsort(probability, kind="stable")
    starts = np.flatnonzero(np.diff(probability[order], prepend=np.nan) != 0)
    sorted_weight, sorted_won = weight[:, order], won[order]
    above = np.add.reduceat(sorted_weight * sorted_won, starts, axis=1)
    below = np.add.reduceat(sorted_weight * (1 - sorted_won), starts, axis=1)
    pairs = (above * (np.cumsum(below, axis=1) - below / 2)).sum(axis=1)
    all_pairs = above.sum(axis=1) * below.sum(axis=1)
    return np.divide(pairs, all_pairs, out=np.full(len(weight), np.nan), where=all_pairs > 0)


def _draw(judged: Judged, methods: Mapping[str, NDArray[np.float64]], draws: int) -> dict[str, Measures]:
    chance = np.random.default_rng(SEED)
    plans = _plan_draws(judged)
    gathered: dict[str, dict[str, list[NDArray[np.float64]]]] = {name: {} for name in methods}
    for group, measures in plans:
        for weight in _draw_weights(group, draws, chance):
            for name, said in methods.items():
                for measure, values in _weigh(judged, said, weight, measures).items():
                    gathered[name].setdefault(measure, []).append(values)
    return {name: {measure: np.concatenate(values) for measure, values in of.items()} for name, of in gathered.items()}


def _plan_draws(judged: Judged) -> list[tuple[NDArray[np.int_], tuple[str, ...]]]:
    """What is drawn as one, and which measures it is drawn for."""
    if judged.kin is not None:
        return [(judged.kin, COMPARED)]
    pooled = tuple(measure for measure in COMPARED if measure != "auc_within")
    return [(np.arange(len(judged.won)), pooled), (judged.step, ("auc_within",))]


def _draw_weights(group: NDArray[np.int_], draws: int, chance: np.random.Generator) -> Iterator[NDArray[np.float64]]:
    labels, place = np.unique(group, return_inverse=True)
    for first in range(0, draws, BATCH):
        size = (min(BATCH, draws - first), len(labels))
        times = np.stack([np.bincount(one, minlength=len(labels)) for one in chance.integers(0, len(labels), size)])
        yield times[:, place].astype(float)


def _weigh(
    judged: Judged, probability: NDArray[np.float64], weight: NDArray[np.float64], measures: tuple[str, ...]
) -> Measures:
    inside = np.clip(probability, LEAST, 1 - LEAST)
    found = {}
    if "auc" in measures:
        rounds = [weighted_auc(judged.won[rows], probability[rows], weight[:, rows]) for rows in judged.by_repetition]
        found["auc"] = np.mean(rounds, axis=0)
    if "log_loss" in measures:
        loss = -np.log(np.where(judged.won == 1, inside, 1 - inside))
        found["log_loss"] = weight @ loss / weight.sum(axis=1)
    if "brier" in measures:
        found["brier"] = weight @ (inside - judged.won) ** 2 / weight.sum(axis=1)
    if "auc_within" in measures:
        found["auc_within"] = _weigh_within(judged, probability, weight)
    return found


def _weigh_within(judged: Judged, probability: NDArray[np.float64], weight: NDArray[np.float64]) -> NDArray[np.float64]:
    """Mean AUC over the steps, weighted by wins; steps with one outcome alone do not count."""
    total, wins = np.zeros(len(weight)), np.zeros(len(weight))
    for rows in judged.by_step:
        auc = weighted_auc(judged.won[rows], probability[rows], weight[:, rows])
        won = np.where(np.isnan(auc), 0, weight[:, rows] @ judged.won[rows])
        total += np.nan_to_num(auc) * won
        wins += won
    return np.divide(total, wins, out=np.full(len(weight), np.nan), where=wins > 0)
