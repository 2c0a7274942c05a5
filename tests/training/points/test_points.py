"""Points add up, carry as far as the outcomes say, and groups are drawn towards the whole."""

from __future__ import annotations

import json
from math import log

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from features.schema import Column, FeatureSchema
from training.points.criteria import Criteria, Criterion, Usual
from training.points.fitting import find_carry, fit_points
from training.points.points import Points, Term, read_points
from training.points.shrinkage import shrink_effects

POINTS = Points(
    (Term(0, (), 2.0, None, 0.7), Term(0, (), None, 1.0, -0.2), Term(1, (1,), None, None, 0.3)), {2: (0.1, -0.4)}
)
MATRIX = np.array([[3.0, 1.0, 0.0], [0.0, 0.0, 1.0], [np.nan, np.nan, np.nan]])


def test_points_by_hand() -> None:
    assert POINTS.predict(MATRIX).tolist() == pytest.approx([0.7 + 0.3 + 0.1, -0.2 - 0.4, 0])


def test_contributions_add_up_to_the_score() -> None:
    shares = POINTS.contributions(MATRIX)
    assert shares.shape == (3, 4)
    assert shares.sum(axis=1) == pytest.approx(POINTS.predict(MATRIX))
    assert shares[0].tolist() == pytest.approx([0.7, 0.3, 0.1, 0])


def test_points_are_kept_as_they_were() -> None:
    (text,) = POINTS.files("winning").values()
    assert read_points(json.loads(text)) == POINTS


def test_points_that_the_outcomes_bear_out_carry_as_they_stand() -> None:
    raw, expected = np.array([0.0, log(2)]), np.array([1_000.0, 1_000.0])
    assert find_carry(raw, np.array([1_000.0, 2_000.0]), expected) == pytest.approx(1, abs=1e-3)


def test_points_that_say_nothing_carry_little() -> None:
    raw, expected = np.array([0.0, log(2)]), np.array([1_000.0, 1_000.0])
    assert find_carry(raw, np.array([1_000.0, 1_000.0]), expected) == pytest.approx(0, abs=0.02)


def test_without_a_win_points_carry_as_the_house_thinks() -> None:
    assert find_carry(np.array([0.0, log(2)]), np.zeros(2), np.zeros(2)) == pytest.approx(1, abs=1e-4)


@given(st.integers(0, 50), st.integers(1, 50))
def test_a_group_is_drawn_towards_what_is_expected(won: int, due: int) -> None:
    (effect,) = shrink_effects(np.array([0]), 1, np.array([float(won)]), np.array([float(due)]))
    assert abs(effect) <= abs(log(max(won, 1e-9) / due)) + 1e-9
    assert effect == 0 or (effect > 0) == (won > due)


def test_a_campaign_without_wins_borrows_from_its_client() -> None:
    schema = FeatureSchema((Column("campaign", "category", ("a", "b", "c")),))
    usual = Criteria(10, Usual(10, 0.05, 90), (Criterion("calls", (), 1.0, None, 5.0),))
    matrix = np.array([[0.0], [2.0]])
    wins, expected = np.array([12.0, 4.0]), np.array([8.0, 8.0])
    points = fit_points(matrix, wins, expected, schema, usual, {"a": "good", "b": "good", "c": "other"})
    won, new, other = points.groups[0]
    good = log((12 + 4) / (8 + 4))  # the client's
    assert new == pytest.approx(good)
    assert won == pytest.approx(good + log((12 + 4) / (8 * 16 / 12 + 4)))
    assert other < 0 < new < won
