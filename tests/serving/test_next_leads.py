from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from data.errors import BadInput
from data.gate import may_call
from serving.faults import NotFound
from serving.messages import NextLeadQuestion
from serving.next_leads import LEASE_SECONDS, lease_lead

if TYPE_CHECKING:
    from serving.desk import Desk

NOON = datetime(2026, 6, 17, 10, 0, tzinfo=UTC)


def ask(world: Any, **changes: str) -> NextLeadQuestion:
    agent = world.tables["agents"]["agent_id"][0].as_py()
    return NextLeadQuestion(**({"agent_id": agent, "campaign_id": world.campaign} | changes))


def test_leads_come_by_expected_value_with_what_the_dialer_needs(world: Any, desk: Desk) -> None:
    first, second = (lease_lead(desk, ask(world), None).lead for _ in range(2))
    assert first is not None
    assert second is not None
    assert first.lead_id != second.lead_id
    assert (first.expected_value_minor or 0) >= (second.expected_value_minor or 0) > 0
    assert (first.phone or "").startswith("+45")
    assert first.contact_name
    assert first.leased_until - NOON == pytest.approx(timedelta(seconds=LEASE_SECONDS), abs=timedelta(seconds=1))
    with world.store.transaction() as connection:
        assert may_call(connection, [first.lead_id, second.lead_id], NOON)["allowed"].all()
        logged = "SELECT probability FROM scores WHERE question = 'list' AND lead_id = :lead ORDER BY occurred_at DESC"
        given = connection.execute(sa.text(logged), {"lead": first.lead_id}).scalars().first()
    assert given == first.probability


def test_sixteen_agents_get_sixteen_leads_or_none(world: Any, desk: Desk) -> None:
    with ThreadPoolExecutor(16) as agents:
        answers = list(agents.map(lambda _: lease_lead(desk, ask(world), None), range(16)))
    leads = [answer.lead.lead_id for answer in answers if answer.lead]
    assert len(leads) == len(set(leads))
    assert all(answer.reason for answer in answers if not answer.lead)


def test_why_there_is_none(world: Any, desk: Desk) -> None:
    leased = []
    while answer := lease_lead(desk, ask(world), None).lead:
        leased.append(answer.lead_id)
    assert leased
    reason = lease_lead(desk, ask(world), None).reason
    assert reason == "every open lead of the campaign is being called, rests, or may not be called."

    desk.clock = lambda: NOON + timedelta(hours=9)
    assert lease_lead(desk, ask(world), None).reason == "it is outside calling hours where the number rings."

    with world.store.transaction() as connection:
        empty = connection.scalar(
            sa.text(
                "SELECT min(campaign_id) FROM campaigns WHERE campaign_id NOT IN (SELECT campaign_id FROM call_queue)"
            )
        )
    if empty:
        assert lease_lead(desk, ask(world, campaign_id=empty), None).reason == (
            "the campaign has no open lead in the queue; run callworth score."
        )


def test_unknown_or_foreign(world: Any, desk: Desk) -> None:
    with pytest.raises(NotFound, match="the campaign 'none' is not known"):
        lease_lead(desk, ask(world, campaign_id="none"), None)
    with pytest.raises(NotFound, match="the campaign"):
        lease_lead(desk, ask(world), "another client")
    with pytest.raises(BadInput, match="the agent 'nobody' is not known"):
        lease_lead(desk, ask(world, agent_id="nobody"), None)
