from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.frames import to_arrow
from training.amounts import Amounts, fit_amounts

if TYPE_CHECKING:
    from data.frames import Tables

CUT = datetime(2026, 3, 1, tzinfo=UTC)
NONE = pd.Series([None, None, None], dtype=float)


def _table(name: str, columns: list[str], *rows: tuple[Any, ...]) -> Any:
    """A contract table; occurred_at is the first of January, known_at and superseded_at where the columns say."""
    frame = pd.DataFrame(rows, columns=columns)
    for clock in {"known_at", "superseded_at"} & set(columns):
        frame[clock] = pd.to_datetime(frame[clock], utc=True)
    return to_arrow(name, frame.assign(occurred_at=pd.Timestamp("2026-01-01", tz="UTC")))


def _deals(*rows: tuple[str, int, str]) -> Any:
    return _table(
        "deals", ["deal_id", "lead_id", "amount_minor", "currency"], *((str(n), *r) for n, r in enumerate(rows))
    )


@pytest.fixture
def agency() -> dict[str, Any]:
    """A Danish client with campaigns dk and new-dk, a German one with de and new-de; dk and de have one lead each."""
    campaigns = [("dk", "d", None), ("new-dk", "d", None), ("de", "g", None), ("new-de", "g", None)]
    return {
        "clients": _table("clients", ["client_id", "currency"], ("d", "DKK"), ("g", "EUR")),
        "campaigns": _table("campaigns", ["campaign_id", "client_id", "deal_amount_minor"], *campaigns),
        "leads": _table("leads", ["lead_id", "campaign_id"], ("a", "dk"), ("b", "de")),
        "deals": _deals(("a", 7_000, "DKK"), ("b", 1_000, "EUR")),
    }


def test_a_campaigns_deals_are_drawn_towards_its_usual_amount(small: Tables) -> None:
    # One deal of 50,000 kr and a usual amount of 20,000 kr that counts as five: (50 + 5 × 20) / 6 = 25,000 kr.
    amounts = fit_amounts(small, datetime(2026, 3, 10, tzinfo=UTC))
    assert amounts.by_campaign == {"k": 2_500_000}


def test_before_the_deal_only_the_usual_amount_is_known(small: Tables) -> None:
    assert fit_amounts(small, datetime(2026, 2, 1, tzinfo=UTC)).by_campaign == {"k": 2_000_000}


def test_each_currency_is_learned_from_its_own_deals(agency: dict[str, Any]) -> None:
    assert fit_amounts(agency, CUT).by_campaign == {"dk": 7_000, "new-dk": 7_000, "de": 1_000, "new-de": 1_000}


def test_a_deal_in_another_currency_than_the_clients_does_not_count(agency: dict[str, Any]) -> None:
    both = agency | {"deals": _deals(("a", 7_000, "DKK"), ("a", 9, "EUR"), ("b", 1_000, "EUR"))}
    assert fit_amounts(both, CUT) == fit_amounts(agency, CUT)


def test_without_clients_the_currency_is_that_of_the_campaigns_deals(agency: dict[str, Any]) -> None:
    del agency["clients"]
    assert fit_amounts(agency, CUT).by_campaign == {"dk": 7_000, "de": 1_000}


def test_a_deal_counts_for_the_campaign_in_which_its_lead_was_at_the_cut(agency: dict[str, Any]) -> None:
    columns = ["lead_id", "campaign_id", "known_at", "superseded_at"]
    moved = [
        ("a", "new-dk", "2026-01-01", "2026-02-01"),
        ("a", "dk", "2026-02-01", "2026-04-01"),
        ("a", "new-dk", "2026-04-01", None),
    ]
    tables = agency | {"leads": _table("leads", columns, *moved)}
    tables["campaigns"] = _table(
        "campaigns", ["campaign_id", "client_id", "deal_amount_minor"], ("dk", "d", 1_000), ("new-dk", "d", 1_000)
    )
    amounts = [fit_amounts(tables, datetime(2026, month, 15, tzinfo=UTC)).by_campaign for month in (1, 3, 4)]
    assert amounts == [{"dk": 1_000, "new-dk": 2_000}, {"dk": 2_000, "new-dk": 1_000}, {"dk": 1_000, "new-dk": 2_000}]


def test_a_usual_amount_that_was_withdrawn_is_not_the_one_before() -> None:
    columns = ["campaign_id", "client_id", "deal_amount_minor", "known_at", "superseded_at"]
    versions = [("k", "d", 500, "2026-01-01", "2026-02-01"), ("k", "d", None, "2026-02-01", None)]
    tables = {"campaigns": _table("campaigns", columns, *versions)}
    assert fit_amounts(tables, datetime(2026, 1, 15, tzinfo=UTC)).by_campaign == {"k": 500}
    assert fit_amounts(tables, CUT).by_campaign == {}


def test_a_stated_amount_comes_first_and_a_new_campaigns_usual_one_last() -> None:
    stated, usual = pd.Series([None, 500.0, None]), pd.Series([30.0, 30.0, 30.0])
    expected = Amounts({"k": 100}).expect(pd.Series(["k", "k", "new"]), stated, usual)
    assert expected.tolist() == [100, 500, 30]


def test_nothing_known_is_missing_not_zero() -> None:
    assert Amounts({"k": 100}).expect(pd.Series(["new"] * 3), NONE, NONE).isna().all()


def test_no_tables_give_no_amounts() -> None:
    assert fit_amounts({}, datetime(2026, 1, 1, tzinfo=UTC)) == Amounts({})
