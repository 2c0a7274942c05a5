"""The truth is true: of leads given 20 %, 20 % are won."""

from __future__ import annotations

import datetime as dt

import numpy as np
import pandas as pd
import pytest

from data.simulator import Simulation, list_scenarios, simulate

END = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


def join_outcomes(simulation: Simulation) -> pd.DataFrame:
    """Truth rows whose horizon is over by the end, with what came: column won."""
    truth, deals = simulation.truth, simulation.tables["deals"].set_index("lead_id")["occurred_at"]
    until = truth["as_of"] + pd.to_timedelta(truth["days"], unit="D")
    rows = truth.assign(won=truth["lead_id"].map(deals) < until)
    return rows[until <= END]


def surprise(rows: pd.DataFrame) -> float:
    """Wins beyond those expected, in standard deviations, for rows that are independent."""
    expected = rows["probability"]
    return float((rows["won"].sum() - expected.sum()) / np.sqrt((expected * (1 - expected)).sum()))


@pytest.mark.parametrize("scenario", list_scenarios())
def test_mean_truth_is_the_share_of_wins(scenario):
    rows = join_outcomes(simulate(leads=7000, months=24, end=END, seed=3, scenario=scenario))
    at_creation = rows[rows["as_of"].dt.hour.isin([5, 6, 7])]
    at_month_end = rows.drop(at_creation.index)
    assert all(abs(surprise(group)) < 3.5 for _, group in at_creation.groupby("days") if group["won"].any())
    late = at_month_end[at_month_end["days"] == 180]
    assert late["won"].sum() / late["probability"].sum() == pytest.approx(1, abs=0.15)
    by_month = [surprise(group) for _, group in late.groupby("as_of") if group["probability"].sum() > 5]
    assert len(by_month) > 8
    assert max(np.abs(by_month)) < 4


def test_truth_tells_good_leads_from_bad(history):
    rows = join_outcomes(history)
    year = rows[(rows["days"] == 365)].sort_values("probability")
    tenth = len(year) // 10
    assert year["won"].tail(tenth).mean() > 5 * year["won"].mean()
    assert year["won"].head(tenth * 3).mean() < 0.2 * year["won"].mean()


def test_truth_grows_with_the_horizon(history):
    curves = history.truth["probability"].to_numpy().reshape(-1, 6)
    assert (np.diff(curves, axis=1) >= -1e-12).all()
    assert curves.min() >= 0
    assert curves.max() <= 1
    assert history.truth["days"].to_numpy().reshape(-1, 6)[0].tolist() == [30, 60, 90, 120, 180, 365]


def test_truth_is_given_at_creation_and_at_each_month_end_while_open(history):
    truth = history.truth[history.truth["days"] == 30]
    stages = history.tables["lead_stages"]
    ended = stages[stages["stage"].isin(["won", "lost"])].set_index("lead_id")["occurred_at"]
    created = history.tables["leads"].set_index("lead_id")["occurred_at"]
    months = pd.date_range("2024-07-01", "2026-07-01", freq="MS", tz="Europe/Copenhagen").tz_convert("UTC")
    frame = pd.DataFrame({"created": created, "ended": ended})
    expected = {(lead, moment + pd.Timedelta(seconds=1)) for lead, moment in created.items()}
    for month in months[1:]:
        is_open = (frame["created"] < month) & ~(frame["ended"] < month)
        expected |= {(lead, month) for lead in frame.index[is_open]}
    assert set(zip(truth["lead_id"], truth["as_of"], strict=True)) == expected
