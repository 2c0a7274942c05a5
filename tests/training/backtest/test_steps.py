from __future__ import annotations

from datetime import UTC, datetime, timedelta

import numpy as np
import pandas as pd
import pytest
from hypothesis import given
from hypothesis import strategies as st

from data.errors import BadInput
from training.backtest.plan import Plan
from training.backtest.steps import walk_rows, walk_time


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
    steps = list(walk_time(moments, moments, Plan(start=datetime(2026, 3, 1, tzinfo=UTC))))
    assert [moments.iloc[step.test].dt.month.unique().tolist() for step in steps] == [[3], [4]]
    assert moments.iloc[steps[0].train].max() < pd.Timestamp("2026-03-01", tz="UTC")


def test_a_label_delay_in_days_holds_back_the_newest() -> None:
    moments = pd.Series(pd.date_range("2026-01-01", "2026-03-31", tz="UTC"))
    plan = Plan(start=datetime(2026, 3, 1, tzinfo=UTC), window=timedelta(days=20), label_delay=timedelta(days=10))
    first = next(iter(walk_time(moments, moments, plan)))
    known = moments.iloc[first.train]
    assert (known.min(), known.max()) == (pd.Timestamp("2026-01-30", tz="UTC"), pd.Timestamp("2026-02-18", tz="UTC"))


def test_an_outcome_is_learned_from_once_it_was_seen() -> None:
    created = pd.Series(pd.date_range("2026-01-01", "2026-03-31", tz="UTC"))
    seen = created + pd.to_timedelta(np.where(np.arange(90) % 2, 30, 1), "D")
    for step in walk_time(created, seen, Plan(start=datetime(2026, 3, 1, tzinfo=UTC), step=timedelta(days=7))):
        origin = created.iloc[step.test[0]]
        assert list(step.train) == list(np.flatnonzero(seen < origin))
        assert len(step.train) < step.test[0]


@pytest.mark.parametrize("start", [0, 10])
def test_a_start_outside_the_rows_is_refused(start: int) -> None:
    with pytest.raises(BadInput, match=f"--start {start}"):
        list(walk_rows(10, Plan(start=start)))


def test_a_start_after_the_last_lead_is_refused() -> None:
    created = pd.Series(pd.date_range("2026-01-01", periods=10, tz="UTC"))
    with pytest.raises(BadInput, match="--start 2027-01-01"):
        list(walk_time(created, created, Plan(start=datetime(2027, 1, 1, tzinfo=UTC))))
