from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest
import sqlalchemy as sa

from data.grading import Grading
from data.store import read_tables
from serving.champion import Champion
from serving.faults import NotFound
from serving.graded_scores import grade_scores
from serving.lead_view import REASONS, view_lead
from serving.messages import CallReport
from serving.reported_calls import report_call
from training import explain_scores, score_questions

if TYPE_CHECKING:
    from serving.desk import Desk


def test_an_open_lead(world: Any, desk: Desk, queued_lead: str, make_report: Any) -> None:
    report_call(desk, CallReport.model_validate(make_report("view")), None)
    view = view_lead(desk, queued_lead, None)
    assert view.score is not None
    assert view.score.probability_low < view.score.probability < view.score.probability_high
    logged = view.score.model_copy(update={"probability_low": None, "probability_high": None})  # not in the log
    assert logged == view.history[0]
    assert view.campaign_id == world.campaign
    assert view.currency == "DKK"
    assert len(view.reasons) == REASONS
    assert view.calls[0].disposition == "callback"
    assert [call.occurred_at for call in view.calls] == sorted((call.occurred_at for call in view.calls), reverse=True)
    assert not view.may_call
    assert view.why_not == "the last call was too short a time ago (house policy)"
    assert view_lead(desk, queued_lead, None) == view


def test_a_score_shown_to_a_rep_is_logged_as_such_once(world: Any, desk: Desk, queued_lead: str) -> None:
    views = [view_lead(desk, queued_lead, None) for _ in range(3)]
    assert views[0].score is not None
    with world.store.transaction() as connection:
        logged = connection.scalar(
            sa.text("SELECT count(*) FROM scores WHERE lead_id = :lead AND occurred_at = :as_of AND question = 'rep'"),
            {"lead": queued_lead, "as_of": views[0].score.as_of},
        )
    assert logged == 1


def test_score_grade_and_reasons_are_those_of_the_batch(world: Any, desk: Desk, queued_lead: str) -> None:
    view = view_lead(desk, queued_lead, None, "da")
    assert view.score is not None
    asked = pd.DataFrame(
        {"lead_id": pd.Series([queued_lead], dtype="str"), "as_of": pd.Timestamp(view.score.as_of).as_unit("us")}
    )
    offline = score_questions(read_tables(world.store), asked, world.artefact)
    graded = grade_scores(world.store, offline.scores, world.artefact, desk.settings.grading).iloc[0]
    assert (view.score.score, view.score.grade) == (graded["score"], graded["grade"])
    assert view.score.trend == (None if pd.isna(graded["trend"]) else graded["trend"])
    (reasons,) = explain_scores(world.artefact, offline.matrix, most=REASONS, language="da")
    assert [(why.text, why.effect, why.group) for why in view.reasons] == [
        (why.text, why.effect, why.group) for why in reasons
    ]
    assert {why.direction for why in view.reasons} == {"for", "against"}


def test_grades_follow_the_limits_of_the_house(world: Any, desk: Desk, queued_lead: str) -> None:
    grades = []
    for grading in (Grading(3, 2, 1), Grading(99, 98, 97)):
        desk.settings = replace(world.settings, grading=grading)
        score = view_lead(desk, queued_lead, None).score
        assert score is not None
        grades.append(grading.grade(score.score or 0) == score.grade)
    assert grades == [True, True]


def test_a_closed_lead_has_no_score(world: Any, desk: Desk) -> None:
    won = world.tables["deals"]["lead_id"][0].as_py()
    view = view_lead(desk, won, None)
    assert (view.stage, view.score, view.reasons, view.may_call) == ("won", None, [], False)
    assert view.why_not == "the lead is won or lost (house policy)"
    assert view.calls


def test_without_a_model_the_rest_is_shown(world: Any, desk: Desk, queued_lead: str) -> None:
    desk.champion = Champion(world.settings)
    view = view_lead(desk, queued_lead, None)
    assert (view.score, view.reasons) == (None, [])
    assert view.history


def test_no_personal_data_beyond_title_and_company(world: Any, desk: Desk, queued_lead: str) -> None:
    shown = view_lead(desk, queued_lead, None).model_dump_json()
    with world.store.transaction() as connection:
        person = connection.execute(
            sa.text(
                "SELECT p.name, p.phone, p.email FROM contacts p JOIN leads USING (contact_id) WHERE lead_id = :lead"
            ),
            {"lead": queued_lead},
        ).one()
    assert not [value for value in person if value and value in shown]


@pytest.mark.parametrize("client", [None, "another client"])
def test_unknown_or_foreign(desk: Desk, queued_lead: str, client: str | None) -> None:
    with pytest.raises(NotFound, match="is not known"):
        view_lead(desk, queued_lead if client else "nobody", client)
