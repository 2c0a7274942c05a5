"""Taking the time: of two works by turns, and of one work over many items."""

from __future__ import annotations

from dataclasses import dataclass
from time import perf_counter
from typing import TYPE_CHECKING, TypeVar

import numpy as np

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable

    from numpy.typing import NDArray

Item = TypeVar("Item")


@dataclass(frozen=True)
class Pair:
    """Times of two works that were done by turns.

    Attributes:
        seconds: median of the first.
        beside: median of the second.
        ratio: median, over the turns, of the first's time divided by the second's in the same turn.
    """

    seconds: float
    beside: float
    ratio: float


def time_once(work: Callable[[], object]) -> float:
    """Seconds that a work takes."""
    began = perf_counter()
    work()
    return perf_counter() - began


def time_pair(work: Callable[[], object], beside: Callable[[], object], repetitions: int) -> Pair:
    """Time two works by turns, the one first and then the other first.

    What else the machine does in a turn weighs on both, and so cancels in their ratio.

    Args:
        work: what is measured.
        beside: what it is measured against.
        repetitions: turns, 1 or more.
    """
    turns = np.empty((repetitions, 2))
    for turn in range(repetitions):
        for place in (0, 1) if turn % 2 == 0 else (1, 0):
            turns[turn, place] = time_once((work, beside)[place])
    first, second = turns.T
    return Pair(float(np.median(first)), float(np.median(second)), float(np.median(first / second)))


def time_each(work: Callable[[Item], object], items: Iterable[Item]) -> NDArray[np.float64]:
    """Seconds that a work takes for each item (n,)."""
    seconds = []
    for item in items:
        began = perf_counter()
        work(item)
        seconds.append(perf_counter() - began)
    return np.array(seconds)
