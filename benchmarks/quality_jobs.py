"""The work of measuring quality, cut into jobs that processes share; what a job finds is kept as parts."""

from __future__ import annotations

import os
from concurrent.futures import ProcessPoolExecutor, as_completed
from functools import lru_cache
from multiprocessing import get_context
from time import perf_counter
from typing import TYPE_CHECKING, NamedTuple

from benchmarks.peers import PEERS
from benchmarks.quality_runs import OURS, predict_ours, predict_peer
from benchmarks.quality_sets import load_set
from benchmarks.quality_sizes import SCENARIOS
from benchmarks.quality_worlds import judge_world

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    import numpy as np
    from numpy.typing import NDArray

    from benchmarks.peers import Peer
    from benchmarks.quality_sets import FlatSet
    from benchmarks.quality_sizes import QualitySizes
    from benchmarks.record import Progress

SLOW_FIRST = ("catboost", "flaml", OURS, "networks")
ONE_THREAD = dict.fromkeys(("OMP_NUM_THREADS", "OPENBLAS_NUM_THREADS", "MKL_NUM_THREADS"), "1")

read_set = lru_cache(maxsize=None)(load_set)
"""A process reads a set once."""


class Job(NamedTuple):
    """A method on a set, or a simulated operation of a scenario."""

    of: str
    by: str | int

    def __str__(self) -> str:
        return f"{self.of}: {self.by}" if isinstance(self.by, str) else f"{self.of}: operation {self.by + 1}"


class Places(NamedTuple):
    """Where the work finds what it needs.

    Attributes:
        folder: for files that are read in part.
        parts: where results are kept.
    """

    folder: Path
    parts: Path


def list_peers() -> tuple[Peer, ...]:
    """The peers that can be measured here."""
    return tuple(peer for peer in PEERS if peer.installed)


def list_jobs(sizes: QualitySizes) -> list[Job]:
    """All jobs of a run, those that take long first, so that no process is left with one at the end."""
    methods = (OURS, *(peer.name for peer in list_peers()))
    first = sorted(methods, key=lambda name: SLOW_FIRST.index(name) if name in SLOW_FIRST else len(SLOW_FIRST))
    flat = [Job(name, method) for method in first for name in sizes.sets]
    return flat + [Job(scenario, seed) for scenario in SCENARIOS for seed in range(sizes.seeds)]


def work_off(jobs: list[Job], sizes: QualitySizes, places: Places, tell: Progress) -> None:
    """Do the jobs, in as many processes as the sizes say, and tell of each that is done."""
    began = perf_counter()
    for done, job in enumerate(_finish(jobs, sizes, places), start=1):
        tell(f"{done}/{len(jobs)} {job}, {(perf_counter() - began) / 60:.1f} minutes")


def do_job(job: Job, sizes: QualitySizes, places: Places) -> NDArray[np.float64]:
    """Do one job, or read what was kept of it."""
    if isinstance(job.by, int):
        return judge_world(job.of, job.by, sizes, places.parts)
    return predict(read_set(job.of, sizes, places.folder), job.by, places)


def predict(flat: FlatSet, method: str, places: Places) -> NDArray[np.float64]:
    """What a method says about the judged rows of a set."""
    if method == OURS:
        return predict_ours(flat, places.parts)
    return predict_peer(flat, next(peer for peer in PEERS if peer.name == method), places.parts)


def _finish(jobs: list[Job], sizes: QualitySizes, places: Places) -> Iterator[Job]:
    if not sizes.workers:
        for job in jobs:
            do_job(job, sizes, places)
            yield job
        return
    os.environ.update(ONE_THREAD)  # read by the libraries when a process of its own begins
    with ProcessPoolExecutor(sizes.workers, mp_context=get_context("spawn")) as pool:
        begun = {pool.submit(do_job, job, sizes, places): job for job in jobs}
        try:
            for finished in as_completed(begun):
                finished.result()
                yield begun[finished]
        finally:
            pool.shutdown(cancel_futures=True)
