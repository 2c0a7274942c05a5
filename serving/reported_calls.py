"""Calls that dialers report: recorded once, however often they are sent; the lead's score follows."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.erasure import hold_erasures
from data.errors import BadInput
from serving.faults import Conflict
from serving.kept_leads import refresh_lead
from serving.known_leads import require_agent, require_lead
from serving.messages import CallAnswer
from serving.past_scores import find_score

if TYPE_CHECKING:
    from serving.desk import Desk
    from serving.messages import CallReport

CLOCKS_DIFFER = timedelta(minutes=5)
"""How far a dialer's clock may be ahead of ours."""


def report_call(desk: Desk, report: CallReport, client_id: str | None) -> CallAnswer:
    """Record a call, give its lead back to the queue, and score it anew.

    Args:
        desk: the service's.
        report: the call.
        client_id: whose leads may be seen; None for all.

    Raises:
        NotFound: the lead is not known, or another client's.
        BadInput: the agent is not known, or the call is in the future.
        Conflict: another call has this id.
    """
    at = desk.clock()
    if report.occurred_at > at + CLOCKS_DIFFER:
        raise BadInput("the call lies in the future; set the dialer's clock, or correct occurred_at.")
    with desk.store.transaction() as connection:
        hold_erasures(connection)
        require_lead(connection, report.lead_id, client_id)
        require_agent(connection, report.agent_id)
        recorded = record_call(connection, report, at)
        connection.execute(_RELEASE, {"lead": report.lead_id, "agent": report.agent_id})
        behind = bool(connection.execute(_BEHIND, {"lead": report.lead_id, "call": report.call_id}).scalar())
    if desk.champion.loaded and (recorded or behind):
        moment = max(at, report.occurred_at)
        refresh_lead(desk, report.lead_id, desk.champion.artefact, question="list", at=moment)
    with desk.store.transaction() as connection:
        return CallAnswer(recorded=recorded, score=find_score(connection, report.lead_id, desk.judge))


def record_call(connection: sa.Connection, report: CallReport, at: datetime) -> bool:
    """Write a call to the store; returns whether it is new.

    Args:
        connection: in a transaction.
        report: the call.
        at: when it arrived: known from then on.

    Raises:
        Conflict: another call has this id.
    """
    values = report.model_dump()
    if connection.execute(_INSERT, values | {"known_at": at}).rowcount:
        return True
    if not connection.execute(_SAME, values).scalar_one():
        raise Conflict(
            f"the call '{report.call_id}' was reported before with other content; give each call its own id."
        )
    return False


_FIELDS = ("call_id", "lead_id", "agent_id", "occurred_at", "talk_seconds", "disposition")

_INSERT = sa.text(f"""
    INSERT INTO calls ({", ".join(_FIELDS)}, logged_by, known_at, known_at_assumed)
    VALUES ({", ".join(f":{name}" for name in _FIELDS)}, 'dialer', :known_at, FALSE)
    ON CONFLICT (call_id) WHERE superseded_at IS NULL DO NOTHING""")

_SAME = sa.text(f"""
    SELECT EXISTS (SELECT FROM calls WHERE superseded_at IS NULL AND {" AND ".join(f"{n} = :{n}" for n in _FIELDS)})""")

_RELEASE = sa.text("""
    UPDATE call_queue SET leased_by = NULL, leased_until = NULL WHERE lead_id = :lead AND leased_by = :agent""")

_BEHIND = sa.text("""
    SELECT q.as_of <= c.known_at FROM call_queue q, calls c
    WHERE q.lead_id = :lead AND c.call_id = :call AND c.superseded_at IS NULL""")
