"""What else happened around a lead: touches in other channels, trigger signals and consent."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.simulator.arrays import name_rows
from data.simulator.frames import NO_TIME, join_columns, lay_out

if TYPE_CHECKING:
    import pandas as pd

    from data.simulator.arrays import Flags, Floats, Ints
    from data.simulator.campaigns import Setup
    from data.simulator.clock import Calendar
    from data.simulator.journal import Endings
    from data.simulator.leads import Leads
    from data.simulator.scenario import Scenario
    from data.simulator.timetable import DialledCalls

DAY = 86_400
TOUCH_DAYS = 150
"""Touches and signals come within so many days of the lead's creation."""
TOUCHES = (
    # channel, touch, rate, added when nurtured, effect of need on the log rate
    ("email", "opened", 0.3, 1.6, 0.1),
    ("email", "clicked", 0.1, 0.5, 0.4),
    ("web", "visited", 0.4, 0.1, 0.5),
    ("event", "attended", 0.04, 0.25, 0.3),
    ("inbound", "asked for a demo", 0.04, 0.0, 0.9),
    ("advertising", "saw an advertisement", 0.2, 0.0, 0.0),
    ("partner", "was recommended", 0.02, 0.0, 0.5),
)
SIGNALS = (
    # signal, share, effect of the company's need on the log rate
    ("hiring", 0.25, 0.6),
    ("funding", 0.08, 0.8),
    ("relocation", 0.12, 0.3),
    ("new_management", 0.15, 0.4),
    ("tender", 0.08, 0.9),
    ("expansion", 0.12, 0.8),
    ("web_visit", 0.15, 0.6),
    ("other", 0.05, 0.0),
)


def list_touches(
    generator: np.random.Generator, scenario: Scenario, calendar: Calendar, leads: Leads, endings: Endings
) -> pd.DataFrame:
    """The contract table ``touches``: between the lead's creation and its end."""
    created = calendar.seconds(leads.created_day, leads.created_second)
    parts = []
    for channel, touch, rate, nurtured, effect in TOUCHES:
        mean = (rate + nurtured * leads.nurtured) * np.exp(effect * leads.need - effect**2 / 2)
        lead = _draw_events(generator, np.asarray(mean * scenario.need.touches_per_lead, dtype=np.float64))
        second = created[lead] + generator.integers(3600, TOUCH_DAYS * DAY, len(lead))
        kept = _while_open(calendar, endings, lead, second)
        parts.append(
            {
                "lead_id": name_rows("l", lead[kept]),
                "channel": np.full(kept.sum(), channel),
                "touch": np.full(kept.sum(), touch),
                "occurred_at": second[kept],
            }
        )
    columns = join_columns(parts)
    return lay_out("touches", {"touch_id": name_rows("t", np.arange(len(columns["touch"]))), **columns})


def list_trigger_signals(
    generator: np.random.Generator, scenario: Scenario, calendar: Calendar, leads: Leads, endings: Endings
) -> pd.DataFrame:
    """The contract table ``trigger_signals``; those before the lead's creation are known with it."""
    created = calendar.seconds(leads.created_day, leads.created_second)
    parts = []
    for signal, share, effect in SIGNALS:
        mean: Floats = scenario.need.signals_per_lead * share * np.exp(effect * (leads.company_need + 0.3 * leads.need))
        lead = _draw_events(generator, mean)
        second = created[lead] + generator.integers(-60 * DAY, TOUCH_DAYS * DAY, len(lead))
        kept = _while_open(calendar, endings, lead, second)
        parts.append(
            {
                "lead_id": name_rows("l", lead[kept]),
                "signal": np.full(kept.sum(), signal),
                "occurred_at": second[kept],
                "known_at": np.maximum(second, created[lead])[kept],
            }
        )
    columns = join_columns(parts)
    names = name_rows("n", np.arange(len(columns["signal"])))
    return lay_out("trigger_signals", {"trigger_signal_id": names, **columns})


def list_consents(
    generator: np.random.Generator,
    calendar: Calendar,
    setup: Setup,
    leads: Leads,
    calls: DialledCalls,
    endings: Endings,
) -> pd.DataFrame:
    """The contract table ``consents``: before the first call on the web, later on the phone.

    Whoever asks not to be called refuses. Nobody is handed over without consent: the agent asks for it in the first
    conversation that qualifies. Some who had consented withdraw after they were lost.
    """
    created = calendar.seconds(leads.created_day, leads.created_second)
    early = setup.needs_consent[leads.campaign] | (generator.random(len(leads)) < 0.12)
    early &= ~leads.unwanted
    warm = np.isin(calls.disposition, ["interested", "meeting_booked"])
    qualifies = np.zeros(len(warm), dtype=bool)
    qualifies[np.flatnonzero(warm)[np.unique(calls.lead[warm], return_index=True)[1]]] = True
    agreed = np.flatnonzero((warm & (generator.random(len(warm)) < 0.85)) | (qualifies & ~early[calls.lead]))
    stopped = np.flatnonzero(calls.disposition == "do_not_call")
    lost = np.flatnonzero(early & (endings.lost != NO_TIME) & (generator.random(len(leads)) < 0.05))
    later = endings.lost[lost] + generator.integers(1, 30, len(lost)) * DAY
    parts = [
        _consent_rows(np.flatnonzero(early), "given", "web", created[early] - 1800),
        _consent_rows(calls.lead[agreed], "given", "phone", calls.end[agreed] + 5),
        _consent_rows(calls.lead[stopped], "refused", "phone", calls.end[stopped] + 5),
        _consent_rows(lost, "withdrawn", "email", later),
    ]
    columns = join_columns(parts)
    names = name_rows("q", np.arange(len(columns["consent"])))
    return lay_out("consents", {"consent_id": names, **columns})


def _consent_rows(lead: Ints, consent: str, channel: str, second: Ints) -> dict[str, object]:
    return {
        "contact_id": name_rows("p", lead),
        "consent": np.full(len(lead), consent),
        "channel": np.full(len(lead), channel),
        "occurred_at": second,
    }


def _draw_events(generator: np.random.Generator, mean: Floats) -> Ints:
    """The lead of each event, each lead having a Poisson number of them."""
    return np.repeat(np.arange(len(mean)), generator.poisson(mean))


def _while_open(calendar: Calendar, endings: Endings, lead: Ints, second: Ints) -> Flags:
    ends = np.maximum(endings.won, endings.lost)
    ends = np.where(ends == NO_TIME, calendar.end_second, ends)
    return np.asarray(second < ends[lead])
