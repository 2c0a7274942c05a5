"""The data contract: the tables of the chain, declared once.

``CONTRACT`` maps each table's name to its declaration, in an order in which a table comes after those it
refers to. Schema, checks and documentation are read off it; nothing about a table is said twice.
"""

from __future__ import annotations

from data.contract import activity, campaigns, money, parties, scores
from data.contract.fields import Field, Kind, Table

CONTRACT: dict[str, Table] = {
    table.name: table
    for table in (
        parties.CLIENTS,
        parties.COMPANIES,
        parties.CONTACTS,
        parties.CONSENT_EVENTS,
        parties.AGENTS,
        campaigns.LISTS,
        campaigns.CAMPAIGNS,
        parties.AGENT_HOURS,
        campaigns.LEADS,
        campaigns.LEAD_STAGE_EVENTS,
        campaigns.HANDOVER_ANSWERS_OF_SALES,
        campaigns.TRIGGER_SIGNALS,
        activity.CALLS,
        activity.MEETINGS,
        activity.MEETING_OUTCOME_EVENTS,
        activity.TOUCHES,
        money.OPPORTUNITIES,
        money.OPPORTUNITY_STAGE_EVENTS,
        money.DEALS,
        money.DEAL_REVERSALS,
        money.COSTS,
        scores.SCORES,
    )
}

__all__ = ["CONTRACT", "Field", "Kind", "Table"]
