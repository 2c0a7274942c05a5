from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd

from training.amounts import Amounts, fit_amounts

if TYPE_CHECKING:
    from data.frames import Tables


def test_a_campaigns_deals_are_drawn_towards_its_usual_amount(small: Tables) -> None:
    # One deal of 50,000 kr and a usual amount of 20,000 kr that counts as five: (50 + 5 × 20) / 6 = 25,000 kr.
    amounts = fit_amounts(small, datetime(2026, 3, 10, tzinfo=UTC))
    assert amounts.by_campaign == {"k": 2_500_000}
    assert amounts.overall == 5_000_000


def test_before_the_deal_only_the_usual_amount_is_known(small: Tables) -> None:
    assert fit_amounts(small, datetime(2026, 2, 1, tzinfo=UTC)).by_campaign == {"k": 2_000_000}


def test_a_stated_amount_comes_first() -> None:
    amounts = Amounts({"k": 100}, 70)
    expected = amounts.expect(pd.Series(["k", "k", "other"]), pd.Series([None, 500.0, None]))
    assert expected.tolist() == [100, 500, 70]


def test_nothing_known_is_missing_not_zero() -> None:
    assert Amounts({}, None).expect(pd.Series(["k"]), pd.Series([None], dtype=float)).isna().all()


def test_no_tables_give_no_amounts() -> None:
    assert fit_amounts({}, datetime(2026, 1, 1, tzinfo=UTC)) == Amounts({}, None)
