from __future__ import annotations

import numpy as np
import pytest

from training.model.beginning import find_beginning


def _count(expected: np.ndarray, seed: int) -> np.ndarray:
    return np.random.default_rng(seed).poisson(expected).astype(float)


@pytest.mark.parametrize("seed", range(5))
def test_weeks_without_wins_that_were_due_lie_before_the_record(seed: int) -> None:
    recorded = np.arange(150) < 60
    found = find_beginning(_count(np.where(recorded, 2.0, 0.02), seed), np.full(150, 1.0))
    assert found == pytest.approx(60, abs=3)


@pytest.mark.parametrize("seed", range(5))
def test_a_young_operation_has_few_wins_because_few_are_due(seed: int) -> None:
    due = np.clip(1.5 - np.arange(100) / 60, 0.001, None)
    assert find_beginning(_count(due, seed), due) == 100


@pytest.mark.parametrize("seed", range(5))
def test_a_level_that_halved_is_no_beginning(seed: int) -> None:
    halved = np.where(np.arange(100) < 50, 4.0, 2.0)
    assert find_beginning(_count(halved, seed), np.full(100, 3.0)) == 100
