"""Call lists for people and exports: from the queue, or by simple rules while there is no model."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from data import list_next_leads
from serving.empty_lists import explain_empty_list
from serving.known_leads import require_campaign
from serving.simple_rules import rank_by_rules

if TYPE_CHECKING:
    from datetime import datetime

    from data import Store

BY_RULES = "no lead of this campaign was scored yet, so the list follows simple rules; see callworth train and score."


@dataclass(frozen=True)
class CallList:
    """The next leads to call.

    Attributes:
        leads: lead_id, campaign_id, probability, expected_value_minor and more, best first.
        notes: sentences on how the list was made, or why it is empty.
        refused: where the list is empty, how many open leads each rule of the gate refuses, by the rule's name.
    """

    leads: list[dict[str, Any]]
    notes: list[str]
    refused: dict[str, int]


def list_calls(store: Store, campaign: str, limit: int, at: datetime) -> CallList:
    """The next leads of a campaign that may be called at a moment; nothing is leased.

    Where the queue holds no scores of the campaign, the list follows simple rules.

    Raises:
        NotFound: there is no such campaign.
    """
    with store.transaction() as connection:
        require_campaign(connection, campaign, None)
        if connection.execute(_IS_QUEUED, {"campaign": campaign}).scalar_one():
            queued = list_next_leads(connection, campaign_id=campaign, limit=limit, at=at)
            leads, notes = [asdict(lead) for lead in queued], []
        else:
            leads, notes = rank_by_rules(connection, campaign, limit, at), [BY_RULES]
        if leads:
            return CallList(leads, notes, {})
        why, refused = explain_empty_list(connection, campaign, at)
        return CallList([], [why], refused)


_IS_QUEUED = sa.text("SELECT EXISTS (SELECT FROM call_queue WHERE campaign_id = :campaign)")
