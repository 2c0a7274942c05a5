"""Contract tables for the training room: a small history by hand, and a simulated one."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from data.frames import to_arrow
from data.simulator import simulate
from training.fitting import fit_artefact

if TYPE_CHECKING:
    from data.frames import Tables
    from training.artefact import Artefact

END = datetime(2026, 6, 1, tzinfo=UTC)
CUT = datetime(2026, 3, 1, tzinfo=UTC)


@pytest.fixture(scope="session")
def history() -> Tables:
    """A simulated operation of 4,000 leads over 24 months, ending at ``END``; computed once, never changed."""
    simulation = simulate(leads=4_000, months=24, end=END, seed=3, scenario="steady")
    known = {}
    for name, frame in simulation.tables.items():
        rows = frame[frame["lead_id"].isin(simulation.tables["leads"]["lead_id"])] if "lead_id" in frame else frame
        known[name] = to_arrow(name, rows)
    return known


@pytest.fixture(scope="session")
def cut() -> datetime:
    """The moment as of which ``artefact`` was trained."""
    return CUT


@pytest.fixture(scope="session")
def artefact(history: Tables, cut: datetime) -> Artefact:
    """A model of ``history``, trained once."""
    return fit_artefact(history, cut)


@pytest.fixture
def small() -> Tables:
    """Three leads: a is won after two calls, b is lost and known to be a week later, c is open."""

    def at(text: str) -> pd.Timestamp:
        return pd.Timestamp(text, tz="UTC")

    leads = pd.DataFrame(
        {
            "lead_id": ["a", "b", "c"],
            "campaign_id": "k",
            "company_id": ["x", "y", "z"],
            "occurred_at": [at("2026-01-10"), at("2026-01-20"), at("2026-03-01")],
        }
    )
    calls = pd.DataFrame(
        {
            "call_id": ["1", "2", "3"],
            "lead_id": ["a", "a", "b"],
            "talk_seconds": [0, 60, 0],
            "disposition": ["no_answer", "interested", "busy"],
            "occurred_at": [at("2026-01-11 10:00"), at("2026-01-12 10:00"), at("2026-01-21 10:00")],
        }
    )
    stages = pd.DataFrame(
        {
            "lead_stage_id": ["1", "2"],
            "lead_id": ["a", "b"],
            "stage": ["qualified", "lost"],
            "occurred_at": [at("2026-01-12 11:00"), at("2026-01-25")],
            "known_at": [at("2026-01-12 11:00"), at("2026-02-01")],
        }
    )
    deals = pd.DataFrame(
        {
            "deal_id": ["1"],
            "lead_id": ["a"],
            "amount_minor": [5_000_000],
            "currency": "DKK",
            "occurred_at": [at("2026-02-15")],
        }
    )
    campaigns = pd.DataFrame(
        {
            "campaign_id": ["k"],
            "client_id": "c",
            "name": "K",
            "deal_amount_minor": [2_000_000],
            "occurred_at": [at("2026-01-01")],
        }
    )
    frames = {"leads": leads, "calls": calls, "lead_stages": stages, "deals": deals, "campaigns": campaigns}
    return {name: to_arrow(name, frame) for name, frame in frames.items()}
