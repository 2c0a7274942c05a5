"""Other channels, signals and consent."""

from __future__ import annotations

import pandas as pd

from data.contract.codes import CHANNELS


def test_touches_come_from_every_channel_but_the_phone(history):
    assert set(history.tables["touches"]["channel"]) == set(CHANNELS) - {"phone"}


def test_touches_follow_the_creation_of_their_lead(history):
    touches = history.tables["touches"]
    created = history.tables["leads"].set_index("lead_id")["occurred_at"].loc[touches["lead_id"]]
    days = (touches["occurred_at"].to_numpy() - created.to_numpy()) / pd.Timedelta(days=1)
    assert days.min() > 0
    assert days.max() <= 150


def test_a_signal_before_its_lead_is_known_with_it(history):
    signals = history.tables["trigger_signals"]
    created = history.tables["leads"].set_index("lead_id")["occurred_at"].loc[signals["lead_id"]]
    early = signals["occurred_at"].to_numpy() < created.to_numpy()
    assert 0 < early.sum() < len(signals)
    assert (signals["known_at"].to_numpy() >= created.to_numpy()).all()
    assert (signals.loc[~early, "known_at"] == signals.loc[~early, "occurred_at"]).all()


def test_who_stops_us_refuses(history):
    calls, consents = history.tables["calls"], history.tables["consents"]
    stopped = calls.loc[calls["disposition"] == "do_not_call", "lead_id"]
    refused = set(consents.loc[consents["consent"] == "refused", "contact_id"])
    known = stopped[stopped.str.startswith("l")].str.replace("l", "p")
    assert len(known) > 20
    assert set(known) <= refused
    assert set(consents["consent"]) == {"given", "refused", "withdrawn"}


def test_a_campaign_that_needs_consent_has_it_before_the_first_call(history):
    campaigns = history.tables["campaigns"]
    strict = campaigns.loc[~campaigns["calls_without_consent"], "campaign_id"]
    leads = history.tables["leads"].set_index("lead_id")
    calls = history.tables["calls"]
    first = calls[calls["lead_id"].isin(leads.index[leads["campaign_id"].isin(strict)])]
    first = first.groupby("lead_id")["occurred_at"].min()
    consents = history.tables["consents"].query("consent == 'given'")
    given = consents.groupby("contact_id")["occurred_at"].min()
    assert len(first) > 50
    assert (given.reindex(leads.loc[first.index, "contact_id"]).to_numpy() < first.to_numpy()).all()
