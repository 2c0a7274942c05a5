"""What is worked: campaigns, lists, leads and where each lead stands."""

from __future__ import annotations

from data.contract.codes import HANDOVER_ANSWERS, LEAD_STAGES, LOST_REASONS, REJECTION_REASONS, SIGNALS
from data.contract.fields import Field, Kind, Table, key

LISTS = Table(
    "lists",
    grain="one row per bought or built set of contacts",
    key="list_id",
    happened="when it was bought or built",
    entity=True,
    fields=(
        key("list_id", "the list"),
        key("client_id", "for whom", of="clients"),
        Field("name", Kind.TEXT, "the list's name", required=True),
        Field("supplier", Kind.TEXT, "who sold or built it"),
        Field("price_minor", Kind.MONEY, "what it cost, without VAT", minimum=0, unit="minor units"),
        Field("records", Kind.INTEGER, "contacts on it", minimum=0, unit="contacts"),
    ),
)

CAMPAIGNS = Table(
    "campaigns",
    grain="one row per campaign of a client",
    key="campaign_id",
    happened="when it began",
    entity=True,
    fields=(
        key("campaign_id", "the campaign"),
        key("client_id", "for whom", of="clients"),
        Field("name", Kind.TEXT, "the campaign's name", required=True),
        Field("product", Kind.TEXT, "what is offered"),
        Field("ends_at", Kind.MOMENT, "when it ends"),
        Field("deal_amount_minor", Kind.MONEY, "usual amount of one deal", minimum=0, unit="minor units"),
        Field(
            "calls_without_consent",
            Kind.FLAG,
            "missing consent does not stop a call (refused always does); empty: the country decides",
        ),
        Field(
            "attempt_limit",
            Kind.INTEGER,
            "calls in a row at most that reach nobody at a lead",
            minimum=1,
            unit="calls",
        ),
        Field("rest_hours", Kind.INTEGER, "least time between two calls to a lead", minimum=0, unit="hours"),
    ),
)

LEADS = Table(
    "leads",
    grain="one row per contact at a company worked in a campaign: the unit that is scored",
    key="lead_id",
    happened="when the lead was created",
    invariants=("a lead has one outcome: won (a deal) or lost (a stage), never both",),
    fields=(
        key("lead_id", "the lead"),
        key("campaign_id", "worked in", of="campaigns"),
        key("company_id", "the company", of="companies"),
        key("contact_id", "the person, where one is known", of="contacts", required=False),
        key("list_id", "where it came from", of="lists", required=False),
        Field("segment", Kind.TEXT, "segment, as agreed for the campaign"),
        Field("message_variant", Kind.TEXT, "which message the agent uses"),
        Field("next_action", Kind.TEXT, "what has been agreed to do next"),
        Field("next_action_at", Kind.MOMENT, "when"),
        Field("attributes", Kind.ATTRIBUTES, "anything else that the source knows before the call"),
    ),
)

LEAD_STAGE_EVENTS = Table(
    "lead_stages",
    grain="one row per change of a lead's stage",
    key="lead_stage_id",
    happened="when the stage changed",
    invariants=(
        "a lead becomes `qualified` only with a contact who has a title and whose consent is `given`, and with a next "
        "action; history from before callworth may come without them where the mapping says so",
    ),
    fields=(
        key("lead_stage_id", "the event"),
        key("lead_id", "the lead", of="leads"),
        Field("stage", Kind.CODE, "the new stage", required=True, codes=LEAD_STAGES),
        Field("lost_reason", Kind.CODE, "why it was lost", codes=LOST_REASONS),
    ),
)

HANDOVER_ANSWERS_OF_SALES = Table(
    "handover_answers",
    grain="one row per answer of sales to a lead that it was handed",
    key="handover_answer_id",
    happened="when sales answered",
    invariants=("a rejection has a reason",),
    fields=(
        key("handover_answer_id", "the event"),
        key("lead_id", "the lead", of="leads"),
        Field("answer", Kind.CODE, "what sales said", required=True, codes=HANDOVER_ANSWERS),
        Field(
            "reason",
            Kind.CODE,
            "why it was rejected",
            codes=REJECTION_REASONS,
            needed_if=("answer", "rejected"),
        ),
    ),
)

TRIGGER_SIGNALS = Table(
    "trigger_signals",
    grain="one row per event at a lead's company that makes it worth a call",
    key="trigger_signal_id",
    happened="when it happened at the company",
    fields=(
        key("trigger_signal_id", "the event"),
        key("lead_id", "the lead", of="leads"),
        Field("signal", Kind.CODE, "what happened", required=True, codes=SIGNALS),
    ),
)
