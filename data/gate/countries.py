"""Whether a business may be called without prior consent, by the law of its country.

A campaign may be stricter than the country, never looser where the law forbids. A country that is not listed is called
with consent only, unless the campaign takes it upon itself. This is no legal advice.
"""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

import phonenumbers


class Unasked(StrEnum):
    """What the law says to a call that nobody asked for."""

    ALLOWED = "allowed"
    COMPANIES = "allowed at companies, not at sole proprietors"
    PRESUMED = "only where consent can be presumed, which the campaign has to say"
    FORBIDDEN = "forbidden"


@dataclass(frozen=True)
class Country:
    """The law of one country on calls to businesses without prior consent.

    Attributes:
        code: ISO 3166, two letters.
        name: in English.
        unasked: what it says.
        source: where it says so.
    """

    code: str
    name: str
    unasked: Unasked
    source: str


COUNTRIES = (
    Country(
        "DK",
        "Denmark",
        Unasked.ALLOWED,
        "Danish Consumer Contracts Act (forbrugeraftaleloven) § 4 and Marketing Practices Act (markedsføringsloven) "
        "§ 10(4): consumers, and natural persons who said no",
    ),
    Country(
        "SE",
        "Sweden",
        Unasked.ALLOWED,
        "Swedish Marketing Act (marknadsföringslagen 2008:486) § 21: natural persons who said no",
    ),
    Country(
        "NO",
        "Norway",
        Unasked.ALLOWED,
        "Norwegian Marketing Control Act (markedsføringsloven) §§ 12-13: consumers",
    ),
    Country(
        "GB",
        "United Kingdom",
        Unasked.ALLOWED,
        "Privacy and Electronic Communications (EC Directive) Regulations 2003 reg. 21: numbers on TPS and CTPS, and "
        "who said no",
    ),
    Country(
        "FR",
        "France",
        Unasked.ALLOWED,
        "French Consumer Code (Code de la consommation) art. L223-1, as of 11 August 2026: consumers",
    ),
    Country(
        "NL",
        "Netherlands",
        Unasked.COMPANIES,
        "Dutch Telecommunications Act (Telecommunicatiewet) art. 11.7: natural persons, sole proprietors among them",
    ),
    Country(
        "DE",
        "Germany",
        Unasked.PRESUMED,
        "German Act against Unfair Competition (UWG) § 7(2) no. 1",
    ),
    Country(
        "AT",
        "Austria",
        Unasked.FORBIDDEN,
        "Austrian Telecommunications Act 2021 (TKG 2021) § 174(1)",
    ),
)


def find_country(company: str, phone: str, client: str) -> str:
    """SQL: the country whose law counts: the company's, else the one where its number is from, else the client's.

    Args:
        company: SQL of the company's country.
        phone: SQL of the number, E.164.
        client: SQL of the client's country.
    """
    numbers = " ".join(
        f"WHEN {phone} LIKE '+{phonenumbers.country_code_for_region(country.code)}%' THEN '{country.code}'"
        for country in COUNTRIES
    )
    return f"coalesce({company}, CASE {numbers} WHEN {phone} LIKE '+%' THEN '' END, {client})"


def list_codes(*kinds: Unasked) -> str:
    """The countries with such a law, as an SQL list of texts."""
    return ", ".join(f"'{country.code}'" for country in COUNTRIES if country.unasked in kinds)
