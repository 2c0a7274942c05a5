"""Who the lead is: the company and the person, as known at as-of."""

from __future__ import annotations

from features.feature import feature
from features.sources import COMPANIES, CONTACTS


@feature(COMPANIES, unit="industry", kind="category")
def industry() -> str:
    """Industry of the company, as the client groups them."""
    return "industry"


@feature(COMPANIES, unit="region", kind="category", group="place")
def region() -> str:
    """Geography of the company, as the client groups it."""
    return "region"


@feature(COMPANIES, unit="country", kind="category", group="place")
def company_country() -> str:
    """Country of the company."""
    return "country"


@feature(COMPANIES, unit="people", group="company_size")
def employees() -> str:
    """People employed by the company."""
    return "employees"


@feature(COMPANIES, unit="minor units", group="company_size")
def revenue_minor() -> str:
    """Yearly revenue of the company."""
    return "revenue_minor"


@feature(COMPANIES, unit="years")
def company_age_years() -> str:
    """Calendar years from the founding of the company to as-of."""
    return "year(as_of) - founded_year"


@feature(CONTACTS, unit="level", kind="category")
def decision_level() -> str:
    """What the contact's title decides."""
    return "decision_level"


@feature(CONTACTS, unit="0 or 1")
def phone_valid() -> str:
    """The contact's number can exist and no call has proved it dead."""
    return "phone_valid::INTEGER"


@feature(CONTACTS, unit="language", kind="category")
def contact_language() -> str:
    """Language of the contact."""
    return "language"
