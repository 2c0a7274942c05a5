from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from training.model.curve import EDGES, Curve
from training.model.drift import Drift, Moving, find_drift, hold_still
from training.model.lexis import Lexis, draw_lexis, watch_questions
from training.model.pace import fit_rates, set_clock

CUT = pd.Timestamp("2026-06-01", tz="UTC")
DAYS = 900.0


def _draw(count: int, seed: int, *, pace: float = 0.0, fall: float = 0.0, silent: float = 0.0) -> Lexis:
    """Leads of which a fifth is won 60 days after the question on average, by a clock that speeds up.

    Args:
        count: leads.
        seed: of all chance.
        pace: change of the log pace in a month.
        fall: share of wins that fail to come in the last 90 days.
        silent: days before the cut before which no win was recorded.
    """
    rng = np.random.default_rng(seed)
    asked = rng.uniform(0, DAYS, count)
    month = 365.25 / 12
    work = rng.gamma(4, 15, count)
    speed = np.exp(-pace * asked / month)  # of the day of asking; it grows by the rate of pace / month
    rate = pace / month
    days = np.log1p(rate * work / speed) / rate if pace else work
    wins = (rng.random(count) < 0.2) & ((rng.random(count) >= fall) | (asked - days > 90))
    seen = wins & (days < asked) & ((asked - days < silent) | (silent == 0))
    outcome = np.where(seen, "won", "open")
    questions = pd.DataFrame({"lead_id": np.arange(count), "outcome": outcome, "weight": 1.0})
    questions["days"] = np.where(seen, days, asked)
    questions["as_of"] = CUT - pd.to_timedelta(asked, unit="D")
    return draw_lexis(watch_questions(questions, np.zeros(count, int), 1))


def _share_won(moving: Moving) -> float:
    """Of questions asked at the cut, within 180 days."""
    return float(-np.expm1(-moving.forecast().expect_by(np.array([180.0]))[0, 0]))


def test_where_nothing_moves_both_ways_give_the_share_won() -> None:
    lexis = _draw(20_000, 1)
    assert _share_won(hold_still(lexis)) == pytest.approx(0.2, rel=0.04)
    assert _share_won(find_drift(lexis, CUT)) == pytest.approx(0.2, rel=0.07)


def test_after_a_fall_the_share_is_that_of_the_last_months() -> None:
    lexis = _draw(20_000, 2, fall=0.3)
    assert _share_won(hold_still(lexis)) > 0.185
    assert _share_won(find_drift(lexis, CUT)) == pytest.approx(0.14, rel=0.1)


def test_faster_wins_are_pace_and_not_level() -> None:
    found = find_drift(_draw(20_000, 3, pace=0.025), CUT)
    assert found.drift.pace_per_month == pytest.approx(0.025, abs=0.006)
    assert _share_won(found) == pytest.approx(0.2, rel=0.08)


def test_a_fall_is_level_and_not_pace() -> None:
    assert find_drift(_draw(20_000, 4, fall=0.3), CUT).drift.pace_per_month == pytest.approx(0, abs=0.004)


def test_leads_older_than_the_record_do_not_lower_the_rates() -> None:
    lexis = _draw(20_000, 5, silent=400)
    found = hold_still(lexis)
    assert found.drift.recorded_days == pytest.approx(400, abs=21)
    assert _share_won(found) == pytest.approx(0.2, rel=0.08)
    clock, still = set_clock(lexis.before_cut, 0.0), np.ones(lexis.before_cut.shape)
    assert fit_rates(lexis, clock, still).expect_by(np.array([180.0]))[0, 0] < 0.12  # from their own birth


def test_a_short_history_says_that_the_tail_is_not_known() -> None:
    assert Drift(recorded_days=200).tail_is_known is False
    assert hold_still(_draw(5_000, 6)).drift.tail_is_known is True


def test_the_forecast_takes_trend_and_pace_on() -> None:
    steady = Curve((tuple([0.001] * (len(EDGES) - 1)),))
    year = np.array([365.0])
    plain = Moving(Drift(), steady, np.zeros(1)).forecast()
    falling = Moving(Drift(trend_per_year=-0.5), steady, np.zeros(1)).forecast()
    faster = Moving(Drift(pace_per_month=0.02), steady, np.zeros(1)).forecast()
    assert plain.expect_by(year)[0, 0] == pytest.approx(0.365)
    assert falling.expect_by(year)[0, 0] == pytest.approx(0.36525 * (1 - np.exp(-0.5 * 365 / 365.25)) / 0.5, rel=1e-3)
    grown = 0.02 * 12 / 365.25
    assert faster.expect_by(year)[0, 0] == pytest.approx(0.001 * np.expm1(grown * 365) / grown, rel=1e-3)
