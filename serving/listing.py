"""Call lists for people and exports: from the queue, or by simple rules while there is no model."""

from __future__ import annotations

from dataclasses import asdict, dataclass
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from data import list_next_leads, may_call

if TYPE_CHECKING:
    from datetime import datetime

    from data import Store

PRIOR_LEADS = 50
"""A campaign's win rate is drawn towards that of all campaigns as by so many closed leads."""

CANDIDATES = 20
"""How many leads are asked about for each one listed: most may not be called at any one moment."""


@dataclass(frozen=True)
class CallList:
    """The next leads to call.

    Attributes:
        leads: lead_id, campaign_id, probability, expected_value_minor and more, best first.
        notes: sentences on how the list was made, or why it is empty.
    """

    leads: list[dict[str, Any]]
    notes: list[str]


def list_calls(store: Store, campaign: str, limit: int, at: datetime) -> CallList:
    """The next leads of a campaign that may be called at a moment; nothing is leased.

    Where the queue holds no scores of the campaign, leads are ranked by simple rules: the campaign's win rate, then
    those called least often, then the oldest.
    """
    with store.transaction() as connection:
        queued = connection.execute(_COUNT_QUEUED, {"campaign": campaign}).scalar_one()
        if queued:
            found = [asdict(lead) for lead in list_next_leads(connection, campaign_id=campaign, limit=limit, at=at)]
            notes = (
                []
                if found
                else [f"none of the {queued:,} leads in the queue may be called at {at:%Y-%m-%d %H:%M} UTC."]
            )
            return CallList(found, notes)
        found = _rank_by_rules(connection, campaign, limit, at)
    note = "no lead of this campaign was scored yet, so the list follows simple rules; see callworth train and score."
    return CallList(found, [note] if found else [f"there is no open lead in campaign '{campaign}' that may be called."])


def _rank_by_rules(connection: sa.Connection, campaign: str, limit: int, at: datetime) -> list[dict[str, Any]]:
    values = {"campaign": campaign, "at": at, "prior": PRIOR_LEADS, "most": limit * CANDIDATES}
    rows = connection.execute(_BY_RULES, values).mappings().all()
    allowed = set(_allowed_leads(connection, [row["lead_id"] for row in rows], at))
    return [dict(row) for row in rows if row["lead_id"] in allowed][:limit]


def _allowed_leads(connection: sa.Connection, leads: list[str], at: datetime) -> list[str]:
    answers = may_call(connection, leads, at)
    return answers["lead_id"][answers["allowed"]].tolist()


_COUNT_QUEUED = sa.text("SELECT count(*) FROM call_queue WHERE campaign_id = :campaign")

_BY_RULES = sa.text("""
    WITH won AS (SELECT DISTINCT lead_id FROM deals WHERE superseded_at IS NULL AND occurred_at < :at),
    lost AS (SELECT DISTINCT lead_id FROM lead_stages
             WHERE superseded_at IS NULL AND stage = 'lost' AND occurred_at < :at),
    closed AS (
        SELECT l.campaign_id, w.lead_id IS NOT NULL AS is_won
        FROM leads l LEFT JOIN won w USING (lead_id) LEFT JOIN lost o USING (lead_id)
        WHERE l.superseded_at IS NULL AND coalesce(w.lead_id, o.lead_id) IS NOT NULL),
    everywhere AS (SELECT coalesce(avg(is_won::int), 0) AS share FROM closed),
    here AS (
        SELECT (count(*) FILTER (WHERE is_won) + :prior * (SELECT share FROM everywhere)) / (count(*) + :prior) AS share
        FROM closed WHERE campaign_id = :campaign)
    SELECT l.lead_id, l.campaign_id, share::double precision AS probability,
           round(share * coalesce(m.deal_amount_minor, 0))::bigint AS expected_value_minor,
           count(c.call_id) AS attempts
    FROM leads l
    JOIN campaigns m ON m.campaign_id = l.campaign_id AND m.superseded_at IS NULL
    CROSS JOIN here
    LEFT JOIN calls c ON c.lead_id = l.lead_id AND c.superseded_at IS NULL AND c.occurred_at < :at
    WHERE l.campaign_id = :campaign AND l.superseded_at IS NULL AND l.occurred_at < :at
      AND l.lead_id NOT IN (SELECT lead_id FROM won) AND l.lead_id NOT IN (SELECT lead_id FROM lost)
    GROUP BY l.lead_id, l.campaign_id, share, m.deal_amount_minor, l.occurred_at
    ORDER BY attempts, l.occurred_at, l.lead_id
    LIMIT :most""")
