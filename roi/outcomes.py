"""What came of the calls: qualified leads, meetings, opportunities, deals and their reversals."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roi.activity import sum_facts
from roi.credit import credit_agents
from roi.leads import write_group, write_in_time, write_inside

if TYPE_CHECKING:
    from roi.activity import Fact
    from roi.window import Window

HAPPENED = """
CREATE TEMP VIEW happened AS
SELECT 'qualified' AS event, lead_id, min(occurred_at) AS happened_at, min(occurred_at) AS credit_at,
       NULL::VARCHAR AS meeting_id, NULL::VARCHAR AS call_id, 0 AS amount_minor, NULL::VARCHAR AS currency
FROM lead_stages WHERE stage = 'qualified' GROUP BY lead_id
UNION ALL
SELECT 'booked', lead_id, occurred_at, occurred_at, meeting_id, call_id, 0, NULL FROM meetings
UNION ALL
SELECT outcome.outcome, meeting.lead_id, outcome.occurred_at, meeting.occurred_at,
       outcome.meeting_id, meeting.call_id, 0, NULL
FROM meeting_outcomes AS outcome LEFT JOIN meetings AS meeting USING (meeting_id)
UNION ALL
SELECT 'opportunity', lead_id, occurred_at, occurred_at, NULL, NULL, 0, NULL FROM opportunities
UNION ALL
SELECT 'deal', lead_id, occurred_at, occurred_at, NULL, NULL, amount_minor, currency FROM deals
UNION ALL
SELECT 'reversal', deal.lead_id, reversal.occurred_at, deal.occurred_at, NULL, NULL,
       -reversal.amount_minor, deal.currency
FROM deal_reversals AS reversal LEFT JOIN deals AS deal USING (deal_id)
"""
"""Every event with when it counts and as of when its agent is sought: a held meeting and a reversal belong to
whoever booked the meeting or won the deal, however much was called in between."""


def gather_outcomes(connection: Any, window: Window) -> None:
    """Create the table ``outcomes``: one row per event in the window, with its group.

    A lead is qualified once, at its first 'qualified' stage; a reversal counts when the deal was taken back.
    ``inside`` is false where the lead is not of the cohort, ``known_lead`` where it is not visible.
    """
    connection.execute(HAPPENED)
    credit_agents(connection, "happened", "credited", wanted=window.by == "agent")
    connection.execute(
        f"""CREATE TEMP TABLE outcomes AS
        SELECT event.event, event.amount_minor, event.currency, {write_inside(window)} AS inside,
               lead.lead_id IS NOT NULL AS known_lead,
               {write_group(window, agent="event.agent_id", moment="event.happened_at")} AS group_key
        FROM credited AS event LEFT JOIN placed AS lead USING (lead_id)
        WHERE {write_in_time(window, "event.happened_at")}"""
    )


def sum_outcomes(connection: Any) -> list[Fact]:
    """Counts of the events by group, and ``revenue_minor``: deals closed less reversals."""
    return sum_facts(
        connection,
        """SELECT group_key,
               count(*) FILTER (event = 'qualified') AS qualified_leads,
               count(*) FILTER (event = 'booked') AS meetings_booked,
               count(*) FILTER (event = 'held') AS meetings_held,
               count(*) FILTER (event = 'no_show') AS no_shows,
               count(*) FILTER (event = 'opportunity') AS opportunities,
               count(*) FILTER (event = 'deal') AS deals,
               sum(amount_minor) AS revenue_minor
        FROM outcomes WHERE inside GROUP BY group_key""",
    )
