"""Leads come in order of time, and share companies within one client only."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from data.simulator.campaigns import set_up_campaigns
from data.simulator.clock import make_calendar
from data.simulator.leads import draw_leads, take_leads
from data.simulator.scenario import read_scenario

END = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def drawn():
    generator, scenario = np.random.default_rng(4), read_scenario("steady")
    calendar = make_calendar(scenario, END, 24)
    setup = set_up_campaigns(generator, scenario, calendar, 5000)
    return setup, draw_leads(generator, scenario, calendar, setup, 5000)


def test_leads_are_in_order_and_within_their_campaign(drawn):
    setup, leads = drawn
    assert (np.diff(leads.created_tick) >= 0).all()
    assert (leads.created_tick >= setup.first_tick[leads.campaign]).all()
    assert (leads.created_tick <= setup.last_tick[leads.campaign]).all()


def test_a_list_serves_its_campaign_in_its_quarter(drawn):
    setup, leads = drawn
    assert (setup.list_campaign[leads.list] == leads.campaign).all()
    since = leads.created_tick - setup.list_tick[leads.list]
    assert (since.min(), since.max()) == (0, 59)


def test_a_company_belongs_to_one_client_and_has_one_face(drawn):
    setup, leads = drawn
    for values in (setup.client[leads.campaign], leads.industry, leads.employees, leads.company_need):
        pairs = np.unique(np.column_stack([leads.company, values]), axis=0)
        assert len(pairs) == len(np.unique(leads.company))
    assert len(np.unique(leads.company)) == pytest.approx(0.75 * 5000, rel=0.05)


def test_some_leads_are_taken_in_the_order_asked_for(drawn):
    _, leads = drawn
    taken = take_leads(leads, np.array([7, 3]))
    assert len(taken) == 2
    assert taken.need.tolist() == [leads.need[7], leads.need[3]]
