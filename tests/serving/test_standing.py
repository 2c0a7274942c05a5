"""Scores for people: graded, and held against the score before."""

from __future__ import annotations

from typing import Any

import pandas as pd
import pytest

from data.grading import Grading
from serving.standing import UNKNOWN, Judge
from training.explanation.scale import fit_scale

JUDGE = Judge("7", fit_scale([share / 1_000 for share in range(1_000)]), Grading(90, 70, 40, steady_within=4))


@pytest.mark.parametrize(
    ("probability", "before", "standing"),
    [
        (0.905, None, (90, "A", None)),  # 905 of 1,000 are below, 90 %
        (0.905, 0.865, (90, "A", "steady")),  # from 86: 4 points are within the dead band
        (0.905, 0.855, (90, "A", "up")),
        (0.705, 0.905, (70, "B", "down")),
        (0.0, 0.0, (1, "D", "steady")),
    ],
)
def test_score_grade_and_trend(probability: float, before: float | None, standing: tuple[Any, ...]) -> None:
    assert tuple(JUDGE.judge("7", probability, before).values()) == standing


def test_another_versions_score_is_not_on_its_scale() -> None:
    assert JUDGE.judge("6", 0.9, 0.1) == UNKNOWN


def test_many_are_judged_as_one_is() -> None:
    probabilities = [0.0, 0.3, 0.705, 0.705, 0.999]
    before = {"1": 0.5, "2": 0.7, "4": 0.2}
    scores = pd.DataFrame({"lead_id": list("01234"), "score": JUDGE.scale.score(probabilities)})
    judged = JUDGE.judge_scores(scores, before)[["score", "grade", "trend"]]
    alone = [
        JUDGE.judge("7", probability, before.get(lead))
        for lead, probability in zip("01234", probabilities, strict=True)
    ]
    assert judged["trend"].isna().tolist() == [True, False, False, True, False]
    assert judged.astype("object").where(judged.notna(), None).to_dict("records") == alone


def test_no_scores_are_judged_too() -> None:
    judged = JUDGE.judge_scores(pd.DataFrame({"lead_id": [], "score": pd.Series([], dtype="int64")}), {})
    assert list(judged.columns) == ["lead_id", "score", "grade", "trend"]
