"""Who calls, for whom, and who is called."""

from __future__ import annotations

from data.contract.codes import CHANNELS, CONSENTS, DECISION_LEVELS, NATIONAL_LISTS
from data.contract.fields import Field, Kind, Table, key

CLIENTS = Table(
    "clients",
    grain="one row per client that the agency calls for",
    key="client_id",
    happened="when the agreement began",
    entity=True,
    fields=(
        key("client_id", "the client"),
        Field("name", Kind.TEXT, "the client's name", required=True),
        Field("country", Kind.TEXT, "ISO 3166 code of two letters", form="country"),
        Field("currency", Kind.TEXT, "ISO 4217 code of the client's amounts", required=True, form="currency"),
        Field("time_zone", Kind.TEXT, "IANA name, for days and months in reports", required=True, form="time_zone"),
        Field("shares_training", Kind.FLAG, "agreed that models are trained across clients"),
    ),
)

COMPANIES = Table(
    "companies",
    grain="one row per company and client",
    key="company_id",
    happened="when the facts in this row became true",
    entity=True,
    fields=(
        key("company_id", "the company as this client knows it"),
        key("client_id", "whose company record it is", of="clients"),
        Field("registration_id", Kind.TEXT, "number in the country's company register; in Denmark CVR, 8 digits"),
        Field("country", Kind.TEXT, "ISO 3166 code of two letters", form="country"),
        Field("name", Kind.TEXT, "the company's name", personal=True),
        Field("domain", Kind.TEXT, "internet domain", personal=True),
        Field("industry", Kind.TEXT, "industry, as the client groups them"),
        Field("employees", Kind.INTEGER, "people employed", minimum=0, unit="people"),
        Field("revenue_minor", Kind.MONEY, "yearly revenue", minimum=0, unit="minor units"),
        Field("region", Kind.TEXT, "geography, as the client groups it"),
        Field("founded_year", Kind.INTEGER, "calendar year of founding", minimum=1000, maximum=2200),
        Field("sole_proprietor", Kind.FLAG, "owned by one person, whom the Robinson list covers"),
        Field("advertising_protected", Kind.FLAG, "protected in the company register (reklamebeskyttelse)"),
        key("merged_into", "the record of the same company that stands for this one", of="companies", required=False),
    ),
)

CONTACTS = Table(
    "contacts",
    grain="one row per person at a company",
    key="contact_id",
    happened="when the facts in this row became true",
    entity=True,
    fields=(
        key("contact_id", "the person as this client knows them"),
        key("company_id", "where the person works", of="companies"),
        Field("name", Kind.TEXT, "the person's name", personal=True),
        Field("title", Kind.TEXT, "job title, as written in the source"),
        Field("decision_level", Kind.CODE, "what the title decides", codes=DECISION_LEVELS),
        Field("decision_level_read", Kind.FLAG, "the source gave no level; it was read from the title"),
        Field("email", Kind.TEXT, "e-mail address", personal=True),
        Field("email_valid", Kind.FLAG, "the address is written as one can be"),
        Field("phone", Kind.TEXT, "telephone number, E.164", personal=True),
        Field("phone_valid", Kind.FLAG, "the number can exist and no call has proved it dead"),
        Field("do_not_call", Kind.FLAG, "asked not to be called"),
        Field("robinson", Kind.FLAG, "on the Robinson list"),
        Field("national_list", Kind.CODE, "another country's list that the number is on", codes=NATIONAL_LISTS),
        Field("language", Kind.TEXT, "ISO 639 code of two letters"),
        key("merged_into", "the record of the same person that stands for this one", of="contacts", required=False),
    ),
)

CONSENT_EVENTS = Table(
    "consents",
    grain="one row per time a contact gave, refused or withdrew consent",
    key="consent_id",
    happened="when the contact said so",
    fields=(
        key("consent_id", "the event"),
        key("contact_id", "who said it", of="contacts"),
        Field("consent", Kind.CODE, "what was said", required=True, codes=CONSENTS),
        Field("channel", Kind.CODE, "where it was said", codes=CHANNELS),
    ),
)

AGENTS = Table(
    "agents",
    grain="one row per person who calls",
    key="agent_id",
    happened="when the agent began",
    entity=True,
    fields=(
        key("agent_id", "the agent"),
        Field("name", Kind.TEXT, "the agent's name", personal=True),
        Field("languages", Kind.TEXT, "ISO 639 codes, separated by spaces"),
    ),
)

AGENT_HOURS = Table(
    "agent_hours",
    grain="one row per agent, campaign and day",
    key="agent_hours_id",
    happened="when the working day began",
    fields=(
        key("agent_hours_id", "the entry"),
        key("agent_id", "who worked", of="agents"),
        key("campaign_id", "for which campaign", of="campaigns"),
        Field(
            "worked_seconds",
            Kind.INTEGER,
            "paid time",
            required=True,
            minimum=0,
            maximum=86_400,
            unit="seconds",
        ),
        Field(
            "hourly_rate_minor",
            Kind.MONEY,
            "what an hour costs",
            required=True,
            minimum=0,
            unit="minor units per hour",
        ),
    ),
)
