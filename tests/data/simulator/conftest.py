"""One small history that several tests look at."""

from __future__ import annotations

import datetime as dt

import pytest

from data.simulator import Simulation, simulate

END = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


@pytest.fixture(scope="session")
def history() -> Simulation:
    """3,000 leads in the steady scenario over 24 months."""
    return simulate(leads=3000, months=24, end=END, seed=2, scenario="steady")
