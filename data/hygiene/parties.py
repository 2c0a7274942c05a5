"""Rules about companies and contacts: duplicates, numbers and titles."""

from __future__ import annotations

from data.hygiene.rule import Rule


def _find_since(*fields: str, unless: str = "FALSE") -> str:
    """SQL: since when the fields of a contact are as they are now, for contacts where they were otherwise before."""
    other = " OR ".join(f"v.{field} IS DISTINCT FROM p.{field}" for field in fields)
    return f"""
        SELECT p.contact_id, max(v.superseded_at) AS since
        FROM contacts p JOIN contacts_versions v USING (contact_id)
        WHERE ({other}) AND NOT ({unless}) AND v.superseded_at < $as_of GROUP BY p.contact_id"""


_TAKEN_OVER = """v.phone IS NULL AND (p.contact_id, p.phone) IN (
    SELECT (merged_into, phone) FROM contacts WHERE merged_into IS NOT NULL AND phone IS NOT NULL)"""
"""SQL: the number is that of a record merged into this one, and so as old as it was there."""


DUPLICATE_COMPANY = Rule(
    "duplicate_company",
    "companies",
    "a company stands there twice",
    "merge it with the one named: callworth duplicates merge company",
    "SELECT merged AS row_id, 'same ' || named || ' as ' || kept AS detail FROM same_companies",
)

DUPLICATE_CONTACT = Rule(
    "duplicate_contact",
    "contacts",
    "a contact stands there twice",
    "merge it with the one named: callworth duplicates merge contact",
    "SELECT merged AS row_id, 'same ' || named || ' as ' || kept AS detail FROM same_contacts",
)

INVALID_REGISTRATION = Rule(
    "invalid_registration",
    "companies",
    "the CVR number cannot exist",
    "look it up in the company register",
    "SELECT company_id AS row_id, NULL AS detail FROM company_keys WHERE NOT registration_valid",
)

INVALID_EMAIL = Rule(
    "invalid_email",
    "contacts",
    "the e-mail address cannot exist",
    "correct it, or empty the field; the contact is one without it",
    "SELECT contact_id AS row_id, NULL AS detail FROM contacts WHERE email_valid IS FALSE",
)

DEAD_NUMBER = Rule(
    "dead_number",
    "contacts",
    "an open lead has no number that works",
    "find another number, or close the lead as unreachable",
    f"""
        WITH numbers AS ({_find_since("phone", unless=_TAKEN_OVER)})
        SELECT p.contact_id AS row_id,
               CASE WHEN p.phone IS NULL THEN 'no number'
                    WHEN p.phone_valid IS FALSE THEN 'the number cannot exist, or is marked as dead'
                    ELSE 'a call found it dead' END AS detail
        FROM contacts p LEFT JOIN numbers n USING (contact_id)
        WHERE p.contact_id IN (SELECT contact_id FROM open_leads)
          AND (p.phone IS NULL OR p.phone_valid IS FALSE
               OR EXISTS (SELECT 1 FROM calls c JOIN leads l USING (lead_id)
                          WHERE l.contact_id = p.contact_id AND c.disposition = 'invalid_number'
                            AND c.occurred_at >= coalesce(n.since, '-infinity'::TIMESTAMPTZ)))""",
)

WRONG_PERSON = Rule(
    "wrong_person",
    "contacts",
    "a call found that the person does not decide, or is another",
    "ask who does, and correct name and title",
    f"""
        WITH people AS ({_find_since("name", "title")})
        SELECT p.contact_id AS row_id, count(*) || CASE count(*) WHEN 1 THEN ' call' ELSE ' calls' END AS detail
        FROM contacts p JOIN open_leads l USING (contact_id) LEFT JOIN people n USING (contact_id)
        JOIN calls c ON c.lead_id = l.lead_id AND c.disposition = 'wrong_person'
                    AND c.occurred_at >= coalesce(n.since, '-infinity'::TIMESTAMPTZ)
        GROUP BY p.contact_id""",
)

MISSING_TITLE = Rule(
    "missing_title",
    "contacts",
    "the contact of an open lead has no title",
    "ask for it in the next call; without it there is no handover",
    """
        SELECT contact_id AS row_id, NULL AS detail FROM contacts
        WHERE trim(coalesce(title, '')) = '' AND contact_id IN (SELECT contact_id FROM open_leads)""",
)

RULES = (
    DUPLICATE_COMPANY,
    DUPLICATE_CONTACT,
    INVALID_REGISTRATION,
    INVALID_EMAIL,
    DEAD_NUMBER,
    WRONG_PERSON,
    MISSING_TITLE,
)
