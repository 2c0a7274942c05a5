from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from data.errors import TooLittleData
from training.backtest.store_backtest import backtest_store, judge_scores

if TYPE_CHECKING:
    from data.frames import Tables


def test_the_store_is_judged_on_what_came_after_each_origin(history: Tables) -> None:
    result = backtest_store(history, datetime(2026, 6, 1, tzinfo=UTC))
    assert result.measures["auc"] > 0.7
    assert 0.5 < result.measures["calibration_ratio"] < 2
    assert (result.predictions["as_of"] + pd.Timedelta(days=90) <= pd.Timestamp("2026-06-01", tz="UTC")).all()


def test_a_win_after_the_horizon_does_not_count() -> None:
    as_of = pd.Timestamp("2026-01-01", tz="UTC")
    scores = pd.DataFrame({"lead_id": ["a", "b", "c"], "as_of": as_of, "probability_90_days": [0.5, 0.4, 0.3]})
    outcomes = pd.DataFrame(
        {
            "lead_id": ["a", "b", "c"],
            "outcome": ["won", "won", "lost"],
            "closed_at": [as_of + pd.Timedelta(days=days) for days in (90, 91, 10)],
        }
    )
    judged = judge_scores(scores, outcomes, 90)
    assert judged["won"].tolist() == [1, 0, 0]
    assert judged["probability"].tolist() == [0.5, 0.4, 0.3]


def test_where_none_of_the_leads_is_won_all_are_judged_as_not_won() -> None:
    as_of = pd.Timestamp("2026-01-01", tz="UTC")
    scores = pd.DataFrame({"lead_id": ["a", "b"], "as_of": as_of, "probability_90_days": [0.5, 0.4]})
    outcomes = pd.DataFrame({"lead_id": ["z"], "outcome": ["won"], "closed_at": [as_of]})
    for known in (outcomes, outcomes[:0]):
        assert judge_scores(scores, known, 90)["won"].tolist() == [0, 0]


def test_an_empty_store_says_so() -> None:
    with pytest.raises(TooLittleData, match="no leads yet"):
        backtest_store({}, datetime(2026, 6, 1, tzinfo=UTC))
