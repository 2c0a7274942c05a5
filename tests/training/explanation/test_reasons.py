"""Reasons of scores: of business facts, in words, strongest first, for and against."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from data.errors import BadInput
from features import FEATURES, FeatureSchema
from features.schema import Column
from training import Artefact, Reason, ask_open_leads, explain_scores, score_questions
from training.amounts import Amounts
from training.explanation.contributions import compute_contributions
from training.explanation.reasons import choose_strongest, group_columns, sum_groups
from training.explanation.scale import Scale
from training.model.close_model import CloseModel

if TYPE_CHECKING:
    from datetime import datetime

    from numpy.typing import NDArray

    from data.frames import Tables

SCHEMA = FeatureSchema(
    (
        Column("calls", "number"),
        Column("industry", "category", ("Håndværk",)),
        Column("calls_last_7_days", "number"),
        Column("attribute_nummer", "number"),
    )
)


class Made:
    """A model whose effects are given."""

    def __init__(self, *effects: float) -> None:
        self._effects = [*effects, -2.0]

    def contributions(self, matrix: Any) -> Any:
        """The same effects for each row."""
        return np.tile(self._effects, (len(matrix), 1))


def explain(effects: tuple[float, ...], row: list[float], **options: Any) -> list[Reason]:
    artefact = Artefact(CloseModel(Made(*effects), 0.0, None), SCHEMA, (), Amounts({}), pd.DataFrame(), Scale(()))
    return explain_scores(artefact, np.array([row]), **options)[0]


@pytest.fixture(scope="module")
def matrix(history: Tables, cut: datetime, artefact: Artefact) -> NDArray[np.float64]:
    return score_questions(history, ask_open_leads(history, cut).head(60), artefact).matrix


def test_features_of_one_fact_are_one_reason_in_the_words_of_the_strongest() -> None:
    reasons = explain((0.2, -0.1, 0.3, 0.0), [9.0, 0.0, 3.0, 1.0])
    assert [(why.group, why.feature, why.text, why.direction) for why in reasons] == [
        ("attempts", "calls_last_7_days", "3 calls in the last 7 days", "for"),
        ("industry", "industry", "industry: Håndværk", "against"),
    ]
    assert [why.effect for why in reasons] == [0.5, -0.1]


def test_the_words_are_those_of_a_feature_that_speaks_the_same_way() -> None:
    (why,) = explain((-0.5, 0.0, 0.4, 0.0), [9.0, 0.0, 3.0, 1.0], language="da")
    assert (why.text, why.effect) == ("9 opkald indtil nu", pytest.approx(-0.1))


def test_what_the_model_does_not_know_is_not_told() -> None:
    texts = [why.text for why in explain((0.0, 0.2, 0.0, 0.1), [9.0, np.nan, 3.0, 33_100_456.0])]
    assert texts == ["industry not known or rare", "nummer: known, and not shown"]


def test_another_language_is_refused() -> None:
    with pytest.raises(BadInput, match="language 'sv' is not known"):
        explain((0.1, 0.0, 0.0, 0.0), [9.0, 0.0, 3.0, 1.0], language="sv")


@pytest.mark.parametrize(
    ("most", "chosen"),
    [
        (1, [1]),
        (2, [1, 0]),
        (3, [1, 0, 4]),  # one of three speaks against
        (6, [1, 0, 2, 3, 4, 5]),
        (9, [1, 0, 2, 3, 4, 5]),
    ],
)
def test_the_strongest_of_both_directions(most: int, chosen: list[int]) -> None:
    assert choose_strongest(np.array([[0.8, 0.9, 0.7, 0.6, -0.5, -0.1]]), most).tolist() == [chosen]


def test_no_place_is_kept_for_a_direction_that_nothing_speaks() -> None:
    assert choose_strongest(np.array([[0.1, 0.9, 0.0, 0.6], [-0.1, -0.2, -0.3, 0.0]]), 3).tolist() == [
        [1, 3, 0],
        [2, 1, 0],
    ]


def test_groups_and_base_add_up_to_the_score_before_calibration(
    artefact: Artefact, matrix: NDArray[np.float64]
) -> None:
    effects = compute_contributions(artefact, matrix)
    every = explain_scores(artefact, matrix, most=1_000)
    totals = np.array([sum(why.effect for why in reasons) for reasons in every])
    timing = artefact.model.timing
    assert timing is not None
    stage = np.log(timing.expect_wins(matrix, np.array([365.0]))[:, 0])
    raw = artefact.model.winning.predict(matrix)
    assert totals + effects[:, -1] == pytest.approx(raw + stage, abs=1e-9)
    groups = [why.group for why in every[0]]
    assert len(groups) == len(set(groups))


def test_strongest_first_and_alone_as_in_a_batch(artefact: Artefact, matrix: NDArray[np.float64]) -> None:
    together = explain_scores(artefact, matrix, most=5, language="da")
    for row, reasons in enumerate(together):
        assert len(reasons) == 5
        assert [abs(why.effect) for why in reasons] == sorted((abs(why.effect) for why in reasons), reverse=True)
        assert {why.direction for why in reasons} == {"for", "against"}
        assert explain_scores(artefact, matrix[row : row + 1], most=5, language="da") == [reasons]


def test_columns_that_speak_of_one_fact_stand_together() -> None:
    facts, members = group_columns((*FEATURES, "attribute_calls"))
    named = dict(zip(facts, members, strict=True))
    names = [*FEATURES, "attribute_calls"]
    assert [names[place] for place in named["talk"]] == [name for name in FEATURES if name.endswith("talk_seconds")]
    assert named["attribute_calls"] == [len(FEATURES)]
    assert sorted(place for places in members for place in places) == list(range(len(names)))


def test_sums_of_groups() -> None:
    assert sum_groups(np.array([[1.0, 2.0, 4.0], [0.5, 0.0, -0.5]]), [[0, 2], [1]]).tolist() == [[5.0, 2.0], [0.0, 0.0]]
