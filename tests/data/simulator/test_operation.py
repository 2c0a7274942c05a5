"""A history that holds together: the contract's rules, typical rates, and information to learn from."""

from __future__ import annotations

import datetime as dt
import json

import numpy as np
import pandas as pd
import pytest

from data.contract import CONTRACT, Kind
from data.contract.codes import CONNECTS, COST_CATEGORIES
from data.errors import BadInput
from data.frames import to_arrow
from data.simulator import simulate

END = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


def test_tables_have_the_contracts_columns_and_codes(history):
    for name, frame in history.tables.items():
        table = CONTRACT[name]
        assert tuple(frame.columns) == table.names
        assert to_arrow(name, frame).num_rows == len(frame) > 0
        assert frame[table.key].is_unique
        for field in table.columns:
            assert not (field.required and frame[field.name].isna().any()), (name, field.name)
            if field.kind is Kind.CODE:
                assert set(frame[field.name].dropna()) <= set(field.codes)


def test_rows_refer_to_rows_but_for_planted_faults(history):
    for name, frame in history.tables.items():
        for column, other in CONTRACT[name].references():
            keys = set(history.tables[other][CONTRACT[other].key])
            stray = frame[~frame[column].isna() & ~frame[column].isin(keys)]
            planted = history.faults.loc[history.faults["fault"] == "unknown_lead", "key"]
            assert len(stray) == (len(planted) if (name, column) == ("calls", "lead_id") else 0)


def test_nothing_is_later_than_the_end_or_known_before_it_happened(history):
    for name, frame in history.tables.items():
        assert (frame["occurred_at"] < END).all(), name
        assert (frame["known_at"] < END).all(), name
        assert (frame["known_at"] >= frame["occurred_at"]).all(), name


def test_history_stops_within_a_day():
    noon = dt.datetime(2026, 6, 17, 12, tzinfo=dt.UTC)
    simulation = simulate(leads=1500, months=12, end=noon, seed=5, scenario="steady")
    assert all((frame["occurred_at"] < noon).all() for frame in simulation.tables.values())
    assert simulation.tables["calls"]["occurred_at"].max().date() == noon.date()
    assert simulation.truth["as_of"].max() <= noon


def test_a_lead_is_won_by_its_deal_or_lost_or_open(history):
    stages, deals = history.tables["lead_stages"], history.tables["deals"]
    won, lost = stages[stages["stage"] == "won"], stages[stages["stage"] == "lost"]
    assert not set(won["lead_id"]) & set(lost["lead_id"])
    times = won.set_index("lead_id")["occurred_at"]
    assert times.loc[deals["lead_id"]].tolist() == deals["occurred_at"].tolist()
    cases = history.tables["opportunity_stages"]
    signed = cases[cases["stage"] == "won"].set_index("opportunity_id")["occurred_at"]
    assert signed.loc[deals["opportunity_id"]].tolist() == deals["occurred_at"].tolist()
    assert lost["lost_reason"].notna().all()
    assert stages.loc[stages["stage"] != "lost", "lost_reason"].isna().all()


def test_nothing_happens_to_a_lead_after_its_end(history):
    stages = history.tables["lead_stages"]
    ended = stages[stages["stage"].isin(["won", "lost"])].set_index("lead_id")["occurred_at"]
    for name in ("calls", "touches", "meetings", "opportunities", "lead_stages"):
        frame = history.tables[name]
        assert not (frame["occurred_at"] > frame["lead_id"].map(ended)).any(), name


def test_calls_keep_hours_and_rest(history):
    calls = history.tables["calls"].sort_values("occurred_at")
    local = calls["occurred_at"].dt.tz_convert("Europe/Copenhagen")
    assert local.dt.hour.between(9, 15).all()
    assert (local.dt.weekday < 5).all()
    assert calls.groupby("lead_id")["occurred_at"].diff().min() >= pd.Timedelta(hours=24)


def test_a_lead_not_reached_ends_as_unreachable(history):
    stages, calls = history.tables["lead_stages"], history.tables["calls"]
    reached = set(calls.loc[calls["disposition"].isin(CONNECTS), "lead_id"])
    lost = stages[stages["stage"] == "lost"].set_index("lead_id")["lost_reason"]
    silent = lost[~lost.index.isin(reached) & lost.index.isin(set(calls["lead_id"]))]
    assert len(silent) > 100
    assert (silent == "unreachable").mean() > 0.98  # a planted stray call can hide a refusal


def test_rates_are_those_of_the_trade():
    tables = simulate(leads=10_000, months=30, end=END, seed=1, scenario="steady").tables
    calls = tables["calls"]
    assert 6 <= len(calls) / 10_000 <= 9
    assert 0.15 <= calls["disposition"].isin(CONNECTS).mean() <= 0.35
    assert 0.06 <= tables["meetings"]["lead_id"].nunique() / 10_000 <= 0.12
    assert 0.02 <= len(tables["deals"]) / 10_000 <= 0.04
    assert 50_000 <= tables["deals"]["amount_minor"].median() / 100 <= 200_000
    assert set(tables["costs"]["category"]) == set(COST_CATEGORIES) - {"hours"}
    hours = tables["agent_hours"]
    cost = (hours["worked_seconds"] * hours["hourly_rate_minor"]).sum() / 3600
    cost += tables["costs"]["amount_minor"].sum()
    assert 0 < tables["deals"]["amount_minor"].sum() / cost - 1 < 6


def test_what_is_seen_tells_of_what_comes(history):
    leads, calls = history.tables["leads"].set_index("lead_id"), history.tables["calls"]
    won = leads.index.isin(history.tables["deals"]["lead_id"])
    facts = pd.DataFrame([json.loads(text) for text in leads["attributes"]], index=leads.index)
    assert facts.loc[won, "web_visits"].mean() > 1.3 * facts["web_visits"].mean()
    leaving = facts["supplier_status"] == "aftale udløber"
    assert won[leaving].mean() > 1.5 * won[~leaving].mean()
    assert facts.loc[won, "batch"].mean() == pytest.approx(500, abs=100)
    talk = calls[calls["disposition"] == "callback"].groupby("lead_id")["talk_seconds"].mean()
    assert talk[talk.index.isin(leads.index[won])].mean() > talk.mean()
    touched = np.isin(leads.index, history.tables["touches"].query("channel == 'email'")["lead_id"])
    assert won[touched].mean() > 1.2 * won[~touched].mean()


@pytest.mark.parametrize(
    ("change", "words"),
    [
        ({"leads": 0}, "0 leads"),
        ({"months": 3}, "3 months"),
        ({"seed": -1}, "seed -1"),
        ({"end": dt.datetime(2026, 7, 1)}, "no time zone"),  # noqa: DTZ001 - the missing zone is the case
        ({"scenario": "boom"}, "no scenario 'boom'"),
    ],
)
def test_impossible_orders_are_refused(change, words):
    order = {"leads": 10, "months": 12, "end": END, "seed": 1, "scenario": "steady"}
    with pytest.raises(BadInput, match=words):
        simulate(**{**order, **change})


@pytest.mark.parametrize("leads", [1, 30])
def test_a_handful_of_leads_is_enough(leads):
    simulation = simulate(leads=leads, months=6, end=END, seed=2, scenario="steady")
    assert len(simulation.tables["leads"]) == leads
