"""Faults are planted where the record says, and seen there."""

from __future__ import annotations

import phonenumbers
from stdnum.dk import cvr


def keys(history, fault: str) -> set[str]:
    found = history.faults
    return set(found.loc[found["fault"] == fault, "key"])


def test_every_kind_of_fault_is_planted(history):
    kinds = set(history.faults["fault"])
    often = {"impossible_phone", "missing_title", "wrong_title", "dead_number", "duplicate", "late_call"}
    assert often | {"missing_outcome", "stale_next_action"} <= kinds


def test_contacts_have_the_faults_recorded_and_no_others(history):
    contacts = history.tables["contacts"].set_index("contact_id")
    own = contacts[~contacts.index.str.endswith("d")]
    valid = own["phone"].map(lambda number: phonenumbers.is_valid_number(phonenumbers.parse(number)))
    assert set(own.index[~valid]) == keys(history, "impossible_phone")
    assert set(own.index[own["title"].isna()]) == keys(history, "missing_title")
    twice = contacts[contacts["email"].duplicated()]
    assert set(twice.index) == {key for key in keys(history, "duplicate") if key.startswith("p")}


def test_companies_have_the_faults_recorded_and_no_others(history):
    companies = history.tables["companies"].set_index("company_id")
    own = companies[~companies.index.str.endswith("d")]
    broken = own.index[~own["registration_id"].map(cvr.is_valid)]
    assert set(broken) == keys(history, "invalid_cvr")
    twice = companies.index[companies["registration_id"].duplicated()]
    assert set(twice) == {key for key in keys(history, "duplicate") if key.startswith("k")}


def test_calls_have_the_faults_recorded_and_no_others(history):
    calls = history.tables["calls"].set_index("call_id")
    assert set(calls.index[calls["known_at"] > calls["occurred_at"]]) == keys(history, "late_call")
    assert set(calls.index[calls["talk_seconds"] < 0]) == keys(history, "negative_talk")
    stray = ~calls["lead_id"].isin(history.tables["leads"]["lead_id"])
    assert set(calls.index[stray]) == keys(history, "unknown_lead")


def test_meetings_and_leads_have_the_faults_recorded(history):
    outcomes = set(history.tables["meeting_outcomes"]["meeting_id"])
    assert not outcomes & keys(history, "missing_outcome")
    leads = history.tables["leads"].set_index("lead_id")
    stale = leads.index[leads["next_action_at"] < leads["occurred_at"]]
    assert set(stale) == keys(history, "stale_next_action")
