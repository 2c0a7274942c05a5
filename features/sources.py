"""The tables that features are computed from, and how their rows find a question.

A source of *events* gives any number of rows to a question, which the features aggregate. A source of
*versions* describes one thing (a company, a campaign); the version visible at as-of is the fact.

Columns that an expression may name:
    the contract's fields of the table;
    ``as_of``: the question's moment, as a timestamp in UTC without zone, like every other moment;
    ``age``: microseconds from the row's ``occurred_at`` to as-of;
    ``position``: of events, the place of the row among those of its lead by (occurred_at, known_at, key), so
    that no answer depends on the physical order of rows;
    the source's derived columns.
"""

from __future__ import annotations

from dataclasses import dataclass

from data.contract.codes import CONNECTS


@dataclass(frozen=True)
class Source:
    """One table as a source of features.

    Attributes:
        table: the contract table.
        by: the key of the question on which rows are joined.
        through: the table that holds ``by`` where the rows themselves do not; its row must be visible too.
        versions: rows are versions of one thing, not events.
        local: rows need the time zone of the lead's client.
        derived: named SQL expressions over one row (and ``time_zone``, if local), computed once per row.
        links: fields of the visible version by which further sources are found.
    """

    table: str
    by: str
    through: str | None = None
    versions: bool = False
    local: bool = False
    derived: tuple[tuple[str, str], ...] = ()
    links: tuple[str, ...] = ()


LEADS = Source("leads", by="lead_id", versions=True, links=("company_id", "contact_id", "campaign_id", "list_id"))
COMPANIES = Source("companies", by="company_id", versions=True)
CONTACTS = Source("contacts", by="contact_id", versions=True)
CAMPAIGNS = Source("campaigns", by="campaign_id", versions=True, links=("client_id",))
LISTS = Source("lists", by="list_id", versions=True)
CLIENTS = Source("clients", by="client_id", versions=True, links=("time_zone",))
CALLS = Source(
    "calls",
    by="lead_id",
    local=True,
    derived=(
        ("connected", f"disposition IN {CONNECTS}"),
        ("local_at", "timezone(time_zone, timezone('UTC', occurred_at))"),
    ),
)
MEETINGS = Source("meetings", by="lead_id")
MEETING_OUTCOMES = Source("meeting_outcomes", by="lead_id", through="meetings")
LEAD_STAGES = Source("lead_stages", by="lead_id")
TRIGGER_SIGNALS = Source("trigger_signals", by="lead_id")
TOUCHES = Source("touches", by="lead_id")
CONSENTS = Source("consents", by="contact_id")
OPPORTUNITIES = Source("opportunities", by="lead_id")
OPPORTUNITY_STAGES = Source("opportunity_stages", by="lead_id", through="opportunities")

SOURCES = (
    LEADS,
    COMPANIES,
    CONTACTS,
    CAMPAIGNS,
    LISTS,
    CLIENTS,
    CALLS,
    MEETINGS,
    MEETING_OUTCOMES,
    LEAD_STAGES,
    TRIGGER_SIGNALS,
    TOUCHES,
    CONSENTS,
    OPPORTUNITIES,
    OPPORTUNITY_STAGES,
)
"""Every source, each after those whose links it needs."""
