"""What columns add to a score, on a model that was fitted and on one made by hand."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from features import FeatureSchema
from features.schema import Column
from training import Artefact, ask_open_leads, score_questions
from training.amounts import Amounts
from training.explanation.contributions import compute_contributions
from training.explanation.scale import Scale
from training.model.close_model import CloseModel, Timing
from training.model.curve import EDGES, Curve

if TYPE_CHECKING:
    from datetime import datetime

    from data.frames import Tables

SCHEMA = FeatureSchema((Column("calls", "number"), Column("stage", "category", ("contacted", "new"))))


class Blend:
    """A model of winning that is no booster: one of its effects a third of the calls, and a base of 0.5."""

    def contributions(self, matrix: Any) -> Any:
        """The effects."""
        return np.column_stack([matrix[:, 0] / 3, np.zeros(len(matrix)), np.full(len(matrix), 0.5)])


def make_artefact(*stages: str, timing: Timing | None = None) -> Artefact:
    reference = pd.DataFrame({"stage": list(stages)}, dtype="str")
    return Artefact(CloseModel(Blend(), 0.0, timing), SCHEMA, (), Amounts({}), reference, Scale(()))


def test_a_blend_says_itself_what_its_columns_add() -> None:
    effects = compute_contributions(make_artefact("new"), np.array([[3.0, 0.0], [6.0, 1.0]]))
    assert effects.tolist() == [[1.0, 0.0, 0.5], [2.0, 0.0, 0.5]]


def test_the_base_rate_of_the_stage_is_told_beside_the_mean_of_the_reference() -> None:
    # 365 days at these rates: 1 win expected of a contacted lead, e of a new one, e² of one whose stage has no code
    per_day = [(np.exp(power) / 365,) * (len(EDGES) - 1) for power in (0, 1, 2)]
    curve = Curve(tuple(per_day))
    timing = Timing(curve, 1, 3)
    artefact = make_artefact("contacted", "contacted", "new", "(other)", timing=timing)  # mean (0 + 0 + 1 + 2) / 4
    effects = compute_contributions(artefact, np.array([[0.0, 0.0], [0.0, 1.0], [0.0, np.nan]]))
    assert effects[:, 1] == pytest.approx([-0.75, 0.25, 1.25])
    assert effects[:, 2] == pytest.approx([1.25] * 3)


def test_on_a_fitted_model_they_add_up_to_the_score_before_calibration(
    history: Tables, cut: datetime, artefact: Artefact
) -> None:
    matrix = score_questions(history, ask_open_leads(history, cut).head(40), artefact).matrix
    timing = artefact.model.timing
    assert timing is not None
    effects = compute_contributions(artefact, matrix)
    expected = timing.expect_wins(matrix, np.array([365.0]))[:, 0]
    raw = artefact.model.winning.predict(matrix)
    assert effects.shape == (40, len(artefact.schema.names) + 1)
    assert effects.sum(axis=1) == pytest.approx(np.log(expected) + raw, abs=1e-9)
    undated = replace(artefact, model=replace(artefact.model, timing=None))
    assert compute_contributions(undated, matrix).sum(axis=1) == pytest.approx(raw, abs=1e-9)
