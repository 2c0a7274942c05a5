"""The leak guard: whether it finds the leaks that are planted, of each kind and strength, and no honest column."""

from __future__ import annotations

from collections import defaultdict
from datetime import timedelta
from time import perf_counter
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.history import END
from benchmarks.planted_changes import HONEST, LEAKING, plant_changes
from benchmarks.planted_leaks import LEAKS, draw_outcomes
from benchmarks.real_leaks import measure_real_files
from benchmarks.record import Figure
from benchmarks.sizes import FULL
from data.frames import to_arrow
from data.simulator import simulate
from features import compute_features, find_attributes
from training import ask_questions, read_outcomes
from training.leaks.guard import LEAST_OUTCOMES, find_leaks
from training.leaks.store_guard import find_store_leaks

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator
    from datetime import datetime
    from pathlib import Path

    from benchmarks.record import Progress
    from benchmarks.sizes import Sizes
    from data.frames import Tables

ROWS = (300, 1_000, 4_000, 12_000, 40_000)
BASE_RATES = (0.01, 0.05, 0.2, 0.5)
SEEDS = 10
SCENARIOS = ("steady", "slow_drift", "sudden_fall", "faster_closing", "uneven_campaigns")
DAYS_BACK = (0, 180, 420)
GOAL = 0.95
SCARCE = "with_fewer_outcomes_than_that"


def measure(sizes: Sizes, folder: Path, tell: Progress) -> list[Figure]:  # noqa: ARG001 - as every benchmark
    """Measure on flat files and stores that are simulated, and on real files where they are there."""
    full = sizes is FULL
    tell("flat files with a leak of each kind and strength")
    figures = measure_files(ROWS if full else ROWS[1:3], SEEDS if full else 2)
    tell("stores, and exports that change rows month by month")
    figures += measure_stores(SCENARIOS if full else SCENARIOS[:1], 8_000 if full else 2_000)
    return figures + measure_real_files(tell)


def measure_files(sizes: Iterable[int], seeds: int) -> list[Figure]:
    """Found shares by kind and strength, over files of all sizes and base rates with enough outcomes."""
    found: dict[str, list[bool]] = defaultdict(list)
    alarms, files, slowest = 0, 0, 0.0
    for generator, rows, base_rate in _list_files(sizes, seeds):
        honest, won = draw_outcomes(generator, rows, base_rate)
        outcomes = int(min(won.sum(), rows - won.sum()))
        if outcomes < LEAST_OUTCOMES:
            continue
        files += 1
        alarms += len(find_leaks(honest, won))
        planted = {leak.name: leak.plant(generator, won) for leak in LEAKS}
        began = perf_counter()
        named = {leak.column for leak in find_leaks(honest.assign(**planted), won)}
        slowest = max(slowest, perf_counter() - began)
        for leak in LEAKS:
            found[leak.name if outcomes >= leak.least else SCARCE].append(leak.name in named)
    scarce = found.pop(SCARCE, [])
    shares = [
        Figure(f"found_{name}", float(np.mean(each)), "share of files", GOAL, ">=") for name, each in found.items()
    ]
    return [
        Figure("files", files, "simulated flat files", sense=">="),
        *shares,
        *(Figure(f"found_{SCARCE}", float(np.mean(each)), "share of leaks", sense=">=") for each in [scarce] if each),
        Figure("false_alarms_in_files", alarms, "honest columns refused", 0),
        Figure("slowest_file", slowest, "seconds"),
    ]


def measure_stores(scenarios: Iterable[str], leads: int) -> list[Figure]:
    """Honest attributes of simulated operations, at several cuts, and attributes that exports change at closing."""
    alarms, found, changed = 0, [], 0
    for scenario in scenarios:
        simulation = simulate(leads=leads, months=24, end=END, seed=1, scenario=scenario)
        tables = {name: to_arrow(name, frame) for name, frame in simulation.tables.items()}
        for days in DAYS_BACK:
            alarms += len(find_in_store(tables, END - timedelta(days=days)))
        changing = plant_changes(tables, read_outcomes(tables, END), pd.Timestamp(END), seed=1)
        named = find_in_store(changing, END - timedelta(days=DAYS_BACK[1]))
        changed += len(named & {*HONEST})
        found += [name in named for name in LEAKING]
    return [
        Figure("found_changed_after_closing", float(np.mean(found)), "share of attributes", GOAL, ">="),
        Figure("false_alarms_in_stores", alarms, "honest columns refused", 0),
        Figure("false_alarms_among_changing_attributes", changed, "honest columns refused", 0),
    ]


def find_in_store(tables: Tables, cut: datetime) -> set[str]:
    """The columns that the guard of the store names with what was known at a moment."""
    questions, attributes = ask_questions(tables, cut), find_attributes(tables, cut)
    first = questions[~questions["lead_id"].duplicated()].reset_index(drop=True)
    features, lives = compute_features(tables, first, attributes), read_outcomes(tables, cut)
    return {leak.column for leak in find_store_leaks(tables, first, features, attributes, cut, lives=lives)}


def _list_files(sizes: Iterable[int], seeds: int) -> Iterator[tuple[np.random.Generator, int, float]]:
    for rows in sizes:
        for base_rate in BASE_RATES:
            for seed in range(seeds):
                yield np.random.default_rng([rows, int(1_000 * base_rate), seed]), rows, base_rate
