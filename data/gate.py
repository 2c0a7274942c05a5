"""May we call? One decision, in one place, for every list, export and page.

What is law and what is house policy is said beside each rule. This is no legal advice.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import pandas as pd
import sqlalchemy as sa

from data.contract.codes import CONNECTS

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

DEFAULT_ATTEMPT_LIMIT = 14
DEFAULT_REST_HOURS = 4
OPENS, CLOSES = 8, 18
WEEKDAYS = 5

TABLES = (
    "clients",
    "companies",
    "contacts",
    "consents",
    "campaigns",
    "leads",
    "lead_stages",
    "calls",
    "deals",
)
"""The contract tables that the decision reads."""


@dataclass(frozen=True)
class Rule:
    """One reason not to call.

    Attributes:
        name: what a refusal carries.
        refuses: SQL condition over the facts of :data:`DECISION`; true where the call is refused.
        source: the law, or "house policy".
        says: the reason, for people.
    """

    name: str
    refuses: str
    source: str
    says: str


RULES = (
    Rule("unknown_lead", "NOT known", "house policy", "the lead is not known"),
    Rule("closed", "closed", "house policy", "the lead is won or lost"),
    Rule("campaign_ended", "asked_at >= campaign_ends_at", "house policy", "the campaign has ended"),
    Rule(
        "consent_refused",
        "consent IN ('refused', 'withdrawn')",
        "GDPR art. 21(3)",
        "the contact refused or withdrew consent",
    ),
    Rule("do_not_call", "do_not_call", "GDPR art. 21(3)", "the contact asked not to be called"),
    Rule(
        "advertising_protected",
        "advertising_protected",
        "Danish CVR Act (CVR-loven) § 19",
        "the company is protected from advertising in the company register",
    ),
    Rule(
        "robinson",
        "robinson AND sole_proprietor",
        "Danish Marketing Practices Act (markedsføringsloven) § 10(4)",
        "a sole proprietor on the Robinson list",
    ),
    Rule("invalid_number", "NOT phone_valid", "house policy", "there is no telephone number that works"),
    Rule(
        "consent_missing",
        "consent IS NULL AND NOT calls_without_consent",
        "house policy: the campaign's rule",
        "no consent is registered, and the campaign asks for it",
    ),
    Rule("attempts_used", "attempts >= attempt_limit", "house policy", "the campaign's attempts are used up"),
    Rule("resting", "rests_until > asked_at", "house policy", "the last call was too short a time ago"),
    Rule(
        "outside_hours",
        f"local_weekday > {WEEKDAYS} OR local_hour < {OPENS} OR local_hour >= {CLOSES}",
        "house policy",
        "it is outside calling hours at the client's local time",
    ),
)
"""In the order in which a refusal is told: the first that holds."""

_BY_NAME = {rule.name: rule for rule in RULES}


def may_call(connection: sa.Connection, leads: Sequence[str], at: datetime) -> pd.DataFrame:
    """Decide for each lead whether it may be called at a moment.

    Args:
        connection: to the store; only what happened and was known before ``at`` counts.
        leads: the lead ids asked about.
        at: the moment of the call.

    Returns:
        One row per lead asked about, in order: ``lead_id``, ``allowed``, ``rule``, ``reason``, ``source`` (the last
        three missing where the call is allowed).
    """
    decided = decide_calls(connection, leads, at)
    refusals = [rule for _, rule in decided]
    return pd.DataFrame(
        {
            "lead_id": pd.Series([lead for lead, _ in decided], dtype="str"),
            "allowed": [rule is None for rule in refusals],
            "rule": pd.Series([rule and rule.name for rule in refusals], dtype="str"),
            "reason": pd.Series([rule and rule.says for rule in refusals], dtype="str"),
            "source": pd.Series([rule and rule.source for rule in refusals], dtype="str"),
        }
    )


def decide_calls(connection: sa.Connection, leads: Sequence[str], at: datetime) -> list[tuple[str, Rule | None]]:
    """As :func:`may_call`, for callers who count milliseconds: each lead with the rule that refuses it, or None."""
    rows = connection.execute(DECISION, {"leads": list(leads), "at": at})
    return [(lead, _BY_NAME.get(rule)) for lead, rule in rows]


def _visible(table: str) -> str:
    return (
        f"visible_{table} AS NOT MATERIALIZED (SELECT * FROM {table} WHERE occurred_at < :at AND known_at < :at"
        " AND (superseded_at IS NULL OR superseded_at >= :at))"
    )


def _write_decision() -> sa.TextClause:
    connects = ", ".join(f"'{code}'" for code in CONNECTS)
    decision = " ".join(f"WHEN {rule.refuses} THEN '{rule.name}'" for rule in RULES)
    return sa.text(f"""
        WITH {", ".join(_visible(table) for table in TABLES)}, facts AS (
            SELECT a.place, a.lead_id, l.lead_id IS NOT NULL AS known, :at AS asked_at,
                   EXISTS (SELECT FROM visible_deals d WHERE d.lead_id = a.lead_id)
                       OR EXISTS (SELECT FROM visible_lead_stages s
                                  WHERE s.lead_id = a.lead_id AND s.stage IN ('won', 'lost')) AS closed,
                   (SELECT c.consent FROM visible_consents c WHERE c.contact_id = l.contact_id
                    ORDER BY c.occurred_at DESC, (c.consent <> 'given') DESC LIMIT 1) AS consent,
                   coalesce(p.do_not_call, FALSE) OR coalesce('do_not_call' = ANY(h.dispositions), FALSE)
                       OR EXISTS (SELECT FROM visible_leads o JOIN visible_calls c ON c.lead_id = o.lead_id
                                  WHERE o.contact_id = l.contact_id AND c.disposition = 'do_not_call') AS do_not_call,
                   coalesce(k.advertising_protected, FALSE) AS advertising_protected,
                   coalesce(p.robinson, FALSE) AS robinson,
                   coalesce(k.sole_proprietor, FALSE) AS sole_proprietor,
                   coalesce(p.phone_valid, FALSE)
                       AND NOT EXISTS (SELECT FROM visible_leads o JOIN visible_calls c ON c.lead_id = o.lead_id
                                       WHERE o.contact_id = l.contact_id AND c.disposition = 'invalid_number'
                                         AND c.occurred_at >= (
                                             SELECT min(v.known_at) FROM contacts v
                                             WHERE v.contact_id = p.contact_id AND v.phone IS NOT DISTINCT FROM p.phone
                                         )) AS phone_valid,
                   m.ends_at AS campaign_ends_at,
                   coalesce(m.calls_without_consent, FALSE) AS calls_without_consent,
                   coalesce(h.attempts, 0) AS attempts,
                   coalesce(m.attempt_limit, {DEFAULT_ATTEMPT_LIMIT}) AS attempt_limit,
                   h.last_call + make_interval(hours => coalesce(m.rest_hours, {DEFAULT_REST_HOURS})::int)
                       AS rests_until,
                   extract(isodow FROM z.local) AS local_weekday, extract(hour FROM z.local) AS local_hour
            FROM unnest(CAST(:leads AS text[])) WITH ORDINALITY AS a(lead_id, place)
            LEFT JOIN visible_leads l ON l.lead_id = a.lead_id
            LEFT JOIN visible_companies k ON k.company_id = l.company_id
            LEFT JOIN visible_contacts p ON p.contact_id = l.contact_id
            LEFT JOIN visible_campaigns m ON m.campaign_id = l.campaign_id
            LEFT JOIN visible_clients t ON t.client_id = m.client_id
            LEFT JOIN LATERAL (
                SELECT max(c.occurred_at) AS last_call, array_agg(c.disposition) AS dispositions,
                       count(*) FILTER (WHERE c.occurred_at > coalesce(
                           (SELECT max(b.occurred_at) FROM visible_calls b
                            WHERE b.lead_id = a.lead_id AND b.disposition IN ({connects})),
                           '-infinity'::timestamptz)) AS attempts
                FROM visible_calls c WHERE c.lead_id = a.lead_id) h ON TRUE
            CROSS JOIN LATERAL (
                SELECT timezone(coalesce(t.time_zone, 'Europe/Copenhagen'), CAST(:at AS timestamptz)) AS local) z)
        SELECT lead_id, CASE {decision} END AS rule FROM facts ORDER BY place""")


DECISION = _write_decision()
"""SQL of the decision: parameters ``leads`` (text array) and ``at``; columns lead_id and rule (null: may call)."""
