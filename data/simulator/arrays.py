"""Names for the arrays that pass between the parts of the simulator, and the two formulas they all use."""

from __future__ import annotations

from typing import TypeAlias

import numpy as np
from numpy.typing import NDArray

Floats: TypeAlias = NDArray[np.float64]
Ints: TypeAlias = NDArray[np.int64]
Flags: TypeAlias = NDArray[np.bool_]
Words: TypeAlias = NDArray[np.str_]

NEVER = 10**6
"""A day or tick that no simulation reaches: the event does not happen."""


def logistic(logit: Floats) -> Floats:
    """The probability of a logit, elementwise.

    >>> float(logistic(np.array(0.0)))
    0.5
    """
    return np.asarray(1.0 / (1.0 + np.exp(-logit)), dtype=np.float64)


def draw_codes(generator: np.random.Generator, probabilities: Floats) -> Ints:
    """One draw per row from each row's own distribution.

    Args:
        generator: source of chance.
        probabilities: shape (rows, codes), each row adds up to 1.

    Returns:
        The drawn column of each row.
    """
    reached = probabilities.cumsum(axis=1) < generator.random((len(probabilities), 1))
    return np.asarray(np.minimum(reached.sum(axis=1), probabilities.shape[1] - 1), dtype=np.int64)


def name_rows(prefix: str, numbers: Ints) -> Words:
    """Short ids: the prefix and the row's number, counted from 1.

    >>> name_rows("l", np.array([0, 16])).tolist()
    ['l1', 'l17']
    """
    return np.char.add(prefix, (numbers + 1).astype(np.str_))
