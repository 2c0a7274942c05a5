"""Money has a currency and times have a zone: neither enters without."""

from __future__ import annotations

import pandas as pd
import pytest

from data.contract import CONTRACT, Kind
from data.contract.checks import find_violations
from data.errors import MappingError
from data.imports.mapping import read_mapping
from tests.data.conftest import type_rows

WITH_MONEY = [name for name, table in CONTRACT.items() if any(field.kind is Kind.MONEY for field in table.fields)]


def has_currency(name: str) -> bool:
    """Whether each row of a table says its currency, or names a row that does."""
    table = CONTRACT[name]
    if any(field.name == "currency" and field.required for field in table.fields):
        return True
    parents = [field.of for field in table.fields if field.of and field.required]
    return any(has_currency(parent) for parent in parents)


@pytest.mark.parametrize("name", WITH_MONEY)
def test_every_amount_says_its_currency_or_whose_it_is(name: str) -> None:
    assert has_currency(name)


def test_a_mapping_of_deals_without_a_currency_is_refused() -> None:
    text = '[tables.deals]\ndeal_id = "a"\nlead_id = "b"\namount_minor = "c"\noccurred_at = "d"\n'
    with pytest.raises(MappingError, match=r"\[tables.deals\] lacks currency"):
        read_mapping(text, "m")


@pytest.mark.parametrize(("currency", "check"), [(None, "required"), ("kr.", "form")])
def test_a_deal_without_a_currency_does_not_enter(currency: str | None, check: str) -> None:
    rows = type_rows("deals", [{}]).assign(currency=pd.Series([currency], index=[2], dtype="str"))
    assert find_violations("deals", rows)[["column", "check"]].to_numpy().tolist() == [["currency", check]]


def test_every_moment_that_enters_has_a_zone() -> None:
    rows = type_rows(
        "calls", [{"occurred_at": "2025-01-01T12:00:00"}, {"call_id": "y", "occurred_at": "2025-01-01T12:00:00+02:00"}]
    )
    assert rows["occurred_at"].tolist() == [pd.Timestamp("2025-01-01T12:00Z"), pd.Timestamp("2025-01-01T10:00Z")]
