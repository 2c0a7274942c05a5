"""One lead in a small world, and what is known about it: the tests add rows and ask."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.contract import CONTRACT, Kind
from data.frames import to_arrow
from features import FeatureComputer

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

LONG_AGO = "2024-01-01"
WORLD: dict[str, list[dict[str, Any]]] = {
    "clients": [{"client_id": "client", "time_zone": "Europe/Copenhagen", "occurred_at": LONG_AGO}],
    "campaigns": [{"campaign_id": "campaign", "client_id": "client", "occurred_at": LONG_AGO}],
    "leads": [
        {
            "lead_id": "lead",
            "campaign_id": "campaign",
            "company_id": "company",
            "contact_id": "contact",
            "list_id": "list",
            "occurred_at": "2025-01-01",
        }
    ],
}


@pytest.fixture(scope="session")
def computer() -> Iterator[FeatureComputer]:
    """One connection for all tests of features."""
    with FeatureComputer(threads=1) as kept:
        yield kept


@pytest.fixture(scope="session")
def make_tables() -> Callable[..., dict[str, Any]]:
    """Make contract tables from rows with times as text (UTC); tables not given are those of one lead."""

    def make(**rows: list[dict[str, Any]]) -> dict[str, Any]:
        return {name: to_arrow(name, _frame(name, given)) for name, given in {**WORLD, **rows}.items()}

    return make


@pytest.fixture(scope="session")
def ask() -> Callable[..., pd.DataFrame]:
    """Make questions from pairs (lead, time as text)."""

    def make(*pairs: tuple[str, str]) -> pd.DataFrame:
        frame = pd.DataFrame(pairs, columns=["lead_id", "as_of"])
        return frame.assign(as_of=_moments(frame["as_of"]))

    return make


@pytest.fixture(scope="session")
def answer(
    computer: FeatureComputer, make_tables: Callable[..., Any], ask: Callable[..., pd.DataFrame]
) -> Callable[..., dict[str, Any]]:
    """The features of the one lead as of a time, by name, with None for missing."""

    def compute(as_of: str, **rows: list[dict[str, Any]]) -> dict[str, Any]:
        frame = computer.compute(make_tables(**rows), ask(("lead", as_of)))
        return {name: None if pd.isna(value) else value for name, value in frame.iloc[0].items()}

    return compute


def _frame(name: str, rows: list[dict[str, Any]]) -> pd.DataFrame:
    frame = pd.DataFrame(rows)
    moments = [field.name for field in CONTRACT[name].columns if field.kind is Kind.MOMENT]
    for column in {*moments, "superseded_at"} & set(frame.columns):
        frame[column] = _moments(frame[column])
    if "known_at" in frame:
        frame["known_at"] = frame["known_at"].fillna(frame["occurred_at"])
    return frame


def _moments(column: pd.Series[Any]) -> pd.Series[Any]:
    return pd.to_datetime(column, utc=True, format="ISO8601").astype("datetime64[us, UTC]")
