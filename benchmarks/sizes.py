"""How much a benchmark measures: in full, or just enough to see that it runs."""

from __future__ import annotations

from dataclasses import dataclass

from benchmarks.quality_sizes import FULL_QUALITY, QUICK_QUALITY, QualitySizes


@dataclass(frozen=True)
class Sizes:
    """The sizes of one run.

    Attributes:
        many_leads: of the operation whose features are computed in bulk.
        leads: of the operation that is learned, scored and kept in the store.
        months: of history in both.
        singles: leads or rows that are measured one by one.
        repetitions: of each pair of works that are compared.
        trainings: the same, of training, which takes longer.
        demo: options of ``callworth demo`` besides ``--no-serve``.
        imports: turns of an import and a COPY, which take longer as well.
        few_calls: of an import, such as one of a day.
        calls: of an import that is compared with a COPY.
        many_calls: of an import whose memory must not grow with it.
        quality: of the measurement of probabilities.
        truth_leads: of each operation whose true probabilities are held against the model's.
        truth_seeds: operations of each scenario.
        installs: also measure ``make run`` in a fresh copy of the checkout.
    """

    many_leads: int
    leads: int
    months: int
    singles: int
    repetitions: int
    trainings: int
    demo: tuple[str, ...] = ()
    imports: int = 1
    few_calls: int = 2_000
    calls: int = 2_000
    many_calls: int = 4_000
    quality: QualitySizes = QUICK_QUALITY
    truth_leads: int = 6_000
    truth_seeds: int = 1
    installs: bool = True


FULL = Sizes(
    many_leads=142_000,
    leads=20_000,
    months=30,
    singles=300,
    repetitions=5,
    trainings=3,
    imports=3,
    few_calls=100_000,
    calls=1_000_000,
    many_calls=10_000_000,
    quality=FULL_QUALITY,
    truth_leads=20_000,
    truth_seeds=5,
)
"""A million calls are made to about 141,000 leads."""

QUICK = Sizes(
    many_leads=2_500,
    leads=2_500,
    months=24,
    singles=10,
    repetitions=1,
    trainings=1,
    demo=("--leads", "3000", "--months", "24"),
    installs=False,
)
