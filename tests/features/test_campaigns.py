"""Campaign, list, segment and message of a lead."""

from __future__ import annotations

import pytest

ROWS = {
    "campaigns": [
        {
            "campaign_id": "campaign",
            "client_id": "client",
            "product": "insurance",
            "deal_amount_minor": 900,
            "occurred_at": "2025-01-11",
        }
    ],
    "lists": [{"list_id": "list", "supplier": "Nordlist", "occurred_at": "2024-12-01"}],
    "leads": [
        {
            "lead_id": "lead",
            "campaign_id": "campaign",
            "company_id": "company",
            "list_id": "list",
            "segment": "large",
            "message_variant": "B",
            "occurred_at": "2025-01-01",
        }
    ],
}


@pytest.mark.parametrize(
    ("name", "expected"),
    [
        ("segment", "large"),
        ("message_variant", "B"),
        ("campaign", "campaign"),
        ("product", "insurance"),
        ("usual_deal_amount_minor", 900),
        ("campaign_age_days", 10),
        ("list_supplier", "Nordlist"),
    ],
)
def test_campaigns(answer, name, expected):
    assert answer("2025-01-21", **ROWS)[name] == expected


def test_campaign_that_has_not_begun_has_no_age(answer):
    assert answer("2025-01-05", **ROWS)["campaign_age_days"] is None
