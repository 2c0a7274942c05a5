"""Companies and persons as a Danish register would have them."""

from __future__ import annotations

import pytest


def test_addresses_and_domains_name_one_owner(history):
    planted = history.faults.loc[history.faults["fault"] == "duplicate", "key"]
    contacts, companies = history.tables["contacts"], history.tables["companies"]
    assert contacts.loc[~contacts["contact_id"].isin(planted), "email"].is_unique
    assert companies.loc[~companies["company_id"].isin(planted), "domain"].is_unique
    assert contacts["email"].map(str.isascii).all()


def test_a_person_and_their_lead_are_at_the_same_company(history):
    contacts = history.tables["contacts"].set_index("contact_id")["company_id"]
    leads = history.tables["leads"]
    assert contacts.loc[leads["contact_id"]].tolist() == leads["company_id"].tolist()


@pytest.mark.parametrize("letter", "æøå")
def test_danish_letters_are_there(history, letter):
    for table in ("companies", "contacts"):
        assert history.tables[table]["name"].str.lower().str.contains(letter).any()


def test_companies_and_persons_are_known_before_their_leads(history):
    leads = history.tables["leads"]
    for table, key in (("companies", "company_id"), ("contacts", "contact_id"), ("lists", "list_id")):
        known = history.tables[table].set_index(key)["known_at"]
        assert (known.loc[leads[key]].to_numpy() < leads["occurred_at"].to_numpy()).all(), table
