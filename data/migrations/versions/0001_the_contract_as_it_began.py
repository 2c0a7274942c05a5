"""The contract as it began."""

import sqlalchemy as sa
from alembic import op
from sqlalchemy.dialects import postgresql

revision = "0001"
down_revision = None
branch_labels = None
depends_on = None


def upgrade() -> None:
    op.create_table(
        "access_keys",
        sa.Column("key_hash", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=True),
        sa.Column("created_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("revoked_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("key_hash"),
        sa.UniqueConstraint("name"),
        comment="one row per access key; the key itself is not kept",
    )
    op.create_table(
        "agent_hours",
        sa.Column("agent_hours_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("worked_seconds", sa.BigInteger(), nullable=False),
        sa.Column("hourly_rate_minor", sa.BigInteger(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per agent, campaign and day",
    )
    op.create_index("agent_hours_by_agent_hours_id", "agent_hours", ["agent_hours_id"], unique=False)
    op.create_index("agent_hours_by_agent_id", "agent_hours", ["agent_id"], unique=False)
    op.create_index("agent_hours_by_campaign_id", "agent_hours", ["campaign_id"], unique=False)
    op.create_index(
        "agent_hours_current",
        "agent_hours",
        ["agent_hours_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "agents",
        sa.Column("agent_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("languages", sa.Text(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per person who calls",
    )
    op.create_index("agents_by_agent_id", "agents", ["agent_id"], unique=False)
    op.create_index(
        "agents_current", "agents", ["agent_id"], unique=True, postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.create_table(
        "call_queue",
        sa.Column("lead_id", sa.Text(collation="C"), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("model_version", sa.Text(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("expected_value_minor", sa.BigInteger(), nullable=False),
        sa.Column("leased_by", sa.Text(), nullable=True),
        sa.Column("leased_until", sa.DateTime(timezone=True), nullable=True),
        sa.Column("snoozed_until", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("lead_id"),
        comment="one row per open lead: its last score, and the agent who holds it",
    )
    op.create_index(
        "call_queue_order",
        "call_queue",
        ["campaign_id", sa.literal_column("expected_value_minor DESC"), "lead_id"],
        unique=False,
    )
    op.create_table(
        "calls",
        sa.Column("call_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("talk_seconds", sa.BigInteger(), nullable=False),
        sa.Column("disposition", sa.Text(), nullable=False),
        sa.Column("logged_by", sa.Text(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per dial attempt",
    )
    op.create_index("calls_by_agent_id", "calls", ["agent_id"], unique=False)
    op.create_index("calls_by_call_id", "calls", ["call_id"], unique=False)
    op.create_index("calls_by_lead_id", "calls", ["lead_id"], unique=False)
    op.create_index(
        "calls_current", "calls", ["call_id"], unique=True, postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.create_table(
        "campaigns",
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("product", sa.Text(), nullable=True),
        sa.Column("ends_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("deal_amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("calls_without_consent", sa.Boolean(), nullable=True),
        sa.Column("attempt_limit", sa.BigInteger(), nullable=True),
        sa.Column("rest_hours", sa.BigInteger(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per campaign of a client",
    )
    op.create_index("campaigns_by_campaign_id", "campaigns", ["campaign_id"], unique=False)
    op.create_index("campaigns_by_client_id", "campaigns", ["client_id"], unique=False)
    op.create_index(
        "campaigns_current",
        "campaigns",
        ["campaign_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "clients",
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("time_zone", sa.Text(), nullable=False),
        sa.Column("shares_training", sa.Boolean(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per client that the agency calls for",
    )
    op.create_index("clients_by_client_id", "clients", ["client_id"], unique=False)
    op.create_index(
        "clients_current", "clients", ["client_id"], unique=True, postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.create_table(
        "companies",
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("registration_id", sa.Text(), nullable=True),
        sa.Column("country", sa.Text(), nullable=True),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("domain", sa.Text(), nullable=True),
        sa.Column("industry", sa.Text(), nullable=True),
        sa.Column("employees", sa.BigInteger(), nullable=True),
        sa.Column("revenue_minor", sa.BigInteger(), nullable=True),
        sa.Column("region", sa.Text(), nullable=True),
        sa.Column("founded_year", sa.BigInteger(), nullable=True),
        sa.Column("sole_proprietor", sa.Boolean(), nullable=True),
        sa.Column("advertising_protected", sa.Boolean(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per company and client",
    )
    op.create_index("companies_by_client_id", "companies", ["client_id"], unique=False)
    op.create_index("companies_by_company_id", "companies", ["company_id"], unique=False)
    op.create_index(
        "companies_current", "companies", ["company_id"], unique=True, postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.create_table(
        "consents",
        sa.Column("consent_id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("consent", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per time a contact gave, refused or withdrew consent",
    )
    op.create_index("consents_by_consent_id", "consents", ["consent_id"], unique=False)
    op.create_index("consents_by_contact_id", "consents", ["contact_id"], unique=False)
    op.create_index(
        "consents_current", "consents", ["consent_id"], unique=True, postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.create_table(
        "contacts",
        sa.Column("contact_id", sa.Text(), nullable=False),
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=True),
        sa.Column("title", sa.Text(), nullable=True),
        sa.Column("decision_level", sa.Text(), nullable=True),
        sa.Column("email", sa.Text(), nullable=True),
        sa.Column("phone", sa.Text(), nullable=True),
        sa.Column("phone_valid", sa.Boolean(), nullable=True),
        sa.Column("do_not_call", sa.Boolean(), nullable=True),
        sa.Column("robinson", sa.Boolean(), nullable=True),
        sa.Column("language", sa.Text(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per person at a company",
    )
    op.create_index("contacts_by_company_id", "contacts", ["company_id"], unique=False)
    op.create_index("contacts_by_contact_id", "contacts", ["contact_id"], unique=False)
    op.create_index(
        "contacts_current", "contacts", ["contact_id"], unique=True, postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.create_table(
        "costs",
        sa.Column("cost_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=True),
        sa.Column("lead_id", sa.Text(), nullable=True),
        sa.Column("agent_id", sa.Text(), nullable=True),
        sa.Column("category", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per booked cost",
    )
    op.create_index("costs_by_agent_id", "costs", ["agent_id"], unique=False)
    op.create_index("costs_by_campaign_id", "costs", ["campaign_id"], unique=False)
    op.create_index("costs_by_client_id", "costs", ["client_id"], unique=False)
    op.create_index("costs_by_cost_id", "costs", ["cost_id"], unique=False)
    op.create_index("costs_by_lead_id", "costs", ["lead_id"], unique=False)
    op.create_index(
        "costs_current", "costs", ["cost_id"], unique=True, postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.create_table(
        "deal_reversals",
        sa.Column("deal_reversal_id", sa.Text(), nullable=False),
        sa.Column("deal_id", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per deal that was taken back, wholly or in part",
    )
    op.create_index("deal_reversals_by_deal_id", "deal_reversals", ["deal_id"], unique=False)
    op.create_index("deal_reversals_by_deal_reversal_id", "deal_reversals", ["deal_reversal_id"], unique=False)
    op.create_index(
        "deal_reversals_current",
        "deal_reversals",
        ["deal_reversal_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "deals",
        sa.Column("deal_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("opportunity_id", sa.Text(), nullable=True),
        sa.Column("amount_minor", sa.BigInteger(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("margin_minor", sa.BigInteger(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per closed deal",
    )
    op.create_index("deals_by_deal_id", "deals", ["deal_id"], unique=False)
    op.create_index("deals_by_lead_id", "deals", ["lead_id"], unique=False)
    op.create_index("deals_by_opportunity_id", "deals", ["opportunity_id"], unique=False)
    op.create_index(
        "deals_current", "deals", ["deal_id"], unique=True, postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.create_table(
        "imports",
        sa.Column("import_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("file_hash", sa.Text(), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("read", sa.BigInteger(), nullable=False),
        sa.Column("accepted", sa.BigInteger(), nullable=False),
        sa.Column("unchanged", sa.BigInteger(), nullable=False),
        sa.Column("quarantined", sa.BigInteger(), nullable=False),
        sa.PrimaryKeyConstraint("import_id"),
        comment="one row per file that was imported",
    )
    op.create_index("imports_by_file_hash", "imports", ["file_hash"], unique=False)
    op.create_table(
        "lead_features",
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("as_of", sa.DateTime(timezone=True), nullable=False),
        sa.Column("expires_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("model_version", sa.Text(), nullable=False),
        sa.Column("row", sa.ARRAY(sa.Double()), nullable=False),
        sa.PrimaryKeyConstraint("lead_id"),
        comment="one row per open lead: its encoded features as last computed, until they age",
    )
    op.create_table(
        "lead_stages",
        sa.Column("lead_stage_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("lost_reason", sa.Text(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per change of a lead's stage",
    )
    op.create_index("lead_stages_by_lead_id", "lead_stages", ["lead_id"], unique=False)
    op.create_index("lead_stages_by_lead_stage_id", "lead_stages", ["lead_stage_id"], unique=False)
    op.create_index(
        "lead_stages_current",
        "lead_stages",
        ["lead_stage_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "leads",
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("campaign_id", sa.Text(), nullable=False),
        sa.Column("company_id", sa.Text(), nullable=False),
        sa.Column("contact_id", sa.Text(), nullable=True),
        sa.Column("list_id", sa.Text(), nullable=True),
        sa.Column("segment", sa.Text(), nullable=True),
        sa.Column("message_variant", sa.Text(), nullable=True),
        sa.Column("next_action", sa.Text(), nullable=True),
        sa.Column("next_action_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("attributes", postgresql.JSONB(astext_type=sa.Text()), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per contact at a company worked in a campaign: the unit that is scored",
    )
    op.create_index("leads_by_campaign_id", "leads", ["campaign_id"], unique=False)
    op.create_index("leads_by_company_id", "leads", ["company_id"], unique=False)
    op.create_index("leads_by_contact_id", "leads", ["contact_id"], unique=False)
    op.create_index("leads_by_lead_id", "leads", ["lead_id"], unique=False)
    op.create_index("leads_by_list_id", "leads", ["list_id"], unique=False)
    op.create_index(
        "leads_current", "leads", ["lead_id"], unique=True, postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.create_table(
        "lists",
        sa.Column("list_id", sa.Text(), nullable=False),
        sa.Column("client_id", sa.Text(), nullable=False),
        sa.Column("name", sa.Text(), nullable=False),
        sa.Column("supplier", sa.Text(), nullable=True),
        sa.Column("price_minor", sa.BigInteger(), nullable=True),
        sa.Column("records", sa.BigInteger(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per bought or built set of contacts",
    )
    op.create_index("lists_by_client_id", "lists", ["client_id"], unique=False)
    op.create_index("lists_by_list_id", "lists", ["list_id"], unique=False)
    op.create_index(
        "lists_current", "lists", ["list_id"], unique=True, postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.create_table(
        "meeting_outcomes",
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("outcome", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per meeting that was held, missed or cancelled",
    )
    op.create_index("meeting_outcomes_by_meeting_id", "meeting_outcomes", ["meeting_id"], unique=False)
    op.create_index(
        "meeting_outcomes_current",
        "meeting_outcomes",
        ["meeting_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "meetings",
        sa.Column("meeting_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("call_id", sa.Text(), nullable=True),
        sa.Column("starts_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per booked meeting",
    )
    op.create_index("meetings_by_call_id", "meetings", ["call_id"], unique=False)
    op.create_index("meetings_by_lead_id", "meetings", ["lead_id"], unique=False)
    op.create_index("meetings_by_meeting_id", "meetings", ["meeting_id"], unique=False)
    op.create_index(
        "meetings_current", "meetings", ["meeting_id"], unique=True, postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.create_table(
        "opportunities",
        sa.Column("opportunity_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("currency", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per qualified sales case",
    )
    op.create_index("opportunities_by_lead_id", "opportunities", ["lead_id"], unique=False)
    op.create_index("opportunities_by_opportunity_id", "opportunities", ["opportunity_id"], unique=False)
    op.create_index(
        "opportunities_current",
        "opportunities",
        ["opportunity_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "opportunity_stages",
        sa.Column("opportunity_stage_id", sa.Text(), nullable=False),
        sa.Column("opportunity_id", sa.Text(), nullable=False),
        sa.Column("stage", sa.Text(), nullable=False),
        sa.Column("amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("stated_probability", sa.Double(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per change of an opportunity's stage, amount or stated probability",
    )
    op.create_index("opportunity_stages_by_opportunity_id", "opportunity_stages", ["opportunity_id"], unique=False)
    op.create_index(
        "opportunity_stages_by_opportunity_stage_id", "opportunity_stages", ["opportunity_stage_id"], unique=False
    )
    op.create_index(
        "opportunity_stages_current",
        "opportunity_stages",
        ["opportunity_stage_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )
    op.create_table(
        "quarantine",
        sa.Column("quarantine_id", sa.BigInteger(), sa.Identity(always=False), nullable=False),
        sa.Column("mapping", sa.Text(), nullable=False),
        sa.Column("file", sa.Text(), nullable=False),
        sa.Column("row", sa.BigInteger(), nullable=False),
        sa.Column("content_hash", sa.Text(), nullable=False),
        sa.Column("content", sa.JSON(), nullable=False),
        sa.Column("table_name", sa.Text(), nullable=False),
        sa.Column("rule", sa.Text(), nullable=False),
        sa.Column("reason", sa.Text(), nullable=False),
        sa.Column("arrived_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("released_at", sa.DateTime(timezone=True), nullable=True),
        sa.PrimaryKeyConstraint("quarantine_id"),
        comment="one row per source row that broke the contract, with its reason",
    )
    op.create_index("quarantine_content", "quarantine", ["mapping", "content_hash"], unique=True)
    op.create_table(
        "scores",
        sa.Column("score_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("question", sa.Text(), nullable=False),
        sa.Column("model_version", sa.Text(), nullable=False),
        sa.Column("features_hash", sa.Text(), nullable=False),
        sa.Column("probability", sa.Double(), nullable=False),
        sa.Column("probability_90_days", sa.Double(), nullable=True),
        sa.Column("probability_180_days", sa.Double(), nullable=True),
        sa.Column("expected_amount_minor", sa.BigInteger(), nullable=True),
        sa.Column("expected_value_minor", sa.BigInteger(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per score given: a lead, an as-of, a model version",
    )
    op.create_index("scores_by_lead_id", "scores", ["lead_id"], unique=False)
    op.create_index("scores_by_score_id", "scores", ["score_id"], unique=False)
    op.create_index(
        "scores_current", "scores", ["score_id"], unique=True, postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.create_table(
        "touches",
        sa.Column("touch_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("channel", sa.Text(), nullable=False),
        sa.Column("touch", sa.Text(), nullable=True),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per contact with a lead in a channel other than the phone",
    )
    op.create_index("touches_by_lead_id", "touches", ["lead_id"], unique=False)
    op.create_index("touches_by_touch_id", "touches", ["touch_id"], unique=False)
    op.create_index(
        "touches_current", "touches", ["touch_id"], unique=True, postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.create_table(
        "trigger_signals",
        sa.Column("trigger_signal_id", sa.Text(), nullable=False),
        sa.Column("lead_id", sa.Text(), nullable=False),
        sa.Column("signal", sa.Text(), nullable=False),
        sa.Column("occurred_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at", sa.DateTime(timezone=True), nullable=False),
        sa.Column("known_at_assumed", sa.Boolean(), nullable=True),
        sa.Column("superseded_at", sa.DateTime(timezone=True), nullable=True),
        sa.Column("import_id", sa.BigInteger(), nullable=True),
        sa.Column("import_row", sa.BigInteger(), nullable=True),
        comment="one row per event at a lead's company that makes it worth a call",
    )
    op.create_index("trigger_signals_by_lead_id", "trigger_signals", ["lead_id"], unique=False)
    op.create_index("trigger_signals_by_trigger_signal_id", "trigger_signals", ["trigger_signal_id"], unique=False)
    op.create_index(
        "trigger_signals_current",
        "trigger_signals",
        ["trigger_signal_id"],
        unique=True,
        postgresql_where=sa.text("superseded_at IS NULL"),
    )


def downgrade() -> None:
    op.drop_index(
        "trigger_signals_current", table_name="trigger_signals", postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.drop_index("trigger_signals_by_trigger_signal_id", table_name="trigger_signals")
    op.drop_index("trigger_signals_by_lead_id", table_name="trigger_signals")
    op.drop_table("trigger_signals")
    op.drop_index("touches_current", table_name="touches", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("touches_by_touch_id", table_name="touches")
    op.drop_index("touches_by_lead_id", table_name="touches")
    op.drop_table("touches")
    op.drop_index("scores_current", table_name="scores", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("scores_by_score_id", table_name="scores")
    op.drop_index("scores_by_lead_id", table_name="scores")
    op.drop_table("scores")
    op.drop_index("quarantine_content", table_name="quarantine")
    op.drop_table("quarantine")
    op.drop_index(
        "opportunity_stages_current", table_name="opportunity_stages", postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.drop_index("opportunity_stages_by_opportunity_stage_id", table_name="opportunity_stages")
    op.drop_index("opportunity_stages_by_opportunity_id", table_name="opportunity_stages")
    op.drop_table("opportunity_stages")
    op.drop_index(
        "opportunities_current", table_name="opportunities", postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.drop_index("opportunities_by_opportunity_id", table_name="opportunities")
    op.drop_index("opportunities_by_lead_id", table_name="opportunities")
    op.drop_table("opportunities")
    op.drop_index("meetings_current", table_name="meetings", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("meetings_by_meeting_id", table_name="meetings")
    op.drop_index("meetings_by_lead_id", table_name="meetings")
    op.drop_index("meetings_by_call_id", table_name="meetings")
    op.drop_table("meetings")
    op.drop_index(
        "meeting_outcomes_current", table_name="meeting_outcomes", postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.drop_index("meeting_outcomes_by_meeting_id", table_name="meeting_outcomes")
    op.drop_table("meeting_outcomes")
    op.drop_index("lists_current", table_name="lists", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("lists_by_list_id", table_name="lists")
    op.drop_index("lists_by_client_id", table_name="lists")
    op.drop_table("lists")
    op.drop_index("leads_current", table_name="leads", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("leads_by_list_id", table_name="leads")
    op.drop_index("leads_by_lead_id", table_name="leads")
    op.drop_index("leads_by_contact_id", table_name="leads")
    op.drop_index("leads_by_company_id", table_name="leads")
    op.drop_index("leads_by_campaign_id", table_name="leads")
    op.drop_table("leads")
    op.drop_index("lead_stages_current", table_name="lead_stages", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("lead_stages_by_lead_stage_id", table_name="lead_stages")
    op.drop_index("lead_stages_by_lead_id", table_name="lead_stages")
    op.drop_table("lead_stages")
    op.drop_table("lead_features")
    op.drop_index("imports_by_file_hash", table_name="imports")
    op.drop_table("imports")
    op.drop_index("deals_current", table_name="deals", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("deals_by_opportunity_id", table_name="deals")
    op.drop_index("deals_by_lead_id", table_name="deals")
    op.drop_index("deals_by_deal_id", table_name="deals")
    op.drop_table("deals")
    op.drop_index(
        "deal_reversals_current", table_name="deal_reversals", postgresql_where=sa.text("superseded_at IS NULL")
    )
    op.drop_index("deal_reversals_by_deal_reversal_id", table_name="deal_reversals")
    op.drop_index("deal_reversals_by_deal_id", table_name="deal_reversals")
    op.drop_table("deal_reversals")
    op.drop_index("costs_current", table_name="costs", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("costs_by_lead_id", table_name="costs")
    op.drop_index("costs_by_cost_id", table_name="costs")
    op.drop_index("costs_by_client_id", table_name="costs")
    op.drop_index("costs_by_campaign_id", table_name="costs")
    op.drop_index("costs_by_agent_id", table_name="costs")
    op.drop_table("costs")
    op.drop_index("contacts_current", table_name="contacts", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("contacts_by_contact_id", table_name="contacts")
    op.drop_index("contacts_by_company_id", table_name="contacts")
    op.drop_table("contacts")
    op.drop_index("consents_current", table_name="consents", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("consents_by_contact_id", table_name="consents")
    op.drop_index("consents_by_consent_id", table_name="consents")
    op.drop_table("consents")
    op.drop_index("companies_current", table_name="companies", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("companies_by_company_id", table_name="companies")
    op.drop_index("companies_by_client_id", table_name="companies")
    op.drop_table("companies")
    op.drop_index("clients_current", table_name="clients", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("clients_by_client_id", table_name="clients")
    op.drop_table("clients")
    op.drop_index("campaigns_current", table_name="campaigns", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("campaigns_by_client_id", table_name="campaigns")
    op.drop_index("campaigns_by_campaign_id", table_name="campaigns")
    op.drop_table("campaigns")
    op.drop_index("calls_current", table_name="calls", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("calls_by_lead_id", table_name="calls")
    op.drop_index("calls_by_call_id", table_name="calls")
    op.drop_index("calls_by_agent_id", table_name="calls")
    op.drop_table("calls")
    op.drop_index("call_queue_order", table_name="call_queue")
    op.drop_table("call_queue")
    op.drop_index("agents_current", table_name="agents", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("agents_by_agent_id", table_name="agents")
    op.drop_table("agents")
    op.drop_index("agent_hours_current", table_name="agent_hours", postgresql_where=sa.text("superseded_at IS NULL"))
    op.drop_index("agent_hours_by_campaign_id", table_name="agent_hours")
    op.drop_index("agent_hours_by_agent_id", table_name="agent_hours")
    op.drop_index("agent_hours_by_agent_hours_id", table_name="agent_hours")
    op.drop_table("agent_hours")
    op.drop_table("access_keys")
