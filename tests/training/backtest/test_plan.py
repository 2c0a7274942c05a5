from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from data.errors import BadInput
from training.backtest.plan import Plan, parse_extent, require_fit

DAYS = timedelta(days=30)
DATE = datetime(2010, 1, 1, tzinfo=UTC)


@pytest.mark.parametrize(("text", "extent"), [("500", 500), ("30d", DAYS), ("0", 0), ("36525d", timedelta(36_525))])
def test_extents_are_rows_or_days(text: str, extent: object) -> None:
    assert parse_extent(text, "--step") == extent


@pytest.mark.parametrize("text", ["", "d", "-1", "3w", "1.5", "²", "36526d", "9999999999999d"])
def test_other_extents_are_refused_by_option(text: str) -> None:
    with pytest.raises(BadInput, match="--step"):
        parse_extent(text, "--step")


@pytest.mark.parametrize(
    ("order", "plan"),
    [
        ("rows", Plan()),
        ("rows", Plan(window=1, step=1, start=1, label_delay=1)),
        ("time", Plan()),
        ("time", Plan(window=DAYS, step=DAYS, start=DATE, label_delay=DAYS)),
        ("time", Plan(label_delay=timedelta(0))),
        ("none", Plan()),
    ],
)
def test_a_plan_in_the_units_of_the_source_fits(order: str, plan: Plan) -> None:
    require_fit(plan, order)


@pytest.mark.parametrize(
    ("order", "plan", "says"),
    [
        ("rows", Plan(step=0), "--step is 0"),
        ("time", Plan(step=timedelta(0)), "--step is 0"),
        ("rows", Plan(window=0), "--window is 0"),
        ("time", Plan(window=timedelta(0)), "--window is 0"),
        ("rows", Plan(window=DAYS), "--window as a number of rows"),
        ("rows", Plan(step=DAYS), "--step as a number of rows"),
        ("rows", Plan(start=DATE), "--start as a number of rows"),
        ("rows", Plan(label_delay=DAYS), "--label-delay as a number of rows"),
        ("time", Plan(window=500), "--window in days"),
        ("time", Plan(step=500), "--step in days"),
        ("time", Plan(start=500), "--start as a date"),
        ("time", Plan(label_delay=500), "--label-delay in days"),
        ("time", Plan(step=DAYS, window=500), "--window in days"),
        ("none", Plan(step=500, start=10), "leave out --step and --start"),
    ],
)
def test_a_plan_that_would_do_nothing_or_does_not_fit_is_refused(order: str, plan: Plan, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        require_fit(plan, order)
