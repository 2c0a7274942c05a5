"""Numbers that the Danish authorities would accept."""

from __future__ import annotations

import numpy as np
import phonenumbers
import pytest
from stdnum.dk import cvr

from data.simulator.numbers import break_cvr_number, draw_cvr_numbers, draw_phone_numbers


@pytest.mark.parametrize("seed", [1, 2])
def test_cvr_numbers_are_valid_and_different(seed):
    numbers = draw_cvr_numbers(np.random.default_rng(seed), 2000)
    assert len(set(numbers)) == 2000
    assert all(cvr.is_valid(str(number)) for number in numbers)
    assert not any(cvr.is_valid(break_cvr_number(str(number))) for number in numbers)


def test_phone_numbers_are_valid():
    numbers = draw_phone_numbers(np.random.default_rng(3), 2000)
    assert all(phonenumbers.is_valid_number(phonenumbers.parse(str(number))) for number in numbers)
