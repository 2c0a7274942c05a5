"""Calling keeps its rules, and what comes of attempts has the chances that the truth counts on."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pytest

from data.simulator.arrays import NEVER
from data.simulator.calling import attempt_chances, make_calls
from data.simulator.campaigns import set_up_campaigns
from data.simulator.clock import make_calendar
from data.simulator.leads import draw_leads
from data.simulator.scenario import read_scenario

END = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="module")
def calling():
    generator, scenario = np.random.default_rng(5), read_scenario("steady")
    calendar = make_calendar(scenario, END, 24)
    setup = set_up_campaigns(generator, scenario, calendar, 20_000)
    leads = draw_leads(generator, scenario, calendar, setup, 20_000)
    calls, paths = make_calls(generator, scenario, calendar, setup, leads)
    return scenario, setup, leads, calls, paths


def test_first_attempts_book_as_often_as_their_chance_says(calling):
    scenario, setup, leads, _, paths = calling
    book, _ = attempt_chances(scenario, leads, setup)
    only = paths.planned[:, 1] == NEVER
    booked = (paths.booked_tick < NEVER) & only
    expected = book[paths.planned[:, 0] < NEVER, 0].sum()
    assert booked.sum() == pytest.approx(expected, abs=3.5 * np.sqrt(expected))


def test_second_attempts_follow_as_often_as_their_chance_says(calling):
    scenario, setup, leads, _, paths = calling
    early = leads.created_day < 600
    _, stay = attempt_chances(scenario, leads, setup)
    followed = (paths.planned[early, 1] < NEVER).sum()
    spread = np.sqrt((stay[early, 0] * (1 - stay[early, 0])).sum())
    assert followed == pytest.approx(stay[early, 0].sum(), abs=3.5 * spread)


def test_nobody_is_called_too_often_or_against_protection(calling):
    _, setup, leads, calls, _ = calling
    made = np.bincount(calls.lead, minlength=len(leads))
    assert (made <= setup.attempt_limit[leads.campaign]).all()
    assert leads.protected.any()
    assert made[leads.protected].sum() == 0


def test_dead_numbers_reach_nobody(calling):
    _, _, leads, calls, _ = calling
    assert set(calls.disposition[leads.dead[calls.lead]]) == {"no_answer", "invalid_number"}


def test_bad_suppliers_have_more_dead_numbers(calling):
    _, setup, leads, _, _ = calling
    supplier = setup.list_supplier[leads.list]
    share = np.bincount(supplier, weights=leads.dead) / np.bincount(supplier)
    assert share[-1] > 3 * share[0]
