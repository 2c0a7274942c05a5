"""The top of each campaign's call list, for the page that shows them all."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.gate import Place, find_calling_moment
from data.queue import list_next_leads
from serving.known_leads import list_campaigns
from serving.past_scores import find_last_probabilities

if TYPE_CHECKING:
    from datetime import datetime

    from data.queue import QueuedLead
    from serving.desk import Desk
    from serving.standing import Judge, Standing

SHOWN = 5


@dataclass(frozen=True)
class ListPreview:
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
        companies: the names of their companies, by lead id, where they are known.
        standings: what their scores say to people, by lead id.
    """

    campaign_id: str
    name: str
    client: str
    currency: str
    time_zone: str
    at: datetime
    waiting: bool
    leads: list[QueuedLead]
    companies: dict[str, str]
    standings: dict[str, Standing]


def read_call_lists(desk: Desk, client_id: str | None) -> list[ListPreview]:
    """The call lists of all campaigns with open leads.

    Args:
        desk: the service's.
        client_id: whose leads may be seen; None for all.
    """
    now = desk.clock()
    with desk.store.transaction() as connection:
        lists = []
        for row in list_campaigns(connection, client_id):
            at, leads = now, list_next_leads(connection, campaign_id=row.campaign_id, limit=SHOWN, at=now)
            if not leads:  # those that will be called when the client's hours begin
                at = find_calling_moment(Place(row.country or "", (row.time_zone,)), now)
                leads = list_next_leads(connection, campaign_id=row.campaign_id, limit=SHOWN, at=at)
            companies = _name_companies(connection, leads)
            place = (row.campaign_id, row.name, row.client, row.currency, row.time_zone)
            lists.append(ListPreview(*place, at, at > now, leads, companies, _judge(connection, leads, desk.judge)))
        return lists


def count_outdated(desk: Desk, client_id: str | None) -> int:
    """How many leads of the queue are ranked by the score of another model version than the one that serves.

    Args:
        desk: the service's.
        client_id: whose leads may be seen; None for all.
    """
    if not desk.champion.loaded:
        return 0
    with desk.store.transaction() as connection:
        values = {"version": desk.champion.artefact.version, "client": client_id}
        return int(connection.execute(_OUTDATED, values).scalar_one())


def _judge(connection: sa.Connection, leads: list[QueuedLead], judge: Judge | None) -> dict[str, Standing]:
    """The standings of leads, each with what its version said before."""
    if judge is None:
        return {}
    given = [(lead.lead_id, lead.model_version, lead.as_of) for lead in leads]
    before = find_last_probabilities(connection, given)
    return {lead.lead_id: judge.judge(lead.model_version, lead.probability, before.get(lead.lead_id)) for lead in leads}


def _name_companies(connection: sa.Connection, leads: list[QueuedLead]) -> dict[str, str]:
    rows = connection.execute(_COMPANIES, {"leads": [lead.lead_id for lead in leads]})
    return {row.lead_id: row.name for row in rows}


_COMPANIES = sa.text("""
    SELECT l.lead_id, k.name FROM leads l JOIN companies k ON k.company_id = l.company_id AND k.superseded_at IS NULL
    WHERE l.lead_id = ANY(CAST(:leads AS text[])) AND l.superseded_at IS NULL AND k.name IS NOT NULL""")

_OUTDATED = sa.text("""
    SELECT count(*) FROM call_queue q JOIN campaigns m ON m.campaign_id = q.campaign_id AND m.superseded_at IS NULL
    WHERE q.model_version <> :version AND (CAST(:client AS text) IS NULL OR m.client_id = :client)""")
