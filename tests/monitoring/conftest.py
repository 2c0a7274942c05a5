"""A small operation made by hand: leads whose size decides whether they are won, and a model that learned it."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from data.contract import CONTRACT
from data.frames import to_arrow
from features import compute_features, encode_matrix
from training import ask_questions, fit_artefact, score_questions

if TYPE_CHECKING:
    from collections.abc import Callable

    from training import Artefact

START = datetime(2025, 1, 1, tzinfo=UTC)
TRAINED = datetime(2026, 3, 1, tzinfo=UTC)
MONTH_END = datetime(2026, 4, 1, tzinfo=UTC)
LEADS, MONTH_LEADS = 900, 400


@dataclass(frozen=True)
class World:
    """Contract tables with a year to learn from and one month of scores, and the model that gave them."""

    tables: dict[str, Any]
    artefact: Artefact


@pytest.fixture(scope="session")
def make_leads() -> Callable[..., dict[str, Any]]:
    """Make contract tables of leads created evenly in a period, with their outcomes."""

    def make(prefix: str, count: int, start: datetime, days: float, seed: int, **shift: float) -> dict[str, Any]:
        rng = np.random.default_rng(seed)
        size = rng.normal(shift.get("size", 0.0), 1, count)
        region = rng.choice(["north", "south", "east"], count)
        created = [start + timedelta(days=float(day)) for day in np.sort(rng.uniform(0, days, count))]
        closed = [
            moment + timedelta(days=float(wait))
            for moment, wait in zip(created, rng.exponential(40, count), strict=True)
        ]
        won = rng.random(count) < 1 / (1 + np.exp(0.8 - 1.2 * size))
        lead_ids = [f"{prefix}{number}" for number in range(count)]
        texts = [f'{{"size": {one:.3f}, "region": "{where}"}}' for one, where in zip(size, region, strict=True)]
        leads = pd.DataFrame({"lead_id": lead_ids, "campaign_id": "campaign", "company_id": lead_ids})
        leads = leads.assign(contact_id=lead_ids, attributes=texts, occurred_at=created)
        ends = pd.DataFrame({"lead_id": lead_ids, "occurred_at": closed})
        deals = ends[won].assign(deal_id=[f"deal-{one}" for one in ends["lead_id"][won]], amount_minor=100_000)
        lost = ends[~won].assign(lead_stage_id=[f"lost-{one}" for one in ends["lead_id"][~won]], stage="lost")
        return {"leads": leads, "deals": deals, "lead_stages": lost}

    return make


@pytest.fixture(scope="session")
def log_scores() -> Callable[..., Any]:
    """Make the table of scores from rows of lead_id, as_of and probabilities."""

    def log(rows: pd.DataFrame, version: str = "1", question: str = "rep") -> Any:
        frame = rows.rename(columns={"as_of": "occurred_at"})
        known = [name for name in frame.columns if name.startswith(("lead_id", "occurred_at", "probability"))]
        keys = [f"score-{number}" for number in range(len(frame))]
        frame = frame[known].assign(score_id=keys, model_version=version, question=question, features_hash="0")
        return to_arrow("scores", frame[[name for name in CONTRACT["scores"].names if name in frame]])

    return log


@pytest.fixture(scope="session")
def build_world(make_leads: Callable[..., Any], log_scores: Callable[..., Any]) -> Callable[..., World]:
    """Make a world; ``size`` shifts the size of the leads scored in March 2026."""
    learned = make_leads("old-", LEADS, START, 400, seed=1)
    past = {name: to_arrow(name, frame) for name, frame in learned.items()}
    artefact = _describe_reference(replace(fit_artefact(past, TRAINED), version="1"), past)

    def build(seed: int = 2, **shift: float) -> World:
        fresh = make_leads("new-", MONTH_LEADS, TRAINED, 30, seed=seed, **shift)
        both = {name: to_arrow(name, pd.concat([learned[name], fresh[name]], ignore_index=True)) for name in learned}
        asked = pd.DataFrame({"lead_id": fresh["leads"]["lead_id"]})
        moments = pd.to_datetime(fresh["leads"]["occurred_at"], utc=True) + pd.Timedelta(microseconds=1)
        scored = score_questions(both, asked.assign(as_of=moments), artefact)
        return World(both | {"scores": log_scores(scored.scores)}, artefact)

    return build


@pytest.fixture(scope="session")
def world(build_world: Callable[..., World]) -> World:
    """A world whose month is like the year before."""
    return build_world()


def _describe_reference(artefact: Artefact, tables: dict[str, Any]) -> Artefact:
    """The artefact with a reference that holds every question of the past, each with its kind."""
    questions = ask_questions(tables, TRAINED)
    features = compute_features(tables, questions, artefact.attributes)
    probability = artefact.predict(encode_matrix(features, artefact.schema))[:, -1]
    reference = features.assign(probability=probability, question=questions["question"].to_numpy())
    return replace(artefact, reference=reference)
