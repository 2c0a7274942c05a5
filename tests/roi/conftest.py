"""Small worlds for the ROI tests: contract rows with everything that a test does not care about filled in."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.contract import CONTRACT, Kind
from data.frames import to_arrow
from roi import build_roi

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.frames import Tables
    from roi import RoiReport

DEFAULTS: dict[str, dict[str, Any]] = {
    "agent_hours": {"campaign_id": "k1", "agent_id": "a1"},
    "calls": {"agent_id": "a1", "talk_seconds": 0, "disposition": "no_answer", "logged_by": "dialer"},
    "campaigns": {"client_id": "n1", "name": "Campaign"},
    "clients": {"name": "Client", "currency": "DKK", "time_zone": "Europe/Copenhagen"},
    "costs": {"client_id": "n1", "category": "other", "currency": "DKK"},
    "deals": {"currency": "DKK"},
    "leads": {"campaign_id": "k1", "company_id": "c1"},
    "opportunities": {"currency": "DKK"},
}

WORLD = {"clients": [{"client_id": "n1"}], "campaigns": [{"campaign_id": "k1"}]}
"""One Danish client with one campaign, unless a test says otherwise."""


def _make_tables(**rows: list[dict[str, Any]]) -> Tables:
    return {name: to_arrow(name, _fill(name, some)) for name, some in {**WORLD, **rows}.items() if some}


def _fill(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    """Defaults, a key by position, the 5th of January where no day is said, moments from text."""
    table = CONTRACT[name]
    start: dict[str, Any] = {"occurred_at": "2026-01-05", **DEFAULTS.get(name, {})}
    frame = pd.DataFrame([{table.key: f"{name}-{place}", **start, **row} for place, row in enumerate(rows)])
    for field in table.columns:
        if field.kind is Kind.MOMENT and field.name in frame:
            frame[field.name] = pd.to_datetime(frame[field.name], utc=True, format="ISO8601")
    if "superseded_at" in frame:
        frame["superseded_at"] = pd.to_datetime(frame["superseded_at"], utc=True)
    if "known_at" in frame:
        frame["known_at"] = frame["known_at"].fillna(frame["occurred_at"])
    return frame


def _report(tables: Tables, probabilities: dict[str, float] | None = None, **asked: Any) -> RoiReport:
    given = probabilities or {}
    frame = pd.DataFrame({"lead_id": list(given), "probability": list(given.values())})
    frame = frame.astype({"lead_id": "str", "probability": "float64"})
    window: dict[str, Any] = {
        "by": "campaign",
        "start": datetime(2026, 1, 1, tzinfo=UTC),
        "end": datetime(2026, 7, 1, tzinfo=UTC),
        **asked,
    }
    return build_roi(tables, frame, **window)


@pytest.fixture(scope="session")
def make_tables() -> Callable[..., Tables]:
    """Contract tables from a few rows."""
    return _make_tables


@pytest.fixture(scope="session")
def report() -> Callable[..., RoiReport]:
    """``build_roi`` for the first half of 2026, by campaign, unless said otherwise."""
    return _report


@pytest.fixture(scope="session")
def by_key() -> Callable[[RoiReport, str], dict[str, Any]]:
    """One column of a report as a mapping from group to value."""
    return lambda done, column: dict(zip(done.rows["key"], done.rows[column].tolist(), strict=True))
