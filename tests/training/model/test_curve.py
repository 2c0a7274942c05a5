from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from training.model.curve import EDGES, HORIZON_DAYS, Curve, find_interval, fit_curve, smooth_rates, spend_days

INTERVALS = len(EDGES) - 1
rates = st.lists(st.floats(0, 0.1), min_size=INTERVALS, max_size=INTERVALS)


def test_days_are_spent_in_the_intervals_that_they_cross() -> None:
    spent = spend_days(np.array([0.0, 5.0, 400.0]))
    assert spent.sum(axis=1) == pytest.approx([0, 5, HORIZON_DAYS])
    assert list(spent[1, :3]) == [4, 1, 0]


@pytest.mark.parametrize(("day", "interval"), [(0, 0), (4, 0), (4.5, 1), (365, INTERVALS - 1), (999, INTERVALS - 1)])
def test_an_outcome_falls_into_the_interval_that_it_ends(day: float, interval: int) -> None:
    assert find_interval(np.array([day]))[0] == interval


def _watch(count: int, seed: int) -> tuple[np.ndarray, np.ndarray, np.ndarray]:
    """Days seen, won and lost of leads that close at one per 100 days, a quarter won, watched for up to 50 days."""
    rng = np.random.default_rng(seed)
    closes, watched = rng.exponential(100, count), rng.uniform(0, 50, count)
    closed = closes < watched
    won = closed & (rng.random(count) < 0.25)
    return np.minimum(closes, watched), won, closed & ~won


def test_open_leads_count_with_the_days_they_were_open() -> None:
    days, won, lost = _watch(200_000, 1)
    ones, zeros = np.ones(len(days)), np.zeros(len(days), int)
    curve = fit_curve(days, won | lost, ones, zeros, 1)
    seen = np.array(curve.per_day)[0, :6]  # up to 45 days
    assert seen == pytest.approx(np.full(6, 0.01), rel=0.06)


def test_strata_keep_their_own_rates_and_one_without_events_follows_all() -> None:
    days, won, lost = _watch(60_000, 2)
    stratum = np.arange(60_000) % 2
    happened = (won | lost) & (stratum == 0)
    happened[stratum == 1] = False
    curve = fit_curve(days, happened, np.ones(60_000), stratum, 3)
    assert curve.per_day[0][2] == pytest.approx(0.01, rel=0.1)
    assert curve.per_day[1][2] < 0.001  # watched for long, nothing happened
    assert curve.per_day[2][2] == pytest.approx(0.005, rel=0.2)  # never seen: the rate of all together


def test_expected_events_add_up_to_those_seen() -> None:
    days, won, _ = _watch(20_000, 3)
    relative = np.random.default_rng(4).lognormal(0, 0.5, 20_000)
    zeros = np.zeros(20_000, int)
    curve = fit_curve(days, won, np.ones(20_000), zeros, 1, relative)
    assert relative @ curve.expect(zeros, days) == pytest.approx(won.sum(), rel=0.01)


@given(rates)
def test_the_wins_expected_rise_with_the_days(won: list[float]) -> None:
    curve = Curve((tuple(won), tuple(won[::-1])))
    by_day = curve.expect_by(np.array([0.0, 1, 10, 90, 180, 365]))
    assert (by_day[:, 0] == 0).all()
    assert (np.diff(by_day, axis=1) >= 0).all()
    assert by_day[:, -1] == pytest.approx(curve.expect(np.array([0, 1]), np.full(2, 365.0)))


def test_an_interval_without_exposure_follows_the_rate_of_all_strata_at_its_own_level() -> None:
    events, exposure = np.zeros((2, INTERVALS)), np.zeros((2, INTERVALS))
    exposure[0], events[0] = 10_000.0, 100.0
    exposure[1, :8], events[1, :8] = 10_000.0, 200.0  # twice the level, nothing seen from the ninth interval on
    curve = smooth_rates(events, exposure)
    # The level of the second against all: 1,600 wins of 1,200 expected; the first has 0.01 in every interval.
    assert curve.per_day[1][12] == pytest.approx(0.01 * 1600 / 1200, rel=0.01)
