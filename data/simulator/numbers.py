"""Danish numbers: CVR numbers with their check digit, and telephone numbers that can exist."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from data.simulator.arrays import Ints, Words

CVR_WEIGHTS = np.array([2, 7, 6, 5, 4, 3, 2])
PHONE_PREFIXES = np.array([20, 21, 22, 26, 28, 30, 31, 40, 50, 51, 60, 61, 33, 35, 38, 43, 44, 46, 49])


def draw_cvr_numbers(generator: np.random.Generator, count: int) -> Words:
    """Different CVR numbers: eight digits whose weighted sum is divisible by 11.

    Weights 2, 7, 6, 5, 4, 3, 2, 1 as the Danish business register publishes them.
    """
    stems = generator.choice(8_000_000, size=count + count // 4 + 50, replace=False) + 1_000_000
    digits = stems[:, None] // 10 ** np.arange(6, -1, -1) % 10
    check = -(digits @ CVR_WEIGHTS) % 11
    numbers: Ints = (stems * 10 + check)[check < 10]
    return numbers[:count].astype(np.str_)


def break_cvr_number(number: str) -> str:
    """The same number with another last digit, so that its check digit is wrong.

    >>> break_cvr_number("13585628")
    '13585629'
    """
    return number[:-1] + str((int(number[-1]) + 1) % 10)


def draw_phone_numbers(generator: np.random.Generator, count: int) -> Words:
    """Danish telephone numbers in E.164, of series that are in use."""
    prefix = generator.choice(PHONE_PREFIXES, size=count)
    numbers = 4_500_000_000 + prefix * 1_000_000 + generator.integers(100_000, 1_000_000, size=count)
    return np.char.add("+", numbers.astype(np.str_))
