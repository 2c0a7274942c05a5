"""Weighted pipeline: what the open opportunities are worth at their close probabilities."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pyarrow as pa

from data.errors import BadInput
from roi.activity import sum_facts
from roi.credit import credit_agents
from roi.leads import write_group, write_inside

if TYPE_CHECKING:
    import pandas as pd

    from roi.activity import Fact
    from roi.window import Window

PROBABILITY_UNIT = 10**12
"""Probabilities are summed as integers of this fineness, so that the order of the rows cannot matter."""

ENDED = """
CREATE TEMP TABLE ended AS
SELECT lead_id FROM deals UNION SELECT lead_id FROM lead_stages WHERE stage IN ('won', 'lost')
"""

OPEN = """
CREATE TEMP TABLE open_cases AS
WITH latest AS (
    SELECT opportunity_id,
           arg_max(stage, (occurred_at, known_at, opportunity_stage_id)) AS stage,
           arg_max(amount_minor, (occurred_at, known_at, opportunity_stage_id))
               FILTER (amount_minor IS NOT NULL) AS amount_minor
    FROM opportunity_stages GROUP BY opportunity_id
)
SELECT opportunity.opportunity_id, opportunity.lead_id, opportunity.occurred_at AS credit_at,
       NULL::VARCHAR AS meeting_id, NULL::VARCHAR AS call_id,
       coalesce(latest.amount_minor, campaign.deal_amount_minor) AS amount_minor,
       CASE WHEN latest.amount_minor IS NULL THEN coalesce(client.currency, opportunity.currency)
            ELSE opportunity.currency END AS currency,
       given.probability
FROM opportunities AS opportunity
LEFT JOIN latest USING (opportunity_id)
LEFT JOIN leads AS lead ON lead.lead_id = opportunity.lead_id
LEFT JOIN campaigns AS campaign ON campaign.campaign_id = lead.campaign_id
LEFT JOIN clients AS client ON client.client_id = campaign.client_id
LEFT JOIN probabilities AS given ON given.lead_id = opportunity.lead_id
WHERE coalesce(latest.stage NOT IN ('won', 'lost'), TRUE)
  AND NOT EXISTS (SELECT 1 FROM ended WHERE ended.lead_id = opportunity.lead_id)
"""


def register_probabilities(connection: Any, probabilities: pd.DataFrame) -> None:
    """Make ``probabilities`` readable: one row per lead with ``lead_id`` and ``probability``, never null.

    Raises:
        BadInput: a column is missing, a lead stands there twice, or a probability is not within 0 and 1.
    """
    if missing := {"lead_id", "probability"} - set(probabilities.columns):
        raise BadInput(f"the probabilities have no column {', '.join(sorted(missing))}; give both.")
    given = probabilities.loc[probabilities["probability"].notna(), ["lead_id", "probability"]]
    if (twice := given["lead_id"].duplicated()).any():
        lead = given.loc[twice, "lead_id"].iloc[0]
        raise BadInput(f"the lead {lead} has two probabilities; give one per lead, as of the end.")
    if not (valid := given["probability"].between(0, 1)).all():
        lead, value = given.loc[~valid].iloc[0]
        raise BadInput(f"the probability {value} of lead {lead} is not within 0 and 1; give a share.")
    table = pa.table(
        {
            "lead_id": pa.array(given["lead_id"].astype(object).tolist(), pa.string()),
            "probability": pa.array(given["probability"].to_numpy(dtype="float64"), pa.float64()),
        }
    )
    connection.register("probabilities", table)


def gather_pipeline(connection: Any, window: Window) -> None:
    """Create the table ``pipeline``: one row per opportunity open at the window's end, with its group.

    Open: the latest visible stage is neither won nor lost, nor is the lead. The amount is the latest stated
    one, else the campaign's usual deal. By month, a case stands in the month in which sales took it over.
    """
    connection.execute(ENDED)
    connection.execute(OPEN)
    credit_agents(connection, "open_cases", "open_credited", wanted=window.by == "agent")
    connection.execute(
        f"""CREATE TEMP TABLE pipeline AS
        SELECT event.*, {write_group(window, agent="event.agent_id", moment="event.credit_at")} AS group_key,
               amount_minor IS NOT NULL AND probability IS NOT NULL AS counted
        FROM open_credited AS event LEFT JOIN placed AS lead USING (lead_id)
        WHERE {write_inside(window)}"""
    )


def sum_pipeline(connection: Any) -> list[Fact]:
    """``pipeline_fine`` by group: amount × probability in 1 / :data:`PROBABILITY_UNIT` minor units."""
    return sum_facts(
        connection,
        f"""SELECT group_key,
               sum(amount_minor::HUGEINT * round(probability * {PROBABILITY_UNIT})::HUGEINT) AS pipeline_fine
        FROM pipeline WHERE counted GROUP BY group_key""",
    )
