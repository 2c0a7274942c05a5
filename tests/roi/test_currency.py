"""One currency a report."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import pytest

from data.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Callable

LEAD = {"leads": [{"lead_id": "l1"}]}
KRONER = {"costs": [{"campaign_id": "k1", "amount_minor": 100}]}
EUROS = [{"lead_id": "l1", "amount_minor": 5, "currency": "EUR", "occurred_at": "2026-02-01"}]


def test_two_currencies_are_refused(make_tables: Callable[..., Any], report: Any) -> None:
    with pytest.raises(BadInput) as refused:
        report(make_tables(**LEAD, **KRONER, deals=EUROS))
    assert str(refused.value) == (
        "the report's amounts are in DKK and EUR, which cannot be added; ask for one client or one currency at a time."
    )


def test_amounts_outside_the_window_do_not_matter(make_tables: Callable[..., Any], report: Any) -> None:
    early = [{**EUROS[0], "occurred_at": "2025-02-01"}]
    assert report(make_tables(**LEAD, **KRONER, deals=early)).currency == "DKK"


def test_amounts_outside_the_cohort_do_not_matter(make_tables: Callable[..., Any], report: Any) -> None:
    leads = [{"lead_id": "l1", "occurred_at": "2025-06-01"}, {"lead_id": "l2"}]
    tables = make_tables(leads=leads, deals=[*EUROS, {"lead_id": "l2", "amount_minor": 5}])
    assert report(tables, basis="cohort").currency == "DKK"


@pytest.mark.parametrize(
    ("clients", "expected"),
    [
        ([{"client_id": "n1", "currency": "SEK"}], "SEK"),
        ([{"client_id": "n1"}, {"client_id": "n2", "currency": "SEK"}], None),
        ([], None),
    ],
)
def test_without_amounts_the_clients_decide(
    make_tables: Callable[..., Any], report: Any, clients: Any, expected: str | None
) -> None:
    assert report(make_tables(clients=clients)).currency == expected


def test_hours_and_usual_deals_are_in_the_clients_currency(make_tables: Callable[..., Any], report: Any) -> None:
    swedish = [{"client_id": "n1", "currency": "SEK"}, {"client_id": "n2"}]
    hours = [{"worked_seconds": 3600, "hourly_rate_minor": 100}]
    assert report(make_tables(clients=swedish, agent_hours=hours)).currency == "SEK"
    tables = make_tables(
        **LEAD,
        clients=swedish,
        campaigns=[{"campaign_id": "k1", "deal_amount_minor": 100}],
        opportunities=[{"opportunity_id": "o1", "lead_id": "l1", "currency": "EUR"}],
    )
    assert report(tables, {"l1": 0.5}).currency == "SEK"
