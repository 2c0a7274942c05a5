"""The call list of a campaign without a model: its win rate for every lead, and first who was called least."""

from __future__ import annotations

from itertools import islice
from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from serving.open_leads import decide_leads, list_open_leads, see_at

if TYPE_CHECKING:
    from datetime import datetime

PRIOR_LEADS = 50
"""A campaign's win rate is drawn towards that of the client's campaigns as by so many closed leads."""


def rank_by_rules(connection: sa.Connection, campaign_id: str, limit: int, at: datetime) -> list[dict[str, Any]]:
    """The leads of a campaign that may be called at a moment: those called least often first, then the oldest.

    Args:
        connection: to the store; only what had happened and was known before ``at`` counts.
        campaign_id: a known campaign.
        limit: how many leads at most.
        at: the moment of the calls.

    Returns:
        lead_id, campaign_id, probability (the campaign's win rate; None where nothing was closed yet) and
        expected_value_minor (None where rate or amount is not known).
    """
    decided = decide_leads(connection, list_open_leads(connection, campaign_id, at), at)
    leads = islice((decision.lead_id for decision in decided if decision.rule is None), limit)
    values = {"campaign": campaign_id, "at": at}
    rate = estimate_win_rate(*connection.execute(_CLOSED, values).one())
    amount = connection.execute(_AMOUNT, values).scalar()
    worth = None if rate is None or amount is None else round(rate * amount)
    score = {"campaign_id": campaign_id, "probability": rate, "expected_value_minor": worth}
    return [{"lead_id": lead} | score for lead in leads]


def estimate_win_rate(won: int, closed: int, won_of_client: int, closed_of_client: int) -> float | None:
    """A campaign's win rate, drawn towards that of all the client's campaigns, which follows Jeffreys' prior.

    It is never 0 or 1: that nobody was won so far does not mean that nobody can be. Counts of the client include
    those of the campaign; None where the client has closed nothing.

    Source: H. Jeffreys, An invariant form for the prior probability (1946): half a win and half a loss are added.

    >>> estimate_win_rate(0, 10, 9, 49), estimate_win_rate(1, 1, 1, 1), estimate_win_rate(0, 0, 0, 0)
    (0.158..., 0.754..., None)
    """
    if not closed_of_client:
        return None
    prior = (won_of_client + 0.5) / (closed_of_client + 1)
    return (won + PRIOR_LEADS * prior) / (closed + PRIOR_LEADS)


_CLOSED = sa.text(f"""
    WITH outcomes AS (
        SELECT d.lead_id, TRUE AS is_won FROM deals d WHERE {see_at("d")}
        UNION ALL
        SELECT s.lead_id, s.stage = 'won' FROM lead_stages s WHERE s.stage IN ('won', 'lost') AND {see_at("s")}),
    closed AS (SELECT lead_id, bool_or(is_won) AS is_won FROM outcomes GROUP BY lead_id)
    SELECT count(*) FILTER (WHERE is_won AND l.campaign_id = :campaign) AS won,
           count(*) FILTER (WHERE l.campaign_id = :campaign) AS closed,
           count(*) FILTER (WHERE is_won) AS won_of_client, count(*) AS closed_of_client
    FROM closed
    JOIN leads l ON l.lead_id = closed.lead_id AND {see_at("l")}
    JOIN campaigns m ON m.campaign_id = l.campaign_id AND {see_at("m")}
    WHERE m.client_id = (SELECT client_id FROM campaigns n WHERE n.campaign_id = :campaign AND {see_at("n")})""")

_AMOUNT = sa.text(f"SELECT m.deal_amount_minor FROM campaigns m WHERE m.campaign_id = :campaign AND {see_at('m')}")
