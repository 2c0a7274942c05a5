from __future__ import annotations

import pandas as pd
import pytest

from benchmarks.interval_worlds import draw_questions
from benchmarks.intervals import describe


def test_coverage_is_a_share_of_campaigns_and_the_control_has_to_fail() -> None:
    campaigns = pd.DataFrame(
        {
            "wins_covered": [True, True, True, False],
            "wins_width": [0.4, 0.6, 0.4, 0.6],
            "money_covered": [True, True, True, True],
            "money_width": 1.0,
            "control_covered": [True, True, False, False],
            "control_width": 0.3,
            "expected": 40.0,
        }
    )
    figures = {figure.name: figure for figure in describe(0.2, campaigns, 0.21)}
    assert figures["spread_0.2: wins_coverage"].value == 0.75
    assert figures["spread_0.2: wins_coverage"].met
    assert figures["spread_0.2: wins_width"].value == pytest.approx(0.5)
    assert not figures["spread_0.2: money_coverage_at_most"].met
    assert figures["spread_0.2: control_coverage"].met
    assert not figures["spread_0.2: campaigns"].met
    assert {figure.name: figure for figure in describe(0.0, campaigns, 0.1)}["spread_0: control_coverage"].goal is None


def test_every_lead_is_asked_about_first_and_some_at_random() -> None:
    questions = pd.DataFrame({"lead_id": ["a", "b", "a", "b", "a"], "weight": [1 / 3, 0.5, 1 / 3, 0.5, 1 / 3]})
    drawn = draw_questions(questions, 1)
    assert drawn["first"].tolist() == [True, True, False, False, False]
    assert drawn["drawn"].all()  # fewer than are drawn at most
    assert (drawn["weight"] == 1).all()
