"""Which leads, campaigns and agents are known, and whose they are: a client's key opens that client's leads only."""

from __future__ import annotations

from typing import TYPE_CHECKING

import sqlalchemy as sa

from data.errors import BadInput
from serving.faults import NotFound

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMED = 10
"""How many campaigns a sentence names at most."""


def require_lead(connection: sa.Connection, lead_id: str, client_id: str | None) -> str:
    """The campaign of a lead.

    Args:
        connection: to the store.
        lead_id: the lead.
        client_id: whose leads may be seen; None for all.

    Raises:
        NotFound: there is no such lead, or it is another client's.
    """
    found = connection.execute(_CAMPAIGN_OF, {"lead": lead_id, "client": client_id}).scalar()
    if found is None:
        raise NotFound(f"the lead '{lead_id}' is not known; import it first or correct the id.")
    return str(found)


def require_campaign(connection: sa.Connection, campaign_id: str, client_id: str | None) -> None:
    """Raise where a campaign is not there to be asked about.

    Raises:
        NotFound: there is no such campaign, or it is another client's; names those that there are.
    """
    if not connection.execute(_CAMPAIGN, {"campaign": campaign_id, "client": client_id}).scalar_one():
        rows = connection.execute(_NAMES, {"client": client_id}).all()
        named = [f"{row.campaign_id} ({row.name})" for row in rows[:NAMED]]
        named += [f"{len(rows) - NAMED} more"] if len(rows) > NAMED else []
        known = f"known are {', '.join(named)}" if named else "there are none yet"
        raise NotFound(f"the campaign '{campaign_id}' is not known; {known}; import it first or correct the id.")


def require_agent(connection: sa.Connection, agent_id: str) -> None:
    """Raise where an agent is not known.

    Raises:
        BadInput: there is no such agent.
    """
    if not connection.execute(_AGENT, {"agent": agent_id}).scalar_one():
        raise BadInput(f"the agent '{agent_id}' is not known; import the agents first or correct the id.")


def list_campaigns(
    connection: sa.Connection, client_id: str | None
) -> Sequence[sa.Row[tuple[str, str, str, str | None, str, str]]]:
    """The campaigns with leads in the queue, by client and name; with the client's country, zone and currency."""
    return connection.execute(_CAMPAIGNS, {"client": client_id}).all()


_OWN = "(CAST(:client AS text) IS NULL OR m.client_id = :client)"

_CAMPAIGN_OF = sa.text(f"""
    SELECT l.campaign_id FROM leads l JOIN campaigns m ON m.campaign_id = l.campaign_id
    WHERE l.lead_id = :lead AND l.superseded_at IS NULL AND m.superseded_at IS NULL AND {_OWN}""")

_CAMPAIGN = sa.text(f"""
    SELECT EXISTS (SELECT FROM campaigns m WHERE m.campaign_id = :campaign AND m.superseded_at IS NULL AND {_OWN})""")

_NAMES = sa.text(f"""
    SELECT m.campaign_id, m.name FROM campaigns m WHERE m.superseded_at IS NULL AND {_OWN} ORDER BY m.campaign_id""")

_AGENT = sa.text("SELECT EXISTS (SELECT FROM agents WHERE agent_id = :agent AND superseded_at IS NULL)")

_CAMPAIGNS = sa.text(f"""
    SELECT m.campaign_id, m.name, c.name AS client, c.country, c.time_zone, c.currency
    FROM campaigns m JOIN clients c ON c.client_id = m.client_id AND c.superseded_at IS NULL
    WHERE m.superseded_at IS NULL AND {_OWN}
      AND EXISTS (SELECT FROM call_queue q WHERE q.campaign_id = m.campaign_id)
    ORDER BY c.name, m.name, m.campaign_id""")
