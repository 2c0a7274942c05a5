from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from serving.champion import Champion
from serving.faults import NotFound
from serving.lead_view import REASONS, view_lead
from serving.messages import CallReport
from serving.reported_calls import report_call

if TYPE_CHECKING:
    from serving.desk import Desk


def test_an_open_lead(world: Any, desk: Desk, queued_lead: str, make_report: Any) -> None:
    report_call(desk, CallReport.model_validate(make_report("view")), None)
    view = view_lead(desk, queued_lead, None)
    assert view.score is not None
    assert view.score == view.history[0]
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
