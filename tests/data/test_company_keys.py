"""Keys of companies: one spelling, and no key that cannot be one."""

from __future__ import annotations

import pandas as pd

from data.company_keys import write_keys
from data.suppression import hash_registrations


def test_a_cvr_number_that_cannot_exist_is_no_key() -> None:
    companies = pd.DataFrame(
        {
            "company_id": ["a", "b", "c", "d"],
            "client_id": "n",
            "country": ["DK", "DK", "DE", None],
            "registration_id": ["DK 10 15 08 17", "12345678", "12345678", "DK12345678"],
            "domain": None,
        }
    ).astype("str")
    keys = write_keys(companies)
    assert keys["registration"].fillna("").tolist() == ["DK 10150817", "", "DE 12345678", ""]
    assert [value if pd.notna(value) else None for value in keys["registration_valid"]] == [True, False, None, False]


def test_a_list_with_a_placeholder_for_a_cvr_number_stops_nobody() -> None:
    numbers = pd.Series(["10150817", "00000000", "12345678", "12345678"], dtype="str")
    countries = pd.Series(["DK", "DK", None, "DE"], dtype="str")
    assert hash_registrations(numbers, countries, b"key").notna().tolist() == [True, False, False, True]
