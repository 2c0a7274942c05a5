from __future__ import annotations

from datetime import timedelta
from types import SimpleNamespace
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest

from data.errors import BadInput, TooLittleData
from data.frames import to_arrow
from features import fit_schema
from training.backtest import flat_backtest
from training.backtest.flat_backtest import backtest_rows
from training.backtest.plan import Plan

if TYPE_CHECKING:
    from data.frames import Tables
    from features import FeatureSchema


def _flat(count: int, seed: int, outcomes: bool = True, days: int = 1) -> tuple[Tables, pd.Series]:
    """A flat file of leads, one an hour, whose attribute ``x`` says something about the outcome seen ``days`` later."""
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
    later = moments + pd.Timedelta(days=days)
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
    tables, ids = _flat(300, 4)
    with pytest.raises(TooLittleData, match="more won leads"):
        backtest_rows(tables, ids, "rows", Plan(start=20))


def test_outcomes_seen_after_a_step_are_not_learned_from() -> None:
    # 500 leads in three weeks, whose outcomes are all seen half a year later: before, nothing can be learned.
    tables, ids = _flat(500, 1, days=180)
    with pytest.raises(TooLittleData, match="0 won, 0 lost"):
        backtest_rows(tables, ids, "time", Plan(step=timedelta(days=7)))


@pytest.mark.parametrize(
    ("order", "days", "says"),
    [
        ("time", 1, "trained anew at each on the outcomes seen before it"),
        ("time", 0, "the source has no outcome dates, so they were not used"),
        ("rows", 1, "outcome dates were not used, an outcome was known 0 rows after its lead"),
        ("none", 1, "outcome dates were not used"),
    ],
)
def test_the_method_says_whether_outcome_dates_were_used(order: str, days: int, says: str) -> None:
    tables, ids = _flat(400, 1, days=days)
    plan = Plan(start=300, step=100) if order == "rows" else Plan()
    assert says in backtest_rows(tables, ids, order, plan).method


def test_a_plan_that_does_not_fit_is_refused_before_anything_else() -> None:
    with pytest.raises(BadInput, match="--step is 0"):
        backtest_rows({}, pd.Series(dtype=str), "time", Plan(step=timedelta(0)))


@pytest.mark.parametrize("order", ["rows", "time", "none"])
def test_a_tiny_file_is_too_little(order: str) -> None:
    tables, ids = _flat(6, 1)
    with pytest.raises(TooLittleData, match="are needed"):
        backtest_rows(tables, ids, order, Plan())


def test_leads_of_one_company_are_never_on_both_sides() -> None:
    tables, ids = _flat(400, 1)
    leads = tables["leads"].to_pandas().assign(company_id=[f"c{number // 4}" for number in range(400)])
    predictions = backtest_rows(tables | {"leads": to_arrow("leads", leads)}, ids, "none", Plan()).predictions
    steps = predictions.groupby(predictions["lead_id"].str[1:].astype(int) // 4)["step"].nunique()
    assert (steps == 1).all()


def _restate(tables: Tables, ids: pd.Series, since: int = 0) -> Tables:
    """The same with an attribute ``status`` that restates the outcome of the leads from one on."""
    won = ids.isin(tables["deals"].to_pandas()["lead_id"])
    status = np.where(np.arange(len(ids)) < since, "new", np.where(won, "signed", "dropped"))
    leads = tables["leads"].to_pandas()
    pairs = zip(leads["attributes"], status, strict=True)
    leads["attributes"] = [f'{text[:-1]}, "status": "{each}"}}' for text, each in pairs]
    return tables | {"leads": to_arrow("leads", leads)}


@pytest.fixture
def learned(monkeypatch: pytest.MonkeyPatch) -> list[bool]:
    """Whether each step learned from ``status``, by models that say one half of everything."""
    steps: list[bool] = []

    def fit(frame: pd.DataFrame, *rest: Any) -> FeatureSchema:
        steps.append("attribute_status" in frame)
        return fit_schema(frame, *rest)

    model = SimpleNamespace(predict=lambda matrix, _: np.full((len(matrix), 1), 0.5))
    monkeypatch.setattr(flat_backtest, "fit_schema", fit)
    monkeypatch.setattr(flat_backtest, "fit_undated_model", lambda *_, **__: model)
    return steps


def test_a_leak_is_refused_with_its_reason_unless_it_is_kept_by_name(learned: list[bool]) -> None:
    tables, ids = _flat(500, 1)
    leaking, plan = _restate(tables, ids), Plan(start=400, step=100)
    refused = backtest_rows(leaking, ids, "rows", plan)
    assert not any(learned)
    (leak,) = refused.as_json()["leaks"]
    assert (leak["column"], leak["kept"]) == ("status", False)
    assert leak["reason"].endswith("of lost leads, so it restates the outcome.")
    learned.clear()
    kept = backtest_rows(leaking, ids, "rows", plan, keep=["status"])
    assert all(learned)
    assert [(leak.column, leak.kept) for leak in kept.leaks] == [("status", True)]


def test_a_leak_is_refused_from_the_step_on_whose_rows_show_it(learned: list[bool]) -> None:
    tables, ids = _flat(900, 1)
    leaking = _restate(tables, ids, since=300)
    leaks = backtest_rows(leaking, ids, "rows", Plan(window=300, start=300, step=300)).leaks
    assert learned == [True, False]
    assert [leak.column for leak in leaks] == ["status"]


def test_a_leak_that_was_refused_stays_refused(learned: list[bool]) -> None:
    tables, ids = _flat(900, 1)
    leaking = _restate(tables, ids, since=0)
    new = leaking["leads"].to_pandas()
    new.loc[300:, "attributes"] = new.loc[300:, "attributes"].str.replace("signed|dropped", "new", regex=True)
    backtest_rows(leaking | {"leads": to_arrow("leads", new)}, ids, "rows", Plan(window=300, start=300, step=300))
    assert learned == [False, False]
