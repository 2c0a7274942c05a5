"""Meetings are booked by calls, two to four weeks ahead, and mostly held."""

from __future__ import annotations


def test_a_meeting_is_booked_by_its_call(history):
    meetings, calls = history.tables["meetings"], history.tables["calls"].set_index("call_id")
    booking = calls.loc[meetings["call_id"]]
    assert (booking["disposition"] == "meeting_booked").all()
    assert len(meetings) == (calls["disposition"] == "meeting_booked").sum()
    strays = history.faults.loc[history.faults["fault"] == "unknown_lead", "key"]
    sound = ~booking.index.isin(strays)
    assert booking["lead_id"].to_numpy()[sound].tolist() == meetings["lead_id"].to_numpy()[sound].tolist()


def test_a_meeting_lies_weeks_ahead(history):
    meetings = history.tables["meetings"]
    days = (meetings["starts_at"] - meetings["occurred_at"]).dt.days
    assert days.min() >= 9
    assert 14 <= days.median() <= 28
    local = meetings["starts_at"].dt.tz_convert("Europe/Copenhagen")
    assert local.dt.hour.between(9, 14).all()
    assert (local.dt.weekday < 5).all()


def test_most_meetings_are_held_and_some_missed(history):
    outcomes = history.tables["meeting_outcomes"]["outcome"]
    held, missed = (outcomes == "held").sum(), (outcomes == "no_show").sum()
    assert 0.7 <= held / (held + missed) <= 0.92
    assert (outcomes == "cancelled").any()


def test_a_case_opens_with_a_held_meeting(history):
    outcomes = history.tables["meeting_outcomes"].merge(history.tables["meetings"], on="meeting_id")
    held = set(outcomes.loc[outcomes["outcome"] == "held", "lead_id"])
    gone = set(history.faults.loc[history.faults["fault"] == "missing_outcome", "key"].str.replace("m", "l"))
    cases = set(history.tables["opportunities"]["lead_id"])
    assert cases - {lead.rstrip("b") for lead in gone} <= held


def test_a_won_case_ends_with_the_amount_of_its_deal(history):
    stages = history.tables["opportunity_stages"]
    won = stages[stages["stage"] == "won"].set_index("opportunity_id")
    deals = history.tables["deals"].set_index("opportunity_id")
    assert won["amount_minor"].loc[deals.index].tolist() == deals["amount_minor"].tolist()
    assert (won["stated_probability"] == 1).all()
