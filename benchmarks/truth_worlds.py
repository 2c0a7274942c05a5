"""Simulated operations as a model sees them at a cut, with the true probabilities of new and of open leads."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import numpy as np
import pandas as pd

from benchmarks.history import keep_sound
from data.frames import to_arrow
from data.simulator import simulate
from features import compute_features, encode_matrix, find_attributes, fit_schema
from training import ask_open_leads, ask_questions

if TYPE_CHECKING:
    from numpy.typing import NDArray

    from features import FeatureSchema

MONTHS = 30
DAYS = 180
NEW_DAYS = 30
CUTS = ((2026, 6), (2026, 9), (2026, 12), (2026, 3), (2026, 4))
"""A cut in each season, because the months to come are not alike; the first of the month."""

LIST_SHARE = 4
"""One in so many questions before a call is learned from, with so many times its weight, by all candidates alike."""


@dataclass(frozen=True)
class World:
    """One operation at its cut.

    Attributes:
        matrix: encoded features of the questions asked before it (n, k).
        questions: of :func:`training.ask_questions`, thinned.
        schema: of the matrix.
        judged: encoded features of new leads as of their creation and of open leads as of the cut (m, k).
        truth: P(won within 180 days) of these, given their hidden state (m,).
        is_new: created in the last 30 days, as of the creation; else open at the cut (m,).
    """

    matrix: NDArray[np.float64]
    questions: pd.DataFrame
    schema: FeatureSchema
    judged: NDArray[np.float64]
    truth: NDArray[np.float64]
    is_new: NDArray[np.bool_]


def make_world(scenario: str, leads: int, seed: int, cut_number: int) -> World:
    """Simulate an operation and lay out its questions.

    Args:
        scenario: its name.
        leads: how many.
        seed: of all chance.
        cut_number: which of the cuts.
    """
    year, month = CUTS[cut_number % len(CUTS)]
    cut = datetime(year, month, 1, tzinfo=ZoneInfo("Europe/Copenhagen"))
    simulation = simulate(leads=leads, months=MONTHS, end=cut, seed=seed, scenario=scenario)
    frames = simulation.tables
    tables = {name: to_arrow(name, frame[keep_sound(frame, frames["leads"])]) for name, frame in frames.items()}
    questions = _thin(ask_questions(tables, cut), seed)
    attributes = find_attributes(tables, cut)
    features = compute_features(tables, questions, attributes)
    schema = fit_schema(features, attributes, questions["lead_id"])
    asked = _choose_judged(simulation.truth, set(ask_open_leads(tables, cut)["lead_id"]), pd.Timestamp(cut))
    judged = encode_matrix(compute_features(tables, asked[["lead_id", "as_of"]], attributes), schema)
    truth, is_new = asked["probability"].to_numpy(float), asked["is_new"].to_numpy(bool)
    return World(encode_matrix(features, schema), questions, schema, judged, truth, is_new)


def _thin(questions: pd.DataFrame, seed: int) -> pd.DataFrame:
    before_call = (questions["question"] == "list").to_numpy()
    kept = ~before_call | (np.random.default_rng(seed).random(len(questions)) < 1 / LIST_SHARE)
    weight = questions["weight"] * np.where(before_call, LIST_SHARE, 1)
    return questions.assign(weight=weight)[kept].reset_index(drop=True)


def _choose_judged(truth: pd.DataFrame, still_open: set[str], cut: pd.Timestamp) -> pd.DataFrame:
    asked = truth[truth["days"] == DAYS]
    created = asked.groupby("lead_id")["as_of"].transform("min")
    is_new = (asked["as_of"] == created) & (asked["as_of"] >= cut - pd.Timedelta(days=NEW_DAYS))
    is_open = (asked["as_of"] == cut) & asked["lead_id"].isin(still_open)
    return asked.assign(is_new=is_new)[is_new | is_open].reset_index(drop=True)
