"""Features: per million calls beside a query by hand, and of one lead when something is written."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.call_features import TABLES, query_calls
from benchmarks.history import END, load_tables
from benchmarks.one_lead import fill_store, measure_one_lead
from benchmarks.record import Figure
from benchmarks.timing import time_once, time_pair
from data import Settings, open_store
from features import FEATURES, compute_features, find_attributes

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.record import Progress
    from benchmarks.sizes import Sizes
    from data.frames import Tables

MILLION = 1_000_000


def measure(sizes: Sizes, folder: Path, tell: Progress) -> list[Figure]:
    """Measure features in bulk and of single leads."""
    tables = load_tables(folder, sizes.many_leads, sizes.months, tell)
    figures = [Figure("calls", tables["calls"].num_rows, "calls", sense=">=")]
    for grain, questions in (("per_lead", ask_each_lead(tables)), ("per_call", ask_each_call(tables))):
        tell(f"computing features, one as-of {grain.replace('_', ' ')}")
        figures += measure_bulk(tables, questions, grain, sizes.repetitions)
    del tables
    store = open_store(Settings(folder / "home"))
    try:
        tell(f"filling a store with {sizes.leads:,} leads")
        leads = fill_store(store, folder / "csv", sizes)
        tell("computing features of one lead at a time")
        return figures + measure_one_lead(store, leads)
    finally:
        store.close()


def measure_bulk(tables: Tables, questions: pd.DataFrame, grain: str, repetitions: int) -> list[Figure]:
    """Measure all features, and those of calls beside the query by hand.

    Those of calls are computed from the tables that the query reads, which makes the few features of leads and
    campaigns too.

    Raises:
        AssertionError: the two do not compute the same.
    """
    few = {name: tables[name] for name in TABLES}
    require_equal(compute_features(few, questions, ()), query_calls(few, questions))
    pair = time_pair(lambda: compute_features(few, questions, ()), lambda: query_calls(few, questions), repetitions)
    attributes = find_attributes(tables)
    everything = [time_once(lambda: compute_features(tables, questions, attributes)) for _ in range(repetitions)]
    scale, unit = MILLION / tables["calls"].num_rows, "seconds per million calls"
    return [
        Figure(f"all_features_as_of_{grain}", float(np.median(everything)) * scale, unit),
        Figure(f"call_features_as_of_{grain}", pair.seconds * scale, unit),
        Figure(f"call_features_by_hand_as_of_{grain}", pair.beside * scale, unit),
        Figure(f"call_features_ratio_as_of_{grain}", pair.ratio, "times the query by hand"),
    ]


def ask_each_lead(tables: Tables) -> pd.DataFrame:
    """One question per lead, at the end of the history."""
    return pd.DataFrame({"lead_id": tables["leads"]["lead_id"].to_pandas(), "as_of": pd.Timestamp(END).as_unit("us")})


def ask_each_call(tables: Tables) -> pd.DataFrame:
    """One question before each call to a lead that was known by then."""
    leads, calls = tables["leads"], tables["calls"].select(["lead_id", "occurred_at"]).to_pandas()
    born = leads.select(["occurred_at", "known_at"]).to_pandas().max(axis=1)
    born.index = pd.Index(leads["lead_id"].to_pandas())
    known = calls["lead_id"].map(born) < calls["occurred_at"]
    return calls[known].rename(columns={"occurred_at": "as_of"}).reset_index(drop=True)


def require_equal(ours: pd.DataFrame, by_hand: pd.DataFrame) -> None:
    """Refuse to compare what does not compute the same.

    Raises:
        AssertionError: a feature of calls is missing by hand, or a value differs.
    """
    assert set(by_hand.columns) == {name for name, one in FEATURES.items() if one.source.table == "calls"}
    for name in by_hand.columns:
        kind, hand = FEATURES[str(name)].kind, by_hand[name]
        if kind == "category":
            assert ours[name].fillna("").tolist() == hand.fillna("").tolist(), name
        elif kind == "count":
            assert np.array_equal(ours[name], hand.astype(float).fillna(0)), name
        else:
            assert np.allclose(ours[name], hand.astype(float), rtol=1e-9, atol=0, equal_nan=True), name
