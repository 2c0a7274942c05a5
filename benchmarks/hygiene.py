"""Hygiene: whether a round finds every fault that was planted and nothing else, and near duplicates precisely."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import replace
from time import perf_counter
from typing import TYPE_CHECKING

import pandas as pd

from benchmarks.history import END
from benchmarks.near_duplicates import measure_near
from benchmarks.planted_faults import plant_faults
from benchmarks.record import Figure
from benchmarks.sound_history import make_sound_history
from data import Settings, import_source, load_mapping, open_store, read_tables
from data.duplicates import list_merges
from data.hygiene import make_round
from data.imports.quarantine import read_quarantine
from data.simulator import Simulation, write_simulation

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks.record import Progress
    from benchmarks.sizes import Sizes
    from benchmarks.sound_history import Frames

SHARE = 0.05
SEED = 3


def measure(sizes: Sizes, folder: Path, tell: Progress) -> list[Figure]:
    """Measure rounds of a sound operation and of the same one with faults, both imported from files."""
    tell(f"an operation of {sizes.leads:,} leads in which nothing needs a hand")
    frames = make_sound_history(sizes.leads, sizes.months)
    sound, _ = make_imported_round(frames, folder / "hygiene-sound")
    planted = plant_faults(frames, share=SHARE, seed=SEED)
    tell(f"{sum(map(len, planted.faults.values())):,} faults of {len(planted.faults)} kinds planted")
    found, seconds = make_imported_round(planted.frames, folder / "hygiene-planted")
    return [
        Figure("found_where_nothing_is_wrong", sum(map(len, sound.values())), "findings", 0),
        *compare(planted.faults, found),
        Figure("round", seconds, "seconds"),
        *measure_near(sizes, tell),
    ]


def make_imported_round(frames: Frames, folder: Path) -> tuple[dict[str, set[str]], float]:
    """Import contract tables into a store of their own and make the round as of the end.

    Returns:
        The row ids found, by rule, and the seconds that the round took. Duplicates are those that the import merged
        and those that are left.
    """
    write_simulation(Simulation(frames, frames["leads"][[]], frames["leads"][[]]), folder / "files")
    store = open_store(Settings(folder / "home"))
    try:
        history = replace(load_mapping("contract"), handover_history=True)  # handed over before the faults came
        import_source(store, folder / "files", history, arrived_at=END)
        began = perf_counter()
        with store.transaction() as connection:
            refused = read_quarantine(connection)
        findings = make_round(read_tables(store), END, name_rows(refused)).findings
        seconds = perf_counter() - began
        merged = list_merges(store)
        rules = merged["table"].map({"companies": "duplicate_company", "contacts": "duplicate_contact"})
        both = pd.concat([findings[["rule", "row_id"]], pd.DataFrame({"rule": rules, "row_id": merged["merged"]})])
        return collect(both), seconds
    finally:
        store.close()


def name_rows(refused: pd.DataFrame) -> pd.DataFrame:
    """Rows in quarantine, named by their own key instead of their place in the store."""
    return refused.assign(quarantine_id=[str(next(iter(content.values()))) for content in refused["content"]])


def collect(findings: pd.DataFrame) -> dict[str, set[str]]:
    """The row ids found, by rule."""
    found: dict[str, set[str]] = defaultdict(set)
    for rule, row in findings[["rule", "row_id"]].itertuples(index=False):
        found[rule].add(row)
    return found


def compare(planted: dict[str, set[str]], found: dict[str, set[str]]) -> list[Figure]:
    """Figures for each kind of fault: planted, missed, and found although it was not planted."""
    figures = []
    for rule in sorted({*planted, *found}):
        truth, claimed = planted.get(rule, set()), found.get(rule, set())
        figures += [
            Figure(f"{rule}_planted", len(truth), "rows", sense=">="),
            Figure(f"{rule}_missed", len(truth - claimed), "rows", 0),
            Figure(f"{rule}_found_besides", len(claimed - truth), "rows", 0),
        ]
    return figures
