"""Telephone numbers in one spelling, and whether they can exist."""

from __future__ import annotations

import pandas as pd
import pytest

from data.imports.values.phones import validate_phones


@pytest.mark.parametrize(
    ("phone", "said", "country", "written", "valid"),
    [
        ("33 12 34 56", None, "DK", "+4533123456", True),
        ("+45 33-12-34-56", None, "SE", "+4533123456", True),
        ("0045 33123456", None, "DK", "+4533123456", True),
        ("08-123 456 78", None, "SE", "+46812345678", True),
        ("33 12 34 56", False, "DK", "+4533123456", False),  # the source knows that it is dead
        ("123", True, "DK", "123", False),
        ("none", None, "DK", "none", False),
        (None, None, "DK", None, None),
        (None, True, "DK", None, True),  # an anonymised source that says so
        (None, False, "DK", None, False),
    ],
)
def test_numbers(phone: str | None, said: bool | None, country: str, written: str | None, valid: bool | None) -> None:
    numbers, good = validate_phones(pd.Series([phone], dtype="str"), pd.Series([said], dtype="boolean"), country)
    assert (None if pd.isna(numbers[0]) else numbers[0]) == written
    assert (None if pd.isna(good[0]) else bool(good[0])) is valid
