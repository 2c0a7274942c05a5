"""Handovers that are reported: agents qualify a lead, and sales accepts or rejects it. Each is recorded once."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pandas as pd
import sqlalchemy as sa

from data import lock_merges, merge_rows
from data.contract import CONTRACT
from data.errors import BadInput
from serving.faults import Conflict
from serving.kept_leads import refresh_lead
from serving.known_leads import require_lead
from serving.messages import HandoverAnswer
from serving.past_scores import find_score
from serving.reported_calls import CLOCKS_DIFFER

if TYPE_CHECKING:
    from datetime import datetime

    from serving.desk import Desk
    from serving.messages import HandoverReport, SalesReport

PATIENCE = "5s"
"""How long a report waits for an import that is under way; then the caller tries again."""


def report_handover(desk: Desk, report: HandoverReport, client_id: str | None) -> HandoverAnswer:
    """Record that a lead is qualified, if its contact has a title and gave consent, and a next action is agreed.

    Args:
        desk: the service's.
        report: the handover.
        client_id: whose leads may be seen; None for all.

    Raises:
        NotFound: the lead is not known, or another client's.
        BadInput: something is missing, or it lies in the future.
        Conflict: another handover has this id.
    """
    fields = {"lead_stage_id": report.handover_id, "lead_id": report.lead_id, "stage": "qualified"}
    return _record(desk, "lead_stages", fields, report.occurred_at, client_id)


def report_handover_answer(desk: Desk, report: SalesReport, client_id: str | None) -> HandoverAnswer:
    """Record what sales answers to a handover.

    Args:
        desk: the service's.
        report: the answer.
        client_id: whose leads may be seen; None for all.

    Raises:
        NotFound: the lead is not known, or another client's.
        BadInput: a rejection without a reason, or it lies in the future.
        Conflict: another answer has this id.
    """
    if report.answer == "rejected" and report.reason is None:
        raise BadInput(
            f"a rejection has a reason; give one of {', '.join(CONTRACT['handover_answers']['reason'].codes)}."
        )
    fields = {
        "handover_answer_id": report.answer_id,
        "lead_id": report.lead_id,
        "answer": report.answer,
        "reason": report.reason,
    }
    return _record(desk, "handover_answers", fields, report.occurred_at, client_id)


def _record(
    desk: Desk, table: str, fields: dict[str, Any], occurred_at: datetime, client_id: str | None
) -> HandoverAnswer:
    at, lead_id = desk.clock(), fields["lead_id"]
    if occurred_at > at + CLOCKS_DIFFER:
        raise BadInput("it lies in the future; set the clock, or correct occurred_at.")
    with desk.store.transaction() as connection:
        require_lead(connection, lead_id, client_id)
        connection.execute(sa.text(f"SET LOCAL lock_timeout = '{PATIENCE}'"))
        lock_merges(connection)
        recorded = _write(connection, table, fields | {"occurred_at": occurred_at}, at)
    if table == "lead_stages" and desk.champion.loaded and recorded:
        refresh_lead(desk, lead_id, desk.champion.artefact, question="rep", at=max(at, occurred_at))
    with desk.store.transaction() as connection:
        return HandoverAnswer(recorded=recorded, score=find_score(connection, lead_id, desk.judge))


def _write(connection: sa.Connection, table: str, fields: dict[str, Any], at: datetime) -> bool:
    """Write a row through the same checks as an import; returns whether it is new."""
    key = CONTRACT[table].key
    same = " AND ".join(f"{name} IS NOT DISTINCT FROM :{name}" for name in fields)
    found = sa.text(f"SELECT {same} FROM {table} WHERE {key} = :{key} AND superseded_at IS NULL")
    known = connection.execute(found, fields).scalar()
    if known is False:
        raise Conflict(f"'{fields[key]}' was reported before with other content; give each report its own id.")
    if known:
        return False
    values = fields | {"known_at": at, "known_at_assumed": False}
    row = pd.DataFrame([{name: values.get(name) for name in CONTRACT[table].names}], dtype="object")
    merge = merge_rows(connection, {table: row}, import_id=None, arrived_at=at)
    if merge.refused:
        (problem,) = merge.refused
        raise BadInput(f"{problem.reason}; {problem.remedy.removesuffix(', then release the row')}.")
    return True
