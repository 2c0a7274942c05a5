from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.errors import BadInput
from data.frames import to_arrow
from training.backtest.cadence import compare_cadences
from training.backtest.flat_backtest import backtest_rows
from training.backtest.plan import Plan


def test_the_most_frequent_cadence_is_the_backtest_and_a_model_that_never_learns_grows_old() -> None:
    # What x says turns round after 600 rows: who never retrains goes on to believe it.
    rng = np.random.default_rng(5)
    x = rng.normal(size=1_200)
    sense = np.where(np.arange(1_200) < 600, 1, -1)
    won = rng.random(1_200) < 1 / (1 + np.exp(-2 * sense * x))
    ids = pd.Series([f"l{place}" for place in range(1_200)])
    leads = pd.DataFrame({"lead_id": ids, "campaign_id": "k", "company_id": ids})
    leads["occurred_at"] = pd.Timestamp("2025-01-01", tz="UTC")
    leads["attributes"] = [f'{{"x": {value}}}' for value in x]
    later = pd.Timestamp("2025-02-01", tz="UTC")
    deals = pd.DataFrame({"deal_id": ids, "lead_id": ids, "amount_minor": 1, "currency": "DKK", "occurred_at": later})
    lost = pd.DataFrame({"lead_stage_id": ids, "lead_id": ids, "stage": "lost", "occurred_at": later})
    frames = {"leads": leads, "deals": deals[won], "lead_stages": lost[~won]}
    tables = {name: to_arrow(name, frame) for name, frame in frames.items()}
    plan = Plan(window=400, start=600, step=150)
    compared = compare_cadences(tables, ids, "rows", plan)
    often, second, never = compared.cadences
    assert (often.cadence, second.cadence, never.cadence) == ("every 150 rows", "every 300 rows", "never")
    measures = backtest_rows(tables, ids, "rows", plan).measures
    assert (often.auc, often.log_loss) == pytest.approx((measures["auc"], measures["log_loss"]))
    assert (often.difference, often.low, often.high) == (0, 0, 0)
    assert never.auc < 0.3 < often.auc
    assert never.low > 0
    assert (often.trainings, second.trainings, never.trainings, compared.trainings) == (4, 2, 1, 4)
    assert compared.recommendation.startswith("Retrain every 150 rows")


def test_without_an_order_no_model_grows_old() -> None:
    with pytest.raises(BadInput, match="leave out --cadence"):
        compare_cadences({}, pd.Series(dtype=str), "none", Plan())
