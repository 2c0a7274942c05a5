from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.frames import to_arrow
from features import FeatureComputer
from training import ask_open_leads, score_questions

if TYPE_CHECKING:
    from datetime import datetime

    from data.frames import Tables
    from training import Artefact, Scored


@pytest.fixture(scope="module")
def scored(history: Tables, cut: datetime, artefact: Artefact) -> Scored:
    return score_questions(history, ask_open_leads(history, cut), artefact)


def test_every_open_lead_gets_a_probability_and_its_value(scored: Scored) -> None:
    scores = scored.scores
    assert len(scores) >= 300
    assert scores["probability"].between(0, 1).all()
    assert (scores["probability_90_days"] <= scores["probability_180_days"]).all()
    value = (scores["expected_amount_minor"].astype(float) * scores["probability"]).round()
    assert (scores["expected_value_minor"].astype(float) == value).all()


def test_one_lead_alone_gets_the_score_that_it_gets_in_a_batch(
    history: Tables, artefact: Artefact, scored: Scored
) -> None:
    with FeatureComputer(threads=1) as computer:
        for place in range(0, 60, 6):
            question = scored.scores.loc[[place], ["lead_id", "as_of"]].reset_index(drop=True)
            alone = score_questions(history, question, artefact, computer).scores.iloc[0]
            assert alone["probability"] == scored.scores["probability"][place]
            assert alone["features_hash"] == scored.scores["features_hash"][place]


def test_nothing_that_comes_later_changes_a_score(
    history: Tables, cut: datetime, artefact: Artefact, scored: Scored
) -> None:
    earlier = {}
    for name, rows in history.items():
        frame = rows.to_pandas()
        before = (frame["occurred_at"] < cut) & (frame["known_at"] < cut)
        earlier[name] = to_arrow(name, frame[before])
    again = score_questions(earlier, ask_open_leads(history, cut), artefact).scores
    assert (again["probability"].to_numpy() == scored.scores["probability"].to_numpy()).all()
