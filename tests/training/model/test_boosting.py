from __future__ import annotations

import numpy as np
import pytest
from scipy.special import expit

from training.model.boosting import LARGE, MANY_ROWS, SMALL, Rows, count_later, find_level, fit_booster


def _draw_rows(count: int, seed: int) -> Rows:
    rng = np.random.default_rng(seed)
    matrix = rng.normal(size=(count, 4))
    target = (rng.random(count) < expit(2 * matrix[:, 0] - 1)).astype(float)
    return Rows(matrix, target, np.full(count, -1.0), np.ones(count))


@pytest.mark.parametrize(("rows", "later"), [(100, 20), (5_000, 1_000), (40_000, 2_000)])
def test_the_newest_rows_are_held_back(rows: int, later: int) -> None:
    assert count_later(rows) == later


def test_it_learns_what_there_is_to_learn() -> None:
    rows = _draw_rows(4_000, 1)
    booster = fit_booster(rows, "binary", seed=1)
    effect = booster.predict(np.array([[2.0, 0, 0, 0], [-2.0, 0, 0, 0]]), raw_score=True)
    assert effect[0] - effect[1] > 4  # the truth is 8, shrunken
    assert SMALL.least <= booster.num_trees() <= SMALL.most


def test_the_same_rows_and_seed_give_the_same_text() -> None:
    first, second = (fit_booster(_draw_rows(2_000, 2), "binary", seed=5).model_to_string() for _ in range(2))
    assert first == second


def test_a_poisson_booster_multiplies_its_exposure() -> None:
    rng = np.random.default_rng(3)
    group = rng.integers(0, 2, 6_000).astype(float)
    exposure = rng.uniform(0.5, 1.5, 6_000)
    target = (rng.random(6_000) < 0.1 * exposure * np.where(group == 1, 2, 1)).astype(float)
    rows = Rows(group[:, None], target, np.log(0.1 * exposure), np.ones(6_000))
    effect = fit_booster(rows, "poisson", seed=1).predict(np.array([[0.0], [1.0]]), raw_score=True)
    assert np.exp(effect) == pytest.approx([1, 2], rel=0.15)


def test_the_level_makes_probabilities_add_up_but_for_a_little_shrinkage() -> None:
    rng = np.random.default_rng(4)
    score = rng.normal(size=5_000)
    target = (rng.random(5_000) < expit(score + 0.7)).astype(float)
    level = find_level(score, target, np.ones(5_000))
    assert expit(score + level).sum() == pytest.approx(target.sum(), abs=1)
    assert level == pytest.approx(0.7, abs=0.1)


def test_one_outcome_alone_moves_the_level_only_so_far() -> None:
    assert -3 < find_level(np.zeros(10), np.zeros(10), np.ones(10)) < -1


def test_many_rows_may_have_a_larger_booster() -> None:
    booster = fit_booster(_draw_rows(MANY_ROWS, 6), "binary", seed=1)
    assert LARGE.least <= booster.num_trees() <= LARGE.most
    assert booster.dump_model()["tree_info"][0]["num_leaves"] > SMALL.leaves
