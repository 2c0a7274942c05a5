"""Worlds in which intervals of campaign sums are judged: learned up to a cut, and seen 180 days later."""

from __future__ import annotations

from dataclasses import dataclass, replace
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.history import keep_sound
from data.frames import to_arrow
from data.simulator import read_scenario, simulate
from features import compute_features, encode_matrix, find_attributes, fit_schema
from training import ask_open_leads, ask_questions
from training.amounts import fit_amounts
from training.artefact import Artefact, read_artefact, write_artefact
from training.explanation.scale import Scale
from training.intervals.amount_spread import add_deals, read_deal_amounts
from training.model.choosing import STAGE
from training.model.dated import fit_dated_model

if TYPE_CHECKING:
    from pathlib import Path

    from numpy.typing import NDArray

    from data.frames import Tables
    from data.simulator import Scenario, Simulation

MONTHS, WINDOW_DAYS = 18, 180
FIRST_END = datetime(2025, 1, 15, 8, tzinfo=UTC)
CONTACT, BOOKING, STAGE_PACE, ATTEMPT_LIMITS = -0.3, -0.7, 0.5, (6, 7, 8)
"""The steady operation, but it reaches and books more and sales take half the time, so that a campaign's sum is some 45
wins and new leads are won within the window: of a handful of wins, or of late stages alone, an interval is about
chance, whatever campaigns are like. Campaigns are half a year old at the cut on average."""
LEARNED = 25_000
"""Questions that the close model learns from, drawn from all: each as likely, since what is asked of a lead depends on
what becomes of it."""


@dataclass(frozen=True)
class World:
    """What was known at the cut, and what came of the leads that were open then.

    Attributes:
        artefact: trained at the cut on questions drawn at random, without intervals.
        questions: each lead's first one and those drawn: as of :func:`training.ask_questions`, ``campaign``,
            ``expected_amount_minor``, ``stated`` (whether sales stated it) and ``deal_amount_minor`` of won leads.
        matrix: of the questions (n, k).
        open_leads: ``lead_id``, ``campaign``, ``expected_amount_minor``, ``stated``, ``won`` (within 180 days) and
            ``won_minor``, the amount of the deal or 0.
        open_matrix: of the open leads (m, k).
        true_spread: sd over campaigns of the log of the mean true probability of their new leads.
    """

    artefact: Artefact
    questions: pd.DataFrame
    matrix: NDArray[np.float64]
    open_leads: pd.DataFrame
    open_matrix: NDArray[np.float64]
    true_spread: float


def load_world(folder: Path, spread: float, seed: int, *, leads: int, campaigns: int) -> World:
    """Read a world that was kept, else make it and keep it.

    Args:
        folder: where worlds are kept.
        spread: the scenario's ``market.campaign_sd``.
        seed: of all that is random; it also moves the cut through the year.
        leads: over 18 months, of which the model sees the first 12.
        campaigns: how many.
    """
    place = folder / f"world-{spread}-{seed}-{leads}-{campaigns}"
    if not place.exists():
        made = make_world(spread, seed, leads=leads, campaigns=campaigns)
        place.mkdir(parents=True)
        digest = write_artefact(made.artefact, place / "artefact")
        made.questions.to_parquet(place / "questions.parquet")
        made.open_leads.to_parquet(place / "open.parquet")
        np.savez(place / "matrices.npz", questions=made.matrix, open=made.open_matrix, true_spread=made.true_spread)
        (place / "digest").write_text(digest, encoding="utf-8")
    digest = (place / "digest").read_text(encoding="utf-8")
    with np.load(place / "matrices.npz") as kept:
        return World(
            artefact=read_artefact(place / "artefact", digest, "world"),
            questions=pd.read_parquet(place / "questions.parquet"),
            matrix=kept["questions"],
            open_leads=pd.read_parquet(place / "open.parquet"),
            open_matrix=kept["open"],
            true_spread=float(kept["true_spread"]),
        )


def make_world(spread: float, seed: int, *, leads: int, campaigns: int) -> World:
    """Simulate, learn with what was known at the cut, and look what came of the open leads."""
    end = FIRST_END + timedelta(days=seed * 61 % 365)
    cut = end - timedelta(days=WINDOW_DAYS)
    simulation = simulate(leads=leads, months=MONTHS, end=end, seed=seed, scenario=_write_scenario(spread, campaigns))
    tables = _read_tables(simulation, cut)
    questions = draw_questions(ask_questions(tables, cut), seed)
    attributes = find_attributes(tables, cut)
    features = compute_features(tables, questions, attributes)
    schema = fit_schema(features, attributes, questions["lead_id"])
    matrix = encode_matrix(features, schema)
    amounts = fit_amounts(tables, cut)
    stage = schema.names.index(STAGE)
    learned = questions["drawn"].to_numpy()
    model = fit_dated_model(
        matrix[learned],
        questions[learned],
        categorical=[schema.names.index(name) for name in schema.categories],
        stratum_column=stage,
        strata=len(schema.columns[stage].values) + 1,
        seed=seed,
    )
    reference = features[:0].assign(probability=0.0, question="")
    artefact = Artefact(model, schema, attributes, amounts, reference, Scale((0.0,)), {"as_of": cut.isoformat()})
    asked = ask_open_leads(tables, cut)
    now = compute_features(tables, asked, attributes)
    return World(
        artefact=artefact,
        questions=add_deals(questions, features, amounts, read_deal_amounts(tables, cut)),
        matrix=matrix,
        open_leads=_judge(add_deals(asked, now, amounts, pd.Series(dtype=float)), simulation.tables["deals"], cut),
        open_matrix=encode_matrix(now, schema),
        true_spread=_measure_spread(simulation),
    )


def draw_questions(questions: pd.DataFrame, seed: int) -> pd.DataFrame:
    """Each lead's ``first`` question and some of all at random, ``drawn``; weights are 1."""
    chosen = np.random.default_rng(seed).permutation(len(questions))[:LEARNED]
    drawn = np.isin(np.arange(len(questions)), chosen)
    first = ~questions["lead_id"].duplicated().to_numpy()
    kept = questions.assign(drawn=drawn, first=first, weight=1.0)[drawn | first]
    return kept.reset_index(drop=True)


def _write_scenario(spread: float, campaigns: int) -> Scenario:
    steady = read_scenario("steady")
    market = replace(steady.market, campaigns=campaigns, campaign_sd=spread)
    calling = replace(steady.calling, contact=CONTACT, booking=BOOKING, attempt_limits=ATTEMPT_LIMITS)
    sales = replace(steady.sales, stage_days=tuple(days * STAGE_PACE for days in steady.sales.stage_days))
    return replace(steady, market=market, calling=calling, sales=sales)


def _read_tables(simulation: Simulation, cut: datetime) -> Tables:
    frames = simulation.tables
    past = {
        name: frame[(frame["occurred_at"] < cut) & keep_sound(frame, frames["leads"])]
        for name, frame in frames.items()
        if name not in ("agent_hours", "costs")
    }
    return {name: to_arrow(name, frame) for name, frame in past.items()}


def _judge(open_leads: pd.DataFrame, deals: pd.DataFrame, cut: datetime) -> pd.DataFrame:
    first = deals.sort_values("occurred_at").drop_duplicates("lead_id").set_index("lead_id")
    won = open_leads["lead_id"].map(first["occurred_at"]) < pd.Timestamp(cut) + pd.Timedelta(days=WINDOW_DAYS)
    amount = open_leads["lead_id"].map(first["amount_minor"]).astype(float)
    return open_leads.assign(won=won, won_minor=amount.where(won, 0.0))


def _measure_spread(simulation: Simulation) -> float:
    truth = simulation.truth[simulation.truth["days"] == 365].sort_values("as_of").drop_duplicates("lead_id")
    campaign = simulation.tables["leads"].drop_duplicates("lead_id").set_index("lead_id")["campaign_id"]
    mean = truth.groupby(truth["lead_id"].map(campaign))["probability"].mean()
    return float(np.log(mean).std())
