"""What the source knows of campaigns, lists and leads."""

from __future__ import annotations

import json


def test_lists_have_records_for_all_their_leads(history):
    lists = history.tables["lists"].set_index("list_id")
    used = history.tables["leads"]["list_id"].value_counts()
    assert (lists.loc[used.index, "records"] >= used).all()
    assert (lists["price_minor"] % 100 == 0).all()


def test_campaigns_say_how_they_call(history):
    campaigns = history.tables["campaigns"]
    assert campaigns["attempt_limit"].between(7, 14).all()
    assert (campaigns["rest_hours"] == 24).all()
    assert (~campaigns["calls_without_consent"]).sum() == 1
    assert (campaigns["deal_amount_minor"] > 0).all()


def test_leads_carry_numeric_and_categorical_attributes(history):
    facts = [json.loads(text) for text in history.tables["leads"]["attributes"]]
    assert {tuple(fact) for fact in facts} == {("growth_percent", "web_visits", "supplier_status", "erp", "batch")}
    assert isinstance(facts[0]["growth_percent"], float)
    assert {fact["supplier_status"] for fact in facts} == {"aftale udløber", "tilfreds", "ukendt"}


def test_the_leads_table_does_not_tell_how_it_ended(history):
    leads = history.tables["leads"]
    stale = history.faults.loc[history.faults["fault"] == "stale_next_action", "key"]
    usual = leads[~leads["lead_id"].isin(stale)]
    assert ((usual["next_action_at"] - usual["occurred_at"]).dt.days == 365).all()
    assert leads["next_action"].nunique() == 1
