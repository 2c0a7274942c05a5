"""With few outcomes there is a model all the same, and it says what is missing."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from features.schema import Column, FeatureSchema
from training.fitting import fit_artefact
from training.model.blend import blend_points
from training.model.choosing import list_coded_values
from training.model.small import fit_small_model
from training.points.criteria import read_criteria
from training.points.points import Points, Term

if TYPE_CHECKING:
    from data.frames import Tables
    from training.model.close_model import CloseModel

SCHEMA = FeatureSchema((Column("stage", "category", ("contacted", "new")), Column("interested_calls", "number")))


def ask(outcomes: list[str], days: float = 60.0) -> pd.DataFrame:
    leads = [f"l{place}" for place in range(len(outcomes))]
    asked = pd.Timestamp("2026-01-01", tz="UTC")
    return pd.DataFrame({"lead_id": leads, "as_of": asked, "outcome": outcomes, "days": days, "weight": 1.0})


def fit(questions: pd.DataFrame, interested: float = 0.0) -> CloseModel:
    matrix = np.column_stack([np.ones(len(questions)), np.full(len(questions), interested)])
    return fit_small_model(matrix, questions, SCHEMA, 0, read_criteria(), {})[0]


def test_before_anything_has_closed_leads_close_as_usual() -> None:
    promised = fit(ask(["open"] * 3, days=1.0)).predict(np.array([[1.0, 0.0]]), (90, 365))
    assert 0 < promised[0, 0] < promised[0, 1]
    assert promised[0, 1] == pytest.approx(0.05, abs=0.02)


def test_a_criterion_raises_the_probability_as_its_points_say() -> None:
    model = fit(ask(["open"] * 3))
    plain, interested = model.predict(np.array([[1.0, 0.0], [1.0, 1.0]]), (4,))[:, 0]
    assert interested / plain == pytest.approx(2 ** (8 / 10), rel=0.01)


@pytest.mark.parametrize(("won", "least", "most"), [(0, 0.0, 0.03), (30, 0.25, 0.6)])
def test_what_was_seen_outweighs_what_is_usual(won: int, least: float, most: float) -> None:
    outcomes = ["won"] * won + ["lost"] * (60 - won)
    (promised,) = fit(ask(outcomes)).predict(np.array([[1.0, 0.0]]), (365,))[0]
    assert least < promised < most


def test_values_that_points_need_have_codes_however_rare() -> None:
    coded = list_coded_values(ask(["open"]), read_criteria(), {"k": "n"})
    assert coded["campaign"] == ["k"]
    assert "decision_maker" in coded["decision_level"]


def test_three_leads_are_enough_for_a_list_and_too_few_for_a_model(small: Tables) -> None:
    artefact = fit_artefact(small, datetime(2026, 3, 10, tzinfo=UTC))
    assert "39 more won leads" in artefact.facts["too_little_data"]
    assert isinstance(artefact.model.winning, Points)


def test_trees_and_points_are_blended_on_the_scale_of_the_score(history: Tables, cut: datetime) -> None:
    artefact = fit_artefact(history, cut)
    shares = artefact.model.winning.contributions(np.zeros((2, len(artefact.schema.names))))
    assert shares.sum(axis=1) == pytest.approx(
        artefact.model.winning.predict(np.zeros((2, len(artefact.schema.names)))), abs=1e-9
    )
    assert artefact.facts["too_little_data"] == ""


@pytest.mark.parametrize(("wins", "share"), [(25, 1 / 3), (50, 0.5), (299, 299 / 349)])
def test_trees_count_the_more_the_more_leads_were_won(wins: int, share: float) -> None:
    trees, points = Points((Term(0, (), 0.0, None, 1.0),), {}), Points((), {})
    assert blend_points(trees, points, wins).predict(np.ones((1, 1)))[0] == pytest.approx(share)


def test_plenty_of_wins_need_no_points() -> None:
    trees = Points((), {})
    assert blend_points(trees, Points((), {}), 300) is trees
