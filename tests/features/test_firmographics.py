"""Company and contact, as known at as-of."""

from __future__ import annotations

import pytest

ROWS = {
    "companies": [
        {
            "company_id": "company",
            "industry": "it",
            "region": "north",
            "country": "DK",
            "employees": 10,
            "revenue_minor": 7_000_000,
            "founded_year": 2001,
            "occurred_at": "2024-05-01",
            "superseded_at": "2025-03-01",
        },
        {
            "company_id": "company",
            "industry": "it",
            "region": None,
            "country": "DK",
            "employees": 12,
            "revenue_minor": None,
            "founded_year": 2001,
            "occurred_at": "2024-05-01",
            "known_at": "2025-03-01",
        },
    ],
    "contacts": [
        {
            "contact_id": "contact",
            "decision_level": "influencer",
            "phone_valid": True,
            "language": "da",
            "occurred_at": "2024-05-01",
        }
    ],
}


@pytest.mark.parametrize(
    ("as_of", "name", "expected"),
    [
        ("2025-02-01", "industry", "it"),
        ("2025-02-01", "region", "north"),
        ("2025-02-01", "company_country", "DK"),
        ("2025-02-01", "employees", 10),
        ("2025-02-01", "revenue_minor", 7_000_000),
        ("2025-02-01", "company_age_years", 24),
        ("2026-02-01", "company_age_years", 25),
        ("2025-02-01", "decision_level", "influencer"),
        ("2025-02-01", "phone_valid", 1),
        ("2025-02-01", "contact_language", "da"),
        ("2025-03-01", "employees", 10),  # superseded at as-of: still what was known before it
        ("2025-03-02", "employees", 12),
        ("2025-03-02", "region", None),  # the newer version says nothing, and the older one no longer counts
        ("2025-03-02", "revenue_minor", None),
    ],
)
def test_firmographics(answer, as_of, name, expected):
    assert answer(as_of, **ROWS)[name] == expected


def test_unknown_company_and_contact_are_missing(answer):
    found = answer("2025-02-01")
    assert [found[name] for name in ("industry", "employees", "phone_valid")] == [None, None, None]
