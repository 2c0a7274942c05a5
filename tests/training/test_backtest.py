from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from data.errors import BadInput, TooLittleData
from data.frames import to_arrow
from training.backtest import backtest_rows, backtest_store, judge_scores
from training.steps import Plan

if TYPE_CHECKING:
    from data.frames import Tables


def _flat(count: int, seed: int, outcomes: bool = True) -> tuple[Tables, pd.Series]:
    """A flat file of leads whose attribute ``x`` says something about the outcome."""
    rng = np.random.default_rng(seed)
    x = rng.normal(size=count)
    won = rng.random(count) < 1 / (1 + np.exp(1 - x))
    ids = pd.Series([f"l{i}" for i in range(count)])
    moments = pd.Series(pd.date_range("2025-01-01", periods=count, freq="h", tz="UTC"))
    leads = pd.DataFrame(
        {
            "lead_id": ids,
            "campaign_id": "k",
            "company_id": ids,
            "occurred_at": moments,
            "attributes": [f'{{"x": {value}}}' for value in x],
        }
    )
    later = moments + pd.Timedelta(days=1)
    deals = pd.DataFrame({"deal_id": ids, "lead_id": ids, "amount_minor": 1, "currency": "DKK", "occurred_at": later})
    stages = pd.DataFrame({"lead_stage_id": ids, "lead_id": ids, "stage": "lost", "occurred_at": later})
    frames = {"leads": leads}
    if outcomes:
        frames |= {"deals": deals[won], "lead_stages": stages[~won]}
    return {name: to_arrow(name, frame) for name, frame in frames.items()}, ids


@pytest.mark.parametrize("order", ["rows", "time", "none"])
def test_every_order_ranks_by_what_there_is_to_know(order: str) -> None:
    tables, ids = _flat(3_000, 1)
    result = backtest_rows(tables, ids, order, Plan(step=400) if order == "rows" else Plan())
    assert result.measures["auc"] > 0.68  # the truth ranks with an AUC of about 0.73
    assert result.measures["calibration_ratio"] == pytest.approx(1, abs=0.15)
    assert result.predictions["lead_id"].is_unique
    assert ("cross-validation" in result.method) == (order == "none")


def test_the_json_has_what_scripts_rely_on() -> None:
    tables, ids = _flat(1_500, 2)
    keys = {"n", "wins", "base_rate", "auc", "auc_within", "alift", "pr_auc", "log_loss", "brier", "ece"}
    keys |= {"calibration_ratio", "top_decile_lift", "leaks", "seconds"}
    assert keys <= set(backtest_rows(tables, ids, "rows", Plan(step=300)).as_json())


def test_a_file_without_outcomes_is_refused() -> None:
    tables, ids = _flat(100, 3, outcomes=False)
    with pytest.raises(BadInput, match="no row of the file has an outcome"):
        backtest_rows(tables, ids, "rows", Plan())


def test_too_few_outcomes_before_a_step_are_refused() -> None:
    tables, ids = _flat(100, 4)
    with pytest.raises(TooLittleData, match="more won leads"):
        backtest_rows(tables, ids, "rows", Plan(start=20))


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
