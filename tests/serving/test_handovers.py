from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from data.errors import BadInput
from serving.faults import Conflict, NotFound
from serving.handovers import report_handover, report_handover_answer
from serving.messages import HandoverReport, SalesReport

if TYPE_CHECKING:
    from serving.desk import Desk

AT = "2026-06-17T09:59:00Z"


def hand_over(name: str, lead: str, at: str = AT) -> HandoverReport:
    return HandoverReport.model_validate({"handover_id": name, "lead_id": lead, "occurred_at": at})


def answer(name: str, lead: str, **said: Any) -> SalesReport:
    return SalesReport.model_validate({"answer_id": name, "lead_id": lead, "occurred_at": AT} | said)


def agree(world: Any, lead: str, consent: str) -> None:
    statement = sa.text("""
        INSERT INTO consents (consent_id, contact_id, consent, channel, occurred_at, known_at, known_at_assumed)
        SELECT :id, contact_id, :consent, 'phone', :at, :at, FALSE FROM leads
        WHERE lead_id = :lead AND superseded_at IS NULL""")
    with world.store.transaction() as connection:
        connection.execute(statement, {"id": f"{consent}-{lead}", "consent": consent, "at": AT, "lead": lead})


def test_a_lead_is_handed_over_once_and_its_score_follows(world: Any, desk: Desk, queued_lead: str) -> None:
    agree(world, queued_lead, "given")
    report = hand_over("first", queued_lead)
    given = report_handover(desk, report, None)
    assert given.recorded
    assert given.score is not None
    assert not report_handover(desk, report, None).recorded
    with world.store.transaction() as connection:
        query = sa.text("SELECT stage FROM lead_stages WHERE lead_stage_id = 'first'")
        assert connection.execute(query).scalars().all() == ["qualified"]
        logged = sa.text("SELECT question FROM scores WHERE lead_id = :lead ORDER BY occurred_at DESC LIMIT 1")
        assert connection.execute(logged, {"lead": queued_lead}).scalar_one() == "rep"
    with pytest.raises(Conflict, match="'first' was reported before with other content"):
        report_handover(desk, hand_over("first", queued_lead, "2026-06-17T09:00:00Z"), None)


def test_what_is_missing_is_said_with_the_remedy(world: Any, desk: Desk, queued_lead: str) -> None:
    agree(world, queued_lead, "withdrawn")
    with pytest.raises(
        BadInput, match=r"handed over: the contact's consent is not given; ask for it and register it in consents\.$"
    ):
        report_handover(desk, hand_over("second", queued_lead), None)


def test_sales_answers_once(world: Any, desk: Desk, queued_lead: str) -> None:
    report = answer("yes", queued_lead, answer="accepted")
    assert [report_handover_answer(desk, report, None).recorded for _ in range(2)] == [True, False]
    report_handover_answer(desk, answer("no", queued_lead, answer="rejected", reason="timing"), None)
    with world.store.transaction() as connection:
        query = sa.text(
            "SELECT answer, reason FROM handover_answers WHERE handover_answer_id IN ('yes', 'no') ORDER BY answer"
        )
        assert [tuple(row) for row in connection.execute(query)] == [("accepted", None), ("rejected", "timing")]


def test_a_rejection_needs_a_reason(desk: Desk, queued_lead: str) -> None:
    with pytest.raises(BadInput, match="a rejection has a reason; give one of no_need, no_budget"):
        report_handover_answer(desk, answer("why", queued_lead, answer="rejected"), None)


def test_strangers_and_the_future_are_refused(desk: Desk, queued_lead: str) -> None:
    with pytest.raises(NotFound):
        report_handover(desk, hand_over("third", "nobody"), None)
    with pytest.raises(NotFound):
        report_handover_answer(desk, answer("third", queued_lead, answer="accepted"), "another client")
    with pytest.raises(BadInput, match="lies in the future"):
        report_handover(desk, hand_over("third", queued_lead, "2026-07-17T09:00:00Z"), None)
