"""Near duplicates: of what is proposed, how much is one (precision); of what is one, how much is proposed (recall).

Companies and people are simulated, as :mod:`benchmarks.near_parties` says. The scores from which pairs are proposed
were chosen on the worlds of some seeds, by ``python -m benchmarks.near_duplicates``, and are measured on those of
others, which were never used for choosing.
"""

from __future__ import annotations

from time import process_time
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.near_parties import make_parties
from benchmarks.record import Figure
from data.duplicates.near import find_near
from data.duplicates.near_companies import propose_companies
from data.duplicates.near_contacts import propose_contacts

if TYPE_CHECKING:
    from collections.abc import Iterable

    from benchmarks.record import Progress
    from benchmarks.recorded_parties import Pairs
    from benchmarks.sizes import Sizes

CHOSEN_ON, MEASURED_ON = (1, 2, 3, 4), (101, 102, 103)
WORLD = 8_000
"""Companies in each world, before those recorded twice."""
LEAST_PRECISION, LEAST_RECALL, CHOSEN_PRECISION = 0.98, 0.9, 0.99
CANDIDATES = np.arange(0.5, 0.96, 0.05).round(2)
"""Below one half a pair is rather two than one."""

LARGE = 100_000
DEARER_PER_COMPANY = 1.5
"""How much more a company may cost to look at where there are ten times as many."""


def measure_near(sizes: Sizes, tell: Progress) -> list[Figure]:
    """Measure precision and recall of the proposals, and what the search costs at two sizes."""
    count = min(WORLD, sizes.many_leads)
    seeds = MEASURED_ON[: sizes.repetitions]
    tell(f"near duplicates among {count:,} companies, in {len(seeds)} worlds")
    told = {"companies": np.zeros(3), "contacts": np.zeros(3)}
    for seed in seeds:
        parties = make_parties(count, seed)
        near = find_near(*parties.frames())
        for kind, proposed, truth in zip(told, (near.companies, near.contacts), parties.pairs(), strict=True):
            told[kind] += count_hits(proposed, truth)
    figures = [figure for kind, counted in told.items() for figure in to_figures(kind, *counted)]
    return [*figures, *measure_cost(min(LARGE, sizes.many_leads), tell)]


def to_figures(kind: str, right: float, proposed: float, planted: float) -> list[Figure]:
    """Precision and recall of one kind, with how many pairs they stand on."""
    return [
        Figure(f"near_{kind}_planted", planted, "pairs", sense=">="),
        Figure(f"near_{kind}_precision", right / proposed if proposed else 0.0, "share", LEAST_PRECISION, ">="),
        Figure(f"near_{kind}_recall", right / planted if planted else 0.0, "share", LEAST_RECALL, ">="),
    ]


def count_hits(proposed: pd.DataFrame, truth: Pairs) -> tuple[int, int, int]:
    """How many proposals are right, how many there are, and how many there should be."""
    pairs = {(min(pair), max(pair)) for pair in zip(proposed["first"], proposed["second"], strict=True)}
    return len(pairs & truth), len(pairs), len(truth)


def measure_cost(large: int, tell: Progress) -> list[Figure]:
    """Seconds of the search at two sizes, the one ten times the other, and how much dearer a company becomes.

    The time is that of the processor, as the search runs on one core and others may be at work.
    """
    seconds = {}
    for count in (large // 10, large):
        tell(f"the cost of looking for near duplicates among {count:,} companies")
        frames = make_parties(count, seed=7).frames()
        began = process_time()
        find_near(*frames)
        seconds[count] = (process_time() - began, len(frames[0]))
    (few, companies), (many, all_companies) = seconds.values()
    ratio = (many / all_companies) / (few / companies)
    return [
        Figure(f"near_search_of_{large // 10}_companies", few, "processor seconds"),
        Figure(f"near_search_of_{large}_companies", many, "processor seconds"),
        Figure("near_search_per_company_at_ten_times_as_many", ratio, "times", DEARER_PER_COMPANY),
    ]


def choose_scores(seeds: Iterable[int] = CHOSEN_ON, count: int = WORLD) -> dict[str, float]:
    """The least scores from which proposals of all worlds together are precise enough."""
    told: dict[str, list[pd.DataFrame]] = {"companies": [], "contacts": []}
    for seed in seeds:
        parties = make_parties(count, seed)
        companies, contacts = parties.frames()
        near = propose_companies(companies, contacts, least=CANDIDATES[0])
        people = propose_contacts(contacts, companies, propose_companies(companies, contacts), least=CANDIDATES[0])
        for kind, proposed, truth in zip(told, (near, people), parties.pairs(), strict=True):
            told[kind].append(_label(proposed, truth))
    return {kind: choose_score(pd.concat(frames)) for kind, frames in told.items()}


def choose_score(labelled: pd.DataFrame) -> float:
    """The least candidate from which the precision of ``score`` and ``right`` is enough; the greatest where none is."""
    precise = [
        least for least in CANDIDATES if labelled["right"][labelled["score"] >= least].mean() >= CHOSEN_PRECISION
    ]
    return float(min(precise, default=CANDIDATES[-1]))


def _label(proposed: pd.DataFrame, truth: Pairs) -> pd.DataFrame:
    pairs = zip(proposed["first"], proposed["second"], strict=True)
    return proposed.assign(right=[(min(pair), max(pair)) in truth for pair in pairs])[["score", "right"]]


if __name__ == "__main__":
    print(choose_scores())
