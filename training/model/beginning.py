"""Where an operation's record begins: leads may be older than it, and nothing tells of those it had won before."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
from scipy.special import xlogy

if TYPE_CHECKING:
    from numpy.typing import NDArray

HARDLY_ANY = 0.1
"""Before the beginning, wins come at less than this share of the rate after it."""

LEAST_EVIDENCE = 8.0
"""Log-likelihood by which two rates must beat one."""


def find_beginning(seen: NDArray[np.float64], expected: NDArray[np.float64]) -> int:
    """The weeks before the cut at which wins begin to be recorded: a change point in weekly wins per win expected.

    In a young operation few wins are seen at first because few are due; only weeks without wins that were due tell of
    a record that begins later than its leads.

    Args:
        seen: wins of each week before the cut, the last one first (weeks,).
        expected: of the leads at risk in each week, by their age.

    Returns:
        How many weeks are recorded, all of them where there is no such change.

    >>> due = np.full(200, 2.0)
    >>> find_beginning(np.where(np.arange(200) < 80, 5.0, 0.0), due)
    80
    >>> find_beginning(due, due)
    200
    """
    after_seen, after_expected = np.cumsum(seen), np.cumsum(expected)
    before_seen, before_expected = after_seen[-1] - after_seen, after_expected[-1] - after_expected
    evidence = _judge(after_seen, after_expected) + _judge(before_seen, before_expected)
    evidence -= _judge(after_seen[-1:], after_expected[-1:])
    rate_after = after_seen / np.maximum(after_expected, 1e-9)
    few = before_seen <= HARDLY_ANY * rate_after * before_expected
    evidence = np.where(few, evidence, 0.0)
    best = int(evidence.argmax())
    return best + 1 if evidence[best] >= LEAST_EVIDENCE else len(seen)


def _judge(seen: NDArray[np.float64], expected: NDArray[np.float64]) -> NDArray[np.float64]:
    """Log-likelihood of Poisson counts at their own rate, without what all rates share."""
    return np.asarray(xlogy(seen, np.maximum(seen, 1e-12) / np.maximum(expected, 1e-12)))
