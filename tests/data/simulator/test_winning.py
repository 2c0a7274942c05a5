"""The formulas of the truth, by hand."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from data.simulator.clock import make_calendar
from data.simulator.sales import STAGES, stage_duration_shares
from data.simulator.scenario import read_scenario
from data.simulator.winning import (
    _remaining_shares,
    apply_signing,
    shift_mean,
    signed_by_day,
    won_from_attempts,
    won_from_stage,
)


def test_signing_takes_its_share_day_by_day():
    reached = np.array([[0.0, 0.5, 1.0]])
    assert apply_signing(reached, np.array([1.0, 0.5, 0.2]))[0].tolist() == pytest.approx([0.0, 0.25, 0.35])


def test_remaining_time_given_time_spent():
    left = _remaining_shares(np.array([0.0, 0.5, 0.25, 0.25]))
    assert left[0].tolist() == [0.0, 0.5, 0.25, 0.25]
    assert left[1].tolist() == [0.0, 0.5, 0.5, 0.0]
    assert left[2].tolist() == [0.0, 1.0, 0.0, 0.0]
    assert left[3].tolist() == [0.0, 0.0, 0.0, 0.0]


def test_attempts_add_up():
    # Won at once with the meeting table 0.5 on ticks 0 to 9; two attempts with 0.1 and 0.2.
    table = np.full((10, 1), 0.5)
    tables = {"booked": table, "rebooked": np.zeros_like(table)}
    won = won_from_attempts(
        read_scenario("steady"),
        tables,
        attempt=np.array([[0.1, 0.2], [0.1, 0.2]]),
        tick=np.array([0, 9]),
        targets=np.array([[0], [0]]),
        ways=np.array([[0.8, 0.0], [0.8, 0.0]]),
    )
    # From tick 9 the second attempt falls behind the last tick; from tick 0 the gap of at most 9 fits in.
    assert won[:, 0].tolist() == pytest.approx([0.5 * 0.8 * 0.3, 0.5 * 0.8 * 0.1])


def test_shifting_keeps_what_fits():
    table = np.array([[0.0], [0.0], [1.0]])
    assert shift_mean(table, np.array([0.25, 0.75]), 1)[:, 0].tolist() == [0.75, 0.25, 0.0]


@pytest.fixture(scope="module")
def calendar():
    return make_calendar(read_scenario("faster_closing"), dt.datetime(2026, 7, 1, tzinfo=dt.UTC), 12)


def test_signing_agrees_with_drawn_durations(calendar):
    scenario, generator = read_scenario("faster_closing"), np.random.default_rng(11)
    shares = stage_duration_shares(scenario)[1]
    ticks = sum(generator.choice(shares.shape[1], size=40_000, p=shares[stage]) for stage in range(STAGES))
    start = 100
    opened = calendar.calling.ticks[start]
    day = calendar.sales.days_at(calendar.sales.ticks[calendar.calling.days_at(opened)] + ticks)
    formula = signed_by_day(scenario, calendar, 1)[opened]
    for target in (180, 230, 280, 400):
        assert formula[target] == pytest.approx((day <= target).mean(), abs=0.01)


def test_a_case_under_way_agrees_with_drawn_durations(calendar):
    scenario, generator = read_scenario("faster_closing"), np.random.default_rng(12)
    shares = stage_duration_shares(scenario)[2]
    proposal = generator.choice(shares.shape[1], size=200_000, p=shares[2])
    negotiation = generator.choice(shares.shape[1], size=200_000, p=shares[3])
    day, elapsed = 200, 20
    still = proposal > elapsed
    total = (proposal - elapsed + negotiation)[still]
    signed = calendar.sales.days_at(calendar.sales.ticks[day - 1] + total)
    formula = won_from_stage(scenario, calendar, 2, 2, np.array([elapsed]), np.array([day]))[0]
    for ahead in (30, 60, 120, 365):
        assert formula[ahead - 1] == pytest.approx((signed < day + ahead).mean(), abs=0.01)
