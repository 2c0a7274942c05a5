from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from training import ask_open_leads, interval_of_sum, score_questions
from training.intervals.fitting import expect_usual, hold_campaigns, pick_questions
from training.intervals.follow_up import GRID

if TYPE_CHECKING:
    from datetime import datetime

    from data.frames import Tables
    from training import Artefact


def test_the_first_question_of_every_lead_counts() -> None:
    questions = pd.DataFrame({"lead_id": ["a", "b", "a", "c", "b"]})
    rows, first = pick_questions(questions, 1)
    assert rows.tolist() == [0, 1, 2, 3, 4]
    assert first.tolist() == [True, True, False, True, False]


def test_usual_wins_are_those_of_the_stage_after_as_many_days() -> None:
    curve = np.vstack([np.full(len(GRID), value) for value in (0.1, 0.3, 0.8)])
    usual = expect_usual(curve, np.full(3, 365.0), np.array([0.0, 0.0, np.nan]))
    assert np.exp(usual) == pytest.approx([0.2, 0.2, 0.8])


def test_campaigns_are_held_against_what_was_expected_on_the_level_of_the_wins() -> None:
    # 4 wins of 4 leads and 0 of 4; 2 expected of each, and by the final model 3 and 1.
    campaign, wins = np.repeat(["a", "b"], 4), np.array([1.0] * 4 + [0.0] * 4)
    _, shown = hold_campaigns(campaign, wins, np.full(8, 0.5), np.array([0.75] * 4 + [0.25] * 4))
    assert (shown["a"].wins, shown["a"].expected, shown["a"].absorbed) == pytest.approx((4, 2, 1.5))
    assert (shown["b"].wins, shown["b"].expected, shown["b"].absorbed) == pytest.approx((0, 2, 0.5))


def test_an_artefact_says_how_sure_it_is(history: Tables, cut: datetime, artefact: Artefact) -> None:
    found = artefact.intervals
    assert found is not None
    assert 0.02 < found.spread < 1.0
    assert 0.0 < found.drift < 0.5
    assert found.sparseness[180] < found.sparseness[90]
    assert sum(shown.wins for shown in found.campaigns.values()) == pytest.approx(
        sum(shown.expected for shown in found.campaigns.values()), rel=0.02
    )
    assert found.stated.ratio == pytest.approx(0.89, abs=0.08)  # sales state e ** 0.12 times the amount
    scores = score_questions(history, ask_open_leads(history, cut), artefact).scores
    assert (scores["probability_low"] < scores["probability"]).all()
    assert (scores["probability_high"] > scores["probability"]).all()
    sums = interval_of_sum(scores, "campaign_id", found, probability="probability_180_days")
    assert (sums["low"] < sums["high"]).all()
