"""What it cost: hours worked and booked costs, each with the group it can be tied to directly."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.visible import write_moment
from roi.activity import sum_facts
from roi.credit import credit_agents
from roi.leads import write_group, write_in_time, write_month
from roi.sharing import share_costs

if TYPE_CHECKING:
    from roi.activity import Fact
    from roi.window import Window

SECONDS_PER_HOUR = 3600
"""Costs are kept in 1/3600 minor units: worked seconds × hourly rate is then an integer."""

CLIENT = "coalesce(lead.client_id, campaign.client_id, cost.client_id)"
TIME_ZONE = "coalesce(client.time_zone, 'UTC')"

BOOKED = f"""
CREATE TEMP TABLE booked AS
SELECT cost.client_id, cost.campaign_id, cost.lead_id, cost.agent_id AS stated_agent, cost.category,
       cost.currency, cost.occurred_at AS credit_at, NULL::VARCHAR AS meeting_id, NULL::VARCHAR AS call_id,
       cost.amount_minor::HUGEINT * {SECONDS_PER_HOUR} AS fine
FROM costs AS cost
UNION ALL
SELECT campaign.client_id, hours.campaign_id, NULL, hours.agent_id, 'hours',
       client.currency, hours.occurred_at, NULL, NULL,
       hours.worked_seconds::HUGEINT * hours.hourly_rate_minor
FROM agent_hours AS hours
LEFT JOIN campaigns AS campaign USING (campaign_id)
LEFT JOIN clients AS client USING (client_id)
"""


def charge_costs(connection: Any, window: Window) -> None:
    """Create the table ``costed``: parts of costs with ``group_key``, ``inside``, ``category`` and ``fine``.

    Costs are worked hours × hourly rate and what is booked in ``costs``. A list's price is not added: the
    supplier's bill is a booked cost of category ``data``, and would count twice. A cost belongs to the month
    of its ``occurred_at`` in the client's time zone, and reaches a group by the first of these that applies:

    1. its lead's group (with ``by="agent"``: its own agent, else the agent who has the credit for the lead);
    2. by month, client or campaign: its own; by agent: its own agent;
    3. through the campaign (a cost of a client goes to its campaigns by their calls in that month), by the
       keys of :func:`roi.sharing.share_costs`;
    4. "not allocated".

    A cohort pays, of the costs since the month of its start, the share that falls on its leads; ``inside``
    is false for the rest. What cannot be shared stays inside, as "not allocated".
    """
    connection.execute(BOOKED)
    _credit_lead_costs(connection, window)
    _tie_costs(connection, window)
    share_costs(connection, window)


def sum_costs(connection: Any) -> list[Fact]:
    """Costs by group, measured ``cost_<category>_fine``, in 1/3600 minor units."""
    facts = []
    for (category,) in connection.execute("SELECT DISTINCT category FROM costed ORDER BY 1").fetchall():
        facts += sum_facts(
            connection,
            f"""SELECT group_key, sum(fine) AS cost_{category}_fine
            FROM costed WHERE inside AND category = '{category}' GROUP BY group_key""",
        )
    return facts


def _credit_lead_costs(connection: Any, window: Window) -> None:
    """Create ``booked_credited``: with the agent of the lead, where a cost names a lead and no agent."""
    connection.execute("CREATE TEMP TABLE lead_costs AS SELECT * FROM booked WHERE lead_id IS NOT NULL")
    credit_agents(connection, "lead_costs", "lead_costs_credited", wanted=window.by == "agent")
    connection.execute(
        """CREATE TEMP TABLE booked_credited AS
        SELECT * FROM lead_costs_credited
        UNION ALL SELECT *, NULL::VARCHAR FROM booked WHERE lead_id IS NULL"""
    )


def _tie_costs(connection: Any, window: Window) -> None:
    """Create ``charges``: the costs in the window, with ``group_key`` where it is settled."""
    agent = "coalesce(cost.stated_agent, cost.agent_id)"
    own = {
        "month": write_month(TIME_ZONE, "cost.credit_at"),
        "client": CLIENT,
        "campaign": "cost.campaign_id",
        "agent": "cost.stated_agent",
    }.get(window.by, "NULL::VARCHAR")
    own = "NULL::VARCHAR" if window.is_cohort else own
    connection.execute(
        f"""CREATE TEMP TABLE charges AS
        SELECT {CLIENT} AS client_id,
               coalesce(lead.campaign_id, cost.campaign_id) AS campaign_id,
               {write_month(TIME_ZONE, "cost.credit_at")} AS month,
               cost.category, cost.currency, cost.fine,
               {"cost.stated_agent" if window.is_cohort else "NULL::VARCHAR"} AS cohort_agent,
               CASE WHEN lead.lead_id IS NULL THEN {own}
                    ELSE {write_group(window, agent=agent, moment="cost.credit_at")} END AS group_key,
               coalesce(lead.inside, TRUE) AS inside,
               cost.lead_id IS NOT NULL AND lead.lead_id IS NULL AS unknown_lead
        FROM booked_credited AS cost
        LEFT JOIN placed AS lead USING (lead_id)
        LEFT JOIN campaigns AS campaign ON campaign.campaign_id = cost.campaign_id
        LEFT JOIN clients AS client ON client.client_id = {CLIENT}
        WHERE {_write_in_window(window)}"""
    )


def _write_in_window(window: Window) -> str:
    """A cohort pays from the month of its start, since costs are shared by the month."""
    if window.is_cohort and window.start is not None:
        month, first = (write_month(TIME_ZONE, moment) for moment in ("cost.credit_at", write_moment(window.start)))
        return f"{month} >= {first}"
    return write_in_time(window, "cost.credit_at")
