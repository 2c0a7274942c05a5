"""One lead's features, as the service computes them when something about it is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.history import END, make_history
from benchmarks.record import Figure
from benchmarks.timing import time_each
from data import import_source, load_mapping, read_tables
from data.simulator import write_simulation
from features import FeatureComputer, find_attributes
from serving.kept_leads import FEATURE_TABLES

if TYPE_CHECKING:
    from collections.abc import Sequence
    from pathlib import Path

    from numpy.typing import NDArray

    from benchmarks.sizes import Sizes
    from data import Store

GOAL_MS = 20.0
WARM_UP = 3
SEED = 11


def fill_store(store: Store, folder: Path, sizes: Sizes) -> list[str]:
    """Import a simulated operation and draw leads from it.

    Args:
        store: an empty one.
        folder: for the files in between.
        sizes: of the operation, and how many leads to draw.

    Returns:
        Leads that were called, in random order.
    """
    write_simulation(make_history(sizes.leads, sizes.months), folder)
    import_source(store, folder, load_mapping("contract"), arrived_at=END)
    called = read_tables(store, ("calls",))["calls"]["lead_id"].unique().to_pylist()
    drawn = np.random.default_rng(SEED).permutation(sorted(called))[: sizes.singles + WARM_UP]
    return [str(lead) for lead in drawn]


def measure_one_lead(store: Store, leads: Sequence[str]) -> list[Figure]:
    """Measure reading a lead's rows and computing its features, one lead after the other.

    Args:
        store: with the leads.
        leads: the first few, which prepare the queries, are not counted.
    """
    attributes = find_attributes(read_tables(store, ("leads",)))
    as_of = pd.Timestamp(END).as_unit("us")
    questions = {lead: pd.DataFrame({"lead_id": pd.Series([lead], dtype="str"), "as_of": as_of}) for lead in leads}
    rows = {}

    def read(lead: str) -> None:
        rows[lead] = read_tables(store, FEATURE_TABLES, leads=[lead])

    reading = time_each(read, leads)[WARM_UP:]
    with FeatureComputer(threads=1) as computer:
        computing = time_each(lambda lead: computer.compute(rows[lead], questions[lead], attributes), leads)[WARM_UP:]
    return [
        Figure("one_lead_features_median", _milliseconds(computing, 0.5), "ms", GOAL_MS),
        Figure("one_lead_features_p95", _milliseconds(computing, 0.95), "ms"),
        Figure("one_lead_read_median", _milliseconds(reading, 0.5), "ms"),
        Figure("one_lead_read_and_features_median", _milliseconds(reading + computing, 0.5), "ms"),
        Figure("one_lead_read_and_features_p95", _milliseconds(reading + computing, 0.95), "ms"),
    ]


def _milliseconds(seconds: NDArray[np.float64], share: float) -> float:
    return float(np.quantile(seconds, share)) * 1_000
