"""Rules about bought lists and their suppliers: those whose numbers are worse than chance explains."""

from __future__ import annotations

from data.hygiene.rule import Rule

LEAST_CONTACTS = 50
FALSE_ALARMS = 0.01
"""The chance that any list at all is called bad though all are alike. How far a list's share of dead numbers must be
above that of all others, in standard errors of the difference (the pooled test of two proportions), follows from how
many lists are compared: z with exp(-z² / 2) = FALSE_ALARMS / lists, the Chernoff bound of the normal tail with
Bonferroni's correction."""

COUNTED = """
    counted AS (
        SELECT list_id, count(*) AS contacts, sum(is_dead) AS dead
        FROM (SELECT l.list_id, l.contact_id,
                     max(CASE WHEN p.phone IS NULL OR p.phone_valid IS FALSE OR c.call_id IS NOT NULL THEN 1 ELSE 0 END)
                         AS is_dead
              FROM leads l JOIN contacts p USING (contact_id)
              LEFT JOIN calls c ON c.lead_id = l.lead_id AND c.disposition = 'invalid_number'
              WHERE l.list_id IS NOT NULL GROUP BY l.list_id, l.contact_id)
        GROUP BY list_id)"""
"""SQL: the contacts of each list, and how many of their numbers are dead."""


def _find_worse(counted: str) -> str:
    """SQL: those whose share of dead numbers is above that of all others beyond chance, with the shares in words."""
    return f"""
        SELECT *, printf('%.1f %% of %d numbers are dead, %.1f %% of those of others',
                         100 * share, contacts, 100 * others) AS detail
        FROM (SELECT *, dead / contacts AS share, (all_dead - dead) / (everyone - contacts) AS others,
                     all_dead / everyone AS pooled, 1 / contacts + 1 / (everyone - contacts) AS spread,
                     sqrt(2 * ln(count(*) OVER () / {FALSE_ALARMS})) AS errors
              FROM {counted}, (SELECT sum(dead) AS all_dead, sum(contacts) AS everyone FROM {counted})
              WHERE everyone > contacts AND contacts >= {LEAST_CONTACTS})
        WHERE share > others + errors * sqrt(pooled * (1 - pooled) * spread)"""


BAD_LIST = Rule(
    "bad_list",
    "lists",
    "more numbers of a list are dead than those of others",
    "claim the price back, and buy no more there",
    f"WITH {COUNTED} SELECT list_id AS row_id, detail FROM ({_find_worse('counted')})",
)

BAD_SUPPLIER = Rule(
    "bad_supplier",
    "lists",
    "more numbers of a supplier are dead than those of others, in lists that are not bad by themselves",
    "buy from another supplier",
    f"""
        WITH {COUNTED},
        supplied AS (
            SELECT supplier, sum(contacts) AS contacts, sum(dead) AS dead FROM counted JOIN lists USING (list_id)
            WHERE supplier IS NOT NULL AND list_id NOT IN (SELECT list_id FROM ({_find_worse("counted")}))
            GROUP BY supplier HAVING count(*) > 1)
        SELECT list_id AS row_id, 'of ' || supplier || ': ' || detail AS detail
        FROM ({_find_worse("supplied")}) JOIN lists USING (supplier)""",
)

RULES = (BAD_LIST, BAD_SUPPLIER)
