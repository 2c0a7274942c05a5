"""Keys by which costs that name no group are shared: seconds worked, calls, leads."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roi.allocation import NOT_ALLOCATED, write_spread
from roi.leads import write_month

if TYPE_CHECKING:
    from roi.window import Window

CLIENT_POOLS = """
CREATE TEMP TABLE client_pools AS
SELECT client_id, month, category, cohort_agent, sum(fine)::HUGEINT AS fine
FROM charges WHERE group_key IS NULL AND campaign_id IS NULL GROUP BY ALL
"""

CAMPAIGN_SHARES = """
CREATE TEMP TABLE campaign_shares AS
SELECT client_id, month, campaign_id, sum(all_calls)::BIGINT AS weight
FROM cells WHERE campaign_id IS NOT NULL GROUP BY ALL
"""

CAMPAIGN_POOLS = """
CREATE TEMP TABLE campaign_pools AS
SELECT campaign_id, month, category, cohort_agent, sum(fine)::HUGEINT AS fine
FROM (SELECT campaign_id, month, category, cohort_agent, fine FROM ({spread})
      UNION ALL BY NAME
      SELECT campaign_id, month, category, cohort_agent, fine FROM charges
      WHERE group_key IS NULL AND campaign_id IS NOT NULL)
GROUP BY ALL
"""

WORKED = f"""
SELECT hours.campaign_id, {write_month("coalesce(client.time_zone, 'UTC')", "hours.occurred_at")} AS month,
       hours.agent_id AS group_key, TRUE AS inside, sum(hours.worked_seconds)::BIGINT AS weight, 1 AS choice
FROM agent_hours AS hours
LEFT JOIN campaigns AS campaign USING (campaign_id)
LEFT JOIN clients AS client USING (client_id)
GROUP BY ALL
UNION ALL
"""

CALLED = """
SELECT campaign_id, month, group_key, inside, sum(all_calls)::BIGINT AS weight, 2 AS choice
FROM cells WHERE campaign_id IS NOT NULL GROUP BY ALL
"""

OWNED = f"""
SELECT pool.campaign_id, pool.month, coalesce(lead.lead_group, '{NOT_ALLOCATED}') AS group_key, lead.inside,
       sum(lead.leads)::BIGINT AS weight, 3 AS choice
FROM (SELECT DISTINCT campaign_id, month FROM campaign_pools) AS pool
JOIN (
    SELECT campaign_id, created_month, lead_group, inside, count(*) AS leads FROM placed GROUP BY ALL
) AS lead
    ON lead.campaign_id = pool.campaign_id AND lead.created_month <= pool.month
GROUP BY ALL
"""


def share_costs(connection: Any, window: Window) -> None:
    """Create the table ``costed`` from ``charges``: every cost in parts, none lost.

    A cost of a client goes to its campaigns by their calls in that month. In a cohort, a campaign's cost of a
    month is then divided between leads inside and outside by calls; what falls inside, and in a period all
    of it, goes to the groups by, whichever there is first: seconds worked for the campaign in that month
    (between agents, in a period), its calls in that month, its leads created until then.
    """
    connection.execute(CLIENT_POOLS)
    connection.execute(CAMPAIGN_SHARES)
    keys = ("client_id", "month")
    to_campaigns = write_spread("client_pools", "campaign_shares", keys=keys, into=("campaign_id",))
    connection.execute(CAMPAIGN_POOLS.format(spread=to_campaigns))
    _choose_shares(connection, between_agents=window.by == "agent" and not window.is_cohort)
    _part_cohort(connection, window)
    connection.execute(
        f"""CREATE TEMP TABLE costed AS
        SELECT coalesce(group_key, '{NOT_ALLOCATED}') AS group_key, coalesce(inside, TRUE) AS inside,
               category, fine::HUGEINT AS fine
        FROM (SELECT group_key, inside, category, fine FROM charges WHERE group_key IS NOT NULL
              UNION ALL BY NAME {_write_group_parts(window)})"""
    )


def _choose_shares(connection: Any, *, between_agents: bool) -> None:
    """Create ``group_shares``: per campaign and month the weights of the first key that there is."""
    connection.execute(
        f"""CREATE TEMP TABLE group_shares AS
        SELECT * FROM ({WORKED if between_agents else ""} {CALLED} UNION ALL {OWNED})
        WHERE weight > 0
        QUALIFY choice = min(choice) OVER (PARTITION BY campaign_id, month)"""
    )


def _part_cohort(connection: Any, window: Window) -> None:
    """Create ``inside_pools``: the campaigns' costs, parted by ``inside`` before any group is looked at.

    So the cost of a cohort is the same however it is split afterwards.
    """
    parted = "SELECT *, TRUE AS inside FROM campaign_pools"
    if window.is_cohort:
        by_inside = "SELECT campaign_id, month, inside, sum(weight)::BIGINT AS weight FROM group_shares GROUP BY ALL"
        parted = write_spread("campaign_pools", f"({by_inside})", keys=("campaign_id", "month"), into=("inside",))
    connection.execute(f"CREATE TEMP TABLE inside_pools AS {parted}")


def _write_group_parts(window: Window) -> str:
    """SQL for the parts of ``inside_pools`` with their groups; outside of a cohort no group is needed."""
    if window.by == "campaign" and not window.is_cohort:
        return "SELECT campaign_id AS group_key, inside, category, fine FROM inside_pools"
    settled = "NOT coalesce(inside, TRUE)"
    if window.by == "agent":
        settled = f"({settled} OR (inside IS NOT NULL AND cohort_agent IS NOT NULL))"
    keys = ("campaign_id", "month", "inside")
    open_pools = f"(SELECT * FROM inside_pools WHERE NOT {settled})"
    spread = write_spread(open_pools, "group_shares", keys=keys, into=("group_key",))
    return f"""
    SELECT cohort_agent AS group_key, inside, category, fine FROM inside_pools WHERE {settled}
    UNION ALL BY NAME SELECT group_key, inside, category, fine FROM ({spread})"""
