from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import BadInput
from training.steps import Plan, fold_rows, parse_extent, parse_start, walk_rows, walk_time


@pytest.mark.parametrize(("text", "extent"), [("500", 500), ("30d", timedelta(days=30))])
def test_extents_are_rows_or_days(text: str, extent: object) -> None:
    assert parse_extent(text, "--step") == extent


@pytest.mark.parametrize("text", ["", "d", "-1", "3w", "1.5"])
def test_other_extents_are_refused_by_option(text: str) -> None:
    with pytest.raises(BadInput, match="--step"):
        parse_extent(text, "--step")


def test_starts_are_rows_or_dates() -> None:
    assert parse_start("24713") == 24_713
    assert parse_start("2010-01-01") == datetime(2010, 1, 1, tzinfo=UTC)
    with pytest.raises(BadInput, match="yesterday"):
        parse_start("yesterday")


@given(
    count=st.integers(10, 300),
    window=st.integers(1, 300),
    step=st.integers(1, 50),
    delay=st.integers(0, 50),
    share=st.floats(0.1, 0.9),
)
def test_no_step_learns_from_what_it_may_not_know(count: int, window: int, step: int, delay: int, share: float) -> None:
    start = max(1, int(count * share))
    judged = []
    for each in walk_rows(count, Plan(window=window, step=step, start=start, label_delay=delay)):
        assert len(each.train) <= window
        assert (each.train < each.test[0] - delay).all()
        judged += list(each.test)
    assert judged == list(range(start, count))


def test_steps_of_time_are_calendar_months() -> None:
    moments = pd.Series(pd.date_range("2026-01-15", "2026-04-10", tz="UTC"))
    steps = list(walk_time(moments, Plan(start=datetime(2026, 3, 1, tzinfo=UTC))))
    assert [moments.iloc[step.test].dt.month.unique().tolist() for step in steps] == [[3], [4]]
    assert moments.iloc[steps[0].train].max() < pd.Timestamp("2026-03-01", tz="UTC")


def test_a_label_delay_in_days_holds_back_the_newest() -> None:
    moments = pd.Series(pd.date_range("2026-01-01", "2026-03-31", tz="UTC"))
    plan = Plan(start=datetime(2026, 3, 1, tzinfo=UTC), window=timedelta(days=20), label_delay=timedelta(days=10))
    first = next(iter(walk_time(moments, plan)))
    known = moments.iloc[first.train]
    assert (known.min(), known.max()) == (pd.Timestamp("2026-01-30", tz="UTC"), pd.Timestamp("2026-02-18", tz="UTC"))


@pytest.mark.parametrize("plan", [Plan(step=timedelta(days=5)), Plan(start=0), Plan(start=10)])
def test_a_plan_that_does_not_fit_rows_is_refused(plan: Plan) -> None:
    with pytest.raises(BadInput):
        list(walk_rows(10, plan))


def test_equal_rows_share_a_fold() -> None:
    groups = pd.Series(np.repeat(np.arange(50), 2))
    outcome = np.tile([0, 0, 1, 1], 25)
    for step in fold_rows(groups, outcome, seed=1):
        assert not set(groups.iloc[step.train]) & set(groups.iloc[step.test])
