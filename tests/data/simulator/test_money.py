"""Money adds up."""

from __future__ import annotations

import pytest


def test_a_reversal_takes_back_no_more_than_the_deal(history):
    back = history.tables["deal_reversals"].merge(history.tables["deals"], on="deal_id")
    assert len(back) == len(history.tables["deal_reversals"]) > 0
    assert (back["amount_minor_x"] <= back["amount_minor_y"]).all()
    assert (back["occurred_at_x"] > back["occurred_at_y"]).all()


def test_larger_companies_sign_larger_deals(history):
    deals = history.tables["deals"].merge(history.tables["leads"], on="lead_id")
    deals = deals.merge(history.tables["companies"], on="company_id")
    large = deals["employees"] >= deals["employees"].median()
    amount = deals["amount_minor"]
    assert amount[large].median() > amount[~large].median()


def test_lists_are_paid_as_data(history):
    costs, lists = history.tables["costs"], history.tables["lists"]
    data = costs[costs["category"] == "data"]
    assert data["amount_minor"].sum() == lists["price_minor"].sum()


def test_training_is_paid_once_for_each_agent(history):
    costs = history.tables["costs"]
    training = costs[costs["category"] == "training"].groupby("agent_id")["amount_minor"].sum()
    assert len(training) == len(history.tables["agents"])
    assert training.to_list() == pytest.approx([1_500_000] * len(training), abs=300)


def test_hours_follow_the_calls(history):
    hours, calls = history.tables["agent_hours"], history.tables["calls"]
    assert hours["worked_seconds"].sum() / len(calls) == pytest.approx(600, rel=0.03)
    worked = set(zip(hours["agent_id"], hours["occurred_at"].dt.date, strict=True))
    assert set(zip(calls["agent_id"], calls["occurred_at"].dt.date, strict=True)) == worked


def test_some_margins_are_not_told(history):
    deals = history.tables["deals"]
    told = deals["margin_minor"].dropna()
    assert 0 < len(told) < len(deals)
    assert (told < deals.loc[told.index, "amount_minor"]).all()
