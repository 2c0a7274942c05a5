"""The next lead of an agent: leased from the queue, with what a dialer needs to call it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from data.gate import CLOSURES, decide_calls
from data.queue import lease_next_lead
from data.scores import repeat_score
from serving.known_leads import require_agent, require_campaign
from serving.messages import LeasedLead, NextLeadAnswer

if TYPE_CHECKING:
    from datetime import datetime

    from data.queue import QueuedLead
    from serving.desk import Desk
    from serving.messages import NextLeadQuestion

LEASE_SECONDS = 900.0
"""Time to dial, to talk and to report; after it the lead is given to another."""

LOOKED_AT = 20


def lease_lead(desk: Desk, question: NextLeadQuestion, client_id: str | None) -> NextLeadAnswer:
    """Lease the best lead of a campaign that may be called now.

    Args:
        desk: the service's.
        question: the agent and the campaign.
        client_id: whose leads may be seen; None for all.

    Raises:
        NotFound: the campaign is not known, or another client's.
        BadInput: the agent is not known.
    """
    at, campaign_id = desk.clock(), question.campaign_id
    with desk.store.transaction() as connection:
        require_campaign(connection, campaign_id, client_id)
        require_agent(connection, question.agent_id)
        leased = lease_next_lead(
            connection, campaign_id=campaign_id, agent_id=question.agent_id, at=at, seconds=LEASE_SECONDS
        )
        if leased is None:
            return NextLeadAnswer(reason=explain_none(connection, campaign_id, at))
        repeat_score(connection, leased.lead_id, leased.as_of, leased.model_version, question="list", arrived_at=at)
        return NextLeadAnswer(lead=read_contact(connection, leased))


def read_contact(connection: sa.Connection, leased: QueuedLead) -> LeasedLead:
    """What the dialer needs, beside the lease, to call a lead."""
    values = {"lead": leased.lead_id, "as_of": leased.as_of, "version": leased.model_version}
    found: dict[str, Any] = {
        **connection.execute(_CONTACT, values).mappings().one(),
        "leased_until": leased.leased_until,
    }
    return LeasedLead(
        lead_id=leased.lead_id,
        campaign_id=leased.campaign_id,
        probability=leased.probability,
        **found,
    )


def explain_none(connection: sa.Connection, campaign_id: str, at: datetime) -> str:
    """Why there is no lead to call, in one sentence."""
    leads = connection.execute(_FIRST, {"campaign": campaign_id, "most": LOOKED_AT}).scalars().all()
    if not leads:
        return "the campaign has no open lead in the queue; run callworth score."
    decided = decide_calls(connection, leads, at)
    closures = {decision.rule.says for decision in decided if decision.rule and decision.rule.name in CLOSURES}
    if closures and all(decision.rule for decision in decided):
        return f"{', or '.join(sorted(closures))}."
    if connection.execute(_MORE, {"campaign": campaign_id, "at": at}).scalar_one():
        return "many leads of the campaign may not be called now; the next question goes on with the rest."
    return "every open lead of the campaign is being called, rests, or may not be called."


_CONTACT = sa.text("""
    SELECT p.phone, p.name AS contact_name, k.name AS company_name, l.message_variant,
           (SELECT s.expected_value_minor FROM scores s WHERE s.lead_id = l.lead_id AND s.occurred_at = :as_of
               AND s.model_version = :version AND s.superseded_at IS NULL LIMIT 1) AS expected_value_minor
    FROM leads l
    LEFT JOIN contacts p ON p.contact_id = l.contact_id AND p.superseded_at IS NULL
    LEFT JOIN companies k ON k.company_id = l.company_id AND k.superseded_at IS NULL
    WHERE l.lead_id = :lead AND l.superseded_at IS NULL""")

_FIRST = sa.text("""
    SELECT lead_id FROM call_queue WHERE campaign_id = :campaign
    ORDER BY expected_value_minor DESC, lead_id LIMIT :most""")

_MORE = sa.text("""
    SELECT EXISTS (SELECT FROM call_queue WHERE campaign_id = :campaign
                   AND (leased_until IS NULL OR leased_until <= :at)
                   AND (snoozed_until IS NULL OR snoozed_until <= :at))""")
