"""Durations and stages of sales."""

from __future__ import annotations

import numpy as np
import pytest

from data.simulator.sales import STAGES, stage_duration_shares
from data.simulator.scenario import read_scenario


def test_stage_durations_are_distributions_with_the_means_named():
    scenario = read_scenario("steady")
    shares = stage_duration_shares(scenario)
    assert shares.sum(axis=-1) == pytest.approx(np.ones((3, STAGES)))
    assert (shares[..., 0] == 0).all()
    mean = shares[1] @ np.arange(shares.shape[-1])
    assert mean == pytest.approx(np.array(scenario.sales.stage_days), rel=0.06)


def test_from_meeting_to_deal_it_takes_months(history):
    deals = history.tables["deals"].set_index("opportunity_id")["occurred_at"]
    cases = history.tables["opportunities"].set_index("opportunity_id")["occurred_at"]
    days = (deals - cases.loc[deals.index]).dt.days
    assert 90 <= days.median() <= 180
    assert days.min() > 0


def test_a_won_case_passes_all_stages_in_order(history):
    stages = history.tables["opportunity_stages"]
    won = stages[stages["opportunity_id"].isin(history.tables["deals"]["opportunity_id"])]
    order = won.groupby("opportunity_id")["stage"].agg(list)
    assert len(order) > 40
    assert all(names == ["discovery", "demo", "proposal", "negotiation", "won"] for names in order)


def test_sellers_hope_for_more_than_comes(history):
    stages = history.tables["opportunity_stages"]
    first = stages[stages["stage"] == "discovery"].set_index("opportunity_id")["stated_probability"]
    ended = stages[stages["stage"].isin(["won", "lost"])].set_index("opportunity_id")["stage"]
    hoped = first.loc[ended.index].mean()
    assert hoped > (ended == "won").mean()
