"""The top of each campaign's call list, for the page that shows them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

from data.queue import list_next_leads
from serving.known_leads import list_campaigns
from serving.ranking import find_calling_moment

if TYPE_CHECKING:
    from datetime import datetime

    from data.queue import QueuedLead
    from serving.desk import Desk

SHOWN = 5


@dataclass(frozen=True)
class CallList:
    """The next leads of a campaign.

    Attributes:
        campaign_id: the campaign.
        name: its name.
        client: the client's name.
        currency: of expected values.
        time_zone: of the client.
        at: when calling hours begin, or now.
        waiting: whether calling hours have not begun.
        leads: the first few that may be called then.
    """

    campaign_id: str
    name: str
    client: str
    currency: str
    time_zone: str
    at: datetime
    waiting: bool
    leads: list[QueuedLead]


def read_call_lists(desk: Desk, client_id: str | None) -> list[CallList]:
    """The call lists of all campaigns with open leads.

    Args:
        desk: the service's.
        client_id: whose leads may be seen; None for all.
    """
    now = desk.clock()
    with desk.store.transaction() as connection:
        lists = []
        for row in list_campaigns(connection, client_id):
            at = find_calling_moment(now, row.time_zone)
            leads = list_next_leads(connection, campaign_id=row.campaign_id, limit=SHOWN, at=at)
            lists.append(
                CallList(row.campaign_id, row.name, row.client, row.currency, row.time_zone, at, at > now, leads)
            )
        return lists
