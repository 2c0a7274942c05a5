"""What came of it: opportunities, deals and costs."""

from __future__ import annotations

from data.contract.codes import COST_CATEGORIES, OPPORTUNITY_STAGES
from data.contract.fields import Field, Kind, Table, key

OPPORTUNITIES = Table(
    "opportunities",
    grain="one row per qualified sales case",
    key="opportunity_id",
    happened="when sales took it over",
    fields=(
        key("opportunity_id", "the case"),
        key("lead_id", "the lead it came from", of="leads"),
        Field("currency", Kind.TEXT, "ISO 4217 code", required=True, form="currency"),
    ),
)

OPPORTUNITY_STAGE_EVENTS = Table(
    "opportunity_stages",
    grain="one row per change of an opportunity's stage, amount or stated probability",
    key="opportunity_stage_id",
    happened="when it changed",
    fields=(
        key("opportunity_stage_id", "the event"),
        key("opportunity_id", "the case", of="opportunities"),
        Field("stage", Kind.CODE, "the new stage", required=True, codes=OPPORTUNITY_STAGES),
        Field("amount_minor", Kind.MONEY, "expected amount, without VAT", minimum=0, unit="minor units"),
        Field(
            "stated_probability",
            Kind.NUMBER,
            "the seller's own probability to close",
            minimum=0,
            maximum=1,
            unit="share",
        ),
    ),
)

DEALS = Table(
    "deals",
    grain="one row per closed deal",
    key="deal_id",
    happened="when it was signed",
    fields=(
        key("deal_id", "the deal"),
        key("lead_id", "the lead it came from", of="leads"),
        key("opportunity_id", "the case it closed", of="opportunities", required=False),
        Field(
            "amount_minor",
            Kind.MONEY,
            "booked amount, without VAT",
            required=True,
            minimum=0,
            unit="minor units",
        ),
        Field("currency", Kind.TEXT, "ISO 4217 code", required=True, form="currency"),
        Field("margin_minor", Kind.MONEY, "contribution margin, where known", unit="minor units"),
    ),
)

DEAL_REVERSALS = Table(
    "deal_reversals",
    grain="one row per deal that was taken back, wholly or in part",
    key="deal_reversal_id",
    happened="when it was taken back",
    fields=(
        key("deal_reversal_id", "the event"),
        key("deal_id", "the deal", of="deals"),
        Field(
            "amount_minor",
            Kind.MONEY,
            "amount taken back, without VAT",
            required=True,
            minimum=0,
            unit="minor units",
        ),
    ),
)

COSTS = Table(
    "costs",
    grain="one row per booked cost",
    key="cost_id",
    happened="the moment in whose month it belongs",
    fields=(
        key("cost_id", "the entry"),
        key("client_id", "for whom", of="clients"),
        key("campaign_id", "for which campaign, where it has one", of="campaigns", required=False),
        key("lead_id", "for which lead, where it has one", of="leads", required=False),
        key("agent_id", "for which agent, where it has one", of="agents", required=False),
        Field("category", Kind.CODE, "what it was spent on", required=True, codes=COST_CATEGORIES),
        Field("amount_minor", Kind.MONEY, "amount, without VAT", required=True, minimum=0, unit="minor units"),
        Field("currency", Kind.TEXT, "ISO 4217 code", required=True, form="currency"),
    ),
)
