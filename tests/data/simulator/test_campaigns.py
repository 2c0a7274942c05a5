"""The spread of campaigns is the one that the scenario names."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from data.simulator.campaigns import LIST_TICKS, set_up_campaigns
from data.simulator.clock import make_calendar
from data.simulator.scenario import read_scenario

END = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


@pytest.mark.parametrize(("name", "spread"), [("steady", 0.3), ("uneven_campaigns", 0.5)])
@pytest.mark.parametrize("leads", [100, 20_000])
def test_campaigns_differ_as_named(name, spread, leads):
    scenario = read_scenario(name)
    calendar = make_calendar(scenario, END, 30)
    setup = set_up_campaigns(np.random.default_rng(1), scenario, calendar, leads)
    assert setup.effect.std() == pytest.approx(spread)
    assert setup.effect.mean() == pytest.approx(0, abs=1e-12)
    assert setup.badness.mean() == pytest.approx(1)
    assert (setup.team.sum(axis=1) >= 2).all()
    assert set(setup.client) == set(range(4))


def test_a_campaign_buys_a_list_each_quarter():
    scenario = read_scenario("steady")
    calendar = make_calendar(scenario, END, 30)
    setup = set_up_campaigns(np.random.default_rng(1), scenario, calendar, 100)
    for campaign in range(len(setup.client)):
        ticks = setup.list_tick[setup.list_campaign == campaign]
        assert ticks[0] == setup.first_tick[campaign]
        assert (np.diff(ticks) == LIST_TICKS).all()
        assert setup.last_tick[campaign] - ticks[-1] < LIST_TICKS
