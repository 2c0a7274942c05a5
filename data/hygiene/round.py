"""The round: all rules as of a moment, each finding with what it costs to leave it, worst first."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.company_keys import write_keys
from data.contract import CONTRACT
from data.duplicates import find_same_companies, find_same_contacts
from data.hygiene import lists, near, parties, work
from data.hygiene.rule import Rule
from data.visible import open_visible

if TYPE_CHECKING:
    from datetime import datetime

    from data.frames import Tables

REFUSED = Rule(
    "refused_row",
    "quarantine",
    "a row of a source was refused and waits",
    "callworth quarantine export, mend, release",
    "SELECT quarantine_id::VARCHAR AS row_id, table_name || ', ' || rule AS detail FROM refused",
)
WAITING = ("quarantine_id", "table_name", "rule")

RULES = (*parties.RULES, *near.RULES, *work.RULES, *lists.RULES, REFUSED)
READ = tuple(name for name in CONTRACT if name not in ("agents", "agent_hours", "costs", "touches", "trigger_signals"))

OPEN_LEADS = """
    CREATE TEMP TABLE open_leads AS
    WITH last AS (
        SELECT lead_id, max_by(stage, struct_pack(a := occurred_at, k := known_at, i := lead_stage_id)) AS stage
        FROM lead_stages GROUP BY lead_id),
    scored AS (
        SELECT lead_id, max_by(struct_pack(minor := expected_value_minor), occurred_at) AS worth
        FROM scores GROUP BY lead_id)
    SELECT l.*, last.stage, scored.worth.minor AS expected_value_minor, n.currency
    FROM leads l
    JOIN campaigns m USING (campaign_id) JOIN clients n USING (client_id)
    LEFT JOIN last USING (lead_id) LEFT JOIN scored USING (lead_id)
    WHERE l.lead_id NOT IN (SELECT lead_id FROM deals) AND last.stage IS DISTINCT FROM 'lost'
      AND l.lead_id NOT IN (SELECT lead_id FROM lead_stages WHERE stage = 'lost')
      AND NOT starts_with(l.lead_id, 'erased-')"""

COMPANIES = """
    SELECT company_id, client_id, country, registration_id, domain, occurred_at FROM companies
    WHERE merged_into IS NULL"""

CONTACTS = """
    SELECT contact_id, client_id, p.email, p.name, p.occurred_at FROM contacts p JOIN companies USING (company_id)
    WHERE p.merged_into IS NULL"""

CONCERNED = """
    CREATE TEMP TABLE concerned AS
    SELECT DISTINCT * FROM (
        SELECT 'companies' AS "table", company_id AS row_id, lead_id FROM open_leads
        UNION ALL SELECT 'contacts', contact_id, lead_id FROM open_leads
        UNION ALL SELECT 'leads', lead_id, lead_id FROM open_leads
        UNION ALL SELECT 'lists', list_id, lead_id FROM open_leads
        UNION ALL SELECT 'meetings', meeting_id, lead_id FROM meetings
        UNION ALL SELECT 'opportunities', opportunity_id, lead_id FROM opportunities)"""
"""Which leads a row of a table concerns."""

FINDINGS = """
    SELECT rule, f."table", f.row_id, any_value(f.detail) AS detail, count(l.lead_id) AS leads,
           sum(l.expected_value_minor)::BIGINT AS expected_value_minor, l.currency
    FROM found f LEFT JOIN concerned c ON c."table" = f."table" AND c.row_id = f.row_id
    LEFT JOIN open_leads l USING (lead_id)
    GROUP BY rule, f."table", f.row_id, l.currency
    ORDER BY expected_value_minor DESC NULLS LAST, leads DESC, rule, f.row_id"""

BY_RULE = """
    WITH touched AS (
        SELECT DISTINCT rule, lead_id FROM found f JOIN concerned c ON c."table" = f."table" AND c.row_id = f.row_id
        JOIN open_leads l USING (lead_id)),
    worth AS (
        SELECT rule, currency, count(*) AS leads, sum(expected_value_minor)::BIGINT AS expected_value_minor
        FROM touched JOIN open_leads USING (lead_id) GROUP BY rule, currency)
    SELECT rule, rows, coalesce(leads, 0) AS leads, expected_value_minor, currency
    FROM (SELECT rule, count(*) AS rows FROM found GROUP BY rule) LEFT JOIN worth USING (rule)
    ORDER BY expected_value_minor DESC NULLS LAST, rows DESC, rule, currency"""


@dataclass(frozen=True, eq=False)
class Round:
    """What a round found, dearest first.

    Attributes:
        findings: one row per finding: ``rule``, ``table``, ``row_id``, ``detail``, ``leads`` (open leads concerned),
            ``expected_value_minor`` (theirs; missing where none was scored) and ``currency``.
        rules: one row per rule that found something and currency of the leads concerned: ``rule``, ``says``, ``do``,
            ``rows``, ``leads``, ``expected_value_minor`` (each lead once) and ``currency``.
    """

    findings: pd.DataFrame
    rules: pd.DataFrame


def make_round(tables: Tables, as_of: datetime, refused: pd.DataFrame | None = None) -> Round:
    """Look for everything that needs a hand.

    Args:
        tables: all contract tables.
        as_of: what happened and was known before it counts.
        refused: rows in quarantine, as :func:`data.imports.quarantine.read_quarantine` gives them.
    """
    with open_visible(tables, READ, as_of) as connection:
        connection.execute(OPEN_LEADS)
        connection.execute(CONCERNED)
        for name, frame in _compare_parties(connection).items():
            connection.register(name, frame)
        connection.register("refused", pd.DataFrame(columns=WAITING, dtype="str") if refused is None else refused)
        connection.execute(_find_all(), {"as_of": as_of})
        findings, rules = (_read(connection, query) for query in (FINDINGS, BY_RULE))
    words = pd.DataFrame([(rule.name, rule.says, rule.do) for rule in RULES], columns=["rule", "says", "do"])
    return Round(findings, rules.merge(words, on="rule"))


def _compare_parties(connection: Any) -> dict[str, pd.DataFrame]:
    """The keys of companies, and which records are the same; those merged into others do not count."""
    companies, contacts = (connection.sql(query).df() for query in (COMPANIES, CONTACTS))
    return {
        "company_keys": write_keys(companies),
        "same_companies": find_same_companies(companies),
        "same_contacts": find_same_contacts(contacts),
        **near.compare_nearly(connection),
    }


def _find_all() -> str:
    parts = (
        f"SELECT '{rule.name}' AS rule, '{rule.table}' AS \"table\", row_id, detail FROM ({rule.query})"
        for rule in RULES
    )
    return f"CREATE TEMP TABLE found AS {' UNION ALL '.join(parts)}"


def _read(connection: Any, query: str) -> pd.DataFrame:
    frame: pd.DataFrame = connection.sql(query).df()
    return frame.astype({"expected_value_minor": "Int64"})
