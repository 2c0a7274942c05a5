"""Rules about near duplicates: records that are probably one and share no key, so that a person has to look."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.duplicates.near import find_near
from data.hygiene.rule import Rule

if TYPE_CHECKING:
    import pandas as pd


def _find_likeliest(pairs: str) -> str:
    """SQL: each record that is probably another one, with the one that it is most probably."""
    return f"""
        SELECT "second" AS row_id, max_by(reasons || ' as ' || "first", score) AS detail
        FROM {pairs} GROUP BY "second\""""


NEAR_DUPLICATE_COMPANY = Rule(
    "near_duplicate_company",
    "companies",
    "a company probably stands there twice",
    "look at both; where they are one: callworth duplicates merge company",
    _find_likeliest("near_companies"),
)

NEAR_DUPLICATE_CONTACT = Rule(
    "near_duplicate_contact",
    "contacts",
    "a contact probably stands there twice",
    "look at both; where they are one: callworth duplicates merge contact",
    _find_likeliest("near_contacts"),
)

RULES = (NEAR_DUPLICATE_COMPANY, NEAR_DUPLICATE_CONTACT)


def compare_nearly(connection: Any) -> dict[str, pd.DataFrame]:
    """Find near duplicates among the visible companies and contacts, for these rules."""
    near = find_near(*(connection.sql(f"SELECT * FROM {table}").df() for table in ("companies", "contacts")))
    return {"near_companies": near.companies, "near_contacts": near.contacts}
