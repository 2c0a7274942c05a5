"""The decision: one query for what is known about the leads, then the hour where each number rings."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any, NamedTuple

import pandas as pd
import sqlalchemy as sa

from data.contract.codes import CONNECTS
from data.gate.countries import find_country
from data.gate.hours import find_calling_moment, find_closure, locate_number
from data.gate.rules import RESTING, RULES

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data.gate.rules import Rule

DEFAULT_ATTEMPT_LIMIT = 14
DEFAULT_REST_HOURS = 4

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

_BY_NAME = {rule.name: rule for rule in RULES}


class Decision(NamedTuple):
    """What became of the question about one lead.

    Attributes:
        lead_id: the lead.
        rule: that refuses the call; None where it is allowed.
        until: when the refusal ends by itself, where that is known.
    """

    lead_id: str
    rule: Rule | None
    until: datetime | None = None


def may_call(connection: sa.Connection, leads: Sequence[str], at: datetime) -> pd.DataFrame:
    """Decide for each lead whether it may be called at a moment.

    Args:
        connection: to the store; only what happened and was known before ``at`` counts.
        leads: the lead ids asked about.
        at: the moment of the call.

    Returns:
        One row per lead asked about, in order: ``lead_id``, ``allowed``, ``rule``, ``reason``, ``source`` and
        ``until``, when the refusal ends by itself (the last four missing where the call is allowed).
    """
    decided = decide_calls(connection, leads, at)
    refusals = [decision.rule for decision in decided]
    return pd.DataFrame(
        {
            "lead_id": pd.Series([decision.lead_id for decision in decided], dtype="str"),
            "allowed": [rule is None for rule in refusals],
            "rule": pd.Series([rule and rule.name for rule in refusals], dtype="str"),
            "reason": pd.Series([rule and rule.says for rule in refusals], dtype="str"),
            "source": pd.Series([rule and rule.source for rule in refusals], dtype="str"),
            "until": pd.Series([decision.until for decision in decided], dtype="datetime64[us, UTC]"),
        }
    )


def decide_calls(connection: sa.Connection, leads: Sequence[str], at: datetime) -> list[Decision]:
    """As :func:`may_call`, for callers who count milliseconds."""
    return [_decide(row, at) for row in connection.execute(DECISION, {"leads": list(leads), "at": at})]


def _decide(row: sa.Row[Any], at: datetime) -> Decision:
    if row.rule is not None:
        return Decision(row.lead_id, _BY_NAME[row.rule], row.rests_until if row.rule == RESTING else None)
    place = locate_number(row.phone, row.country, row.time_zone)
    closure = find_closure(place, at)
    if closure is None:
        return Decision(row.lead_id, None)
    return Decision(row.lead_id, _BY_NAME[closure], find_calling_moment(place, at).astimezone(UTC))


def _visible(table: str) -> str:
    return (
        f"visible_{table} AS NOT MATERIALIZED (SELECT * FROM {table} WHERE occurred_at < :at AND known_at < :at"
        " AND (superseded_at IS NULL OR superseded_at >= :at))"
    )


def _write_decision() -> sa.TextClause:
    connects = ", ".join(f"'{code}'" for code in CONNECTS)
    decision = " ".join(f"WHEN {rule.refuses} THEN '{rule.name}'" for rule in RULES if rule.refuses)
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
                   p.national_list,
                   coalesce(k.sole_proprietor, FALSE) AS sole_proprietor,
                   coalesce(p.phone_valid, FALSE)
                       AND NOT EXISTS (SELECT FROM visible_leads o JOIN visible_calls c ON c.lead_id = o.lead_id
                                       WHERE o.contact_id = l.contact_id AND c.disposition = 'invalid_number'
                                         AND c.occurred_at >= coalesce((
                                             SELECT max(v.superseded_at) FROM contacts v
                                             WHERE v.contact_id = p.contact_id AND v.phone IS DISTINCT FROM p.phone
                                               AND (v.phone IS NOT NULL OR NOT EXISTS (
                                                   SELECT FROM visible_contacts g
                                                   WHERE g.merged_into = p.contact_id AND g.phone = p.phone))
                                               AND v.superseded_at < :at), '-infinity')) AS phone_valid,
                   m.ends_at AS campaign_ends_at,
                   m.calls_without_consent,
                   {find_country("k.country", "p.phone", "t.country")} AS law_country,
                   coalesce(h.attempts, 0) AS attempts,
                   coalesce(m.attempt_limit, {DEFAULT_ATTEMPT_LIMIT}) AS attempt_limit,
                   h.last_call + make_interval(hours => coalesce(m.rest_hours, {DEFAULT_REST_HOURS})::int)
                       AS rests_until,
                   p.phone, t.country, coalesce(t.time_zone, 'Europe/Copenhagen') AS time_zone
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
                FROM visible_calls c WHERE c.lead_id = a.lead_id) h ON TRUE)
        SELECT lead_id, CASE {decision} END AS rule, rests_until, phone, country, time_zone
        FROM facts ORDER BY place""")


DECISION = _write_decision()
"""SQL: parameters ``leads`` (text array) and ``at``; columns lead_id, rule (null: it is up to the hour), and what says
where the number rings."""
