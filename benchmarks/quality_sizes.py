"""How much of the quality of probabilities is measured: in full, or just enough to see that it runs."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import UTC, datetime

SETS = ("bank-additional", "bank-additional-delayed", "bank-full", "b2b-sales")
SCENARIOS = ("steady", "slow_drift", "sudden_fall")


@dataclass(frozen=True)
class QualitySizes:
    """The sizes of one run.

    Attributes:
        every_peer: refuse to measure where one is not installed; else those that are there do.
        workers: processes that share the work; 0 does it in this one.
        sets: flat files, of :data:`SETS`.
        apart: of the bank's files only every so-manyth row is read.
        window: rows that a step of the bank's rolling origin learns from.
        step: rows that it is judged on.
        start: first row that is judged.
        delay: rows until an outcome may be learned from, in the delayed set.
        months_from: first month of ``bank-full`` that is judged.
        repetitions: of the cross-validation.
        draws: of the bootstrap.
        seeds: simulated operations of each scenario.
        leads: of such an operation.
        months: of its history before the model is trained.
    """

    every_peer: bool = False
    workers: int = 0
    sets: tuple[str, ...] = SETS
    apart: int = 20
    window: int = 1_000
    step: int = 400
    start: int = 1_236
    delay: int = 100
    months_from: datetime = datetime(2010, 5, 1, tzinfo=UTC)
    repetitions: int = 1
    draws: int = 50
    seeds: int = 1
    leads: int = 2_000
    months: int = 23


FULL_QUALITY = QualitySizes(
    every_peer=True,
    workers=2,
    apart=1,
    window=20_000,
    step=500,
    start=24_713,
    delay=2_000,
    months_from=datetime(2009, 1, 1, tzinfo=UTC),
    repetitions=5,
    draws=1_000,
    seeds=20,
    leads=4_000,
    months=23,
)
QUICK_QUALITY = QualitySizes()
