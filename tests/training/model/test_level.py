from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from training.model.level import Level, find_level

WEEKS = 130
AGO = np.arange(WEEKS) * 7 + 3.5


def _find(level: np.ndarray, wins: float = 15.0, seed: int = 1, cut: str = "2026-06-01") -> Level:
    """What is found where so many wins a week are expected and come at the given log level."""
    expected = np.full(WEEKS, wins)
    seen = np.random.default_rng(seed).poisson(expected * np.exp(level)).astype(float)
    return find_level(seen, expected, pd.Timestamp(cut, tz="UTC"))


def _middle_to_cut(level: Level) -> float:
    """The log level at the cut against that of a year before."""
    return float(-level.weekly[40:65].mean())


@pytest.mark.parametrize("seed", range(3))
def test_what_does_not_move_is_found_to_stand(seed: int) -> None:
    level = _find(np.zeros(WEEKS), seed=seed)
    assert level.break_probability < 0.3
    assert level.trend_per_year == pytest.approx(0, abs=0.1)
    assert _middle_to_cut(level) == pytest.approx(0, abs=0.12)


def test_a_fall_of_thirty_percent_three_months_ago_is_followed() -> None:
    level = _find(np.where(AGO < 91, np.log(0.7), 0.0), wins=40.0)
    assert level.break_probability > 0.9
    assert _middle_to_cut(level) == pytest.approx(np.log(0.7), abs=0.1)


def test_a_fall_in_few_wins_is_followed_in_part() -> None:
    falls = [_middle_to_cut(_find(np.where(AGO < 91, np.log(0.7), 0.0), wins=8.0, seed=seed)) for seed in range(4)]
    assert np.log(0.7) < np.mean(falls) < -0.05


def test_a_slow_trend_is_found_and_brought_up_to_the_cut() -> None:
    level = _find(-0.4 * (AGO[-1] - AGO) / 365.25)
    assert level.trend_per_year == pytest.approx(-0.4, abs=0.12)
    assert level.weekly[52] == pytest.approx(0.4, abs=0.15)


def test_a_slow_july_is_season_and_no_break() -> None:
    # The cut is the first of August: the month before it is slow, as it was in the two years before.
    cut = pd.Timestamp("2026-08-01", tz="UTC")
    july = (cut - pd.to_timedelta(AGO, unit="D")).month == 7
    level = _find(np.where(july, -0.8, 0.0), cut="2026-08-01")
    assert level.break_probability < 0.35
    assert _middle_to_cut(level) == pytest.approx(0, abs=0.12)


def test_too_short_a_history_for_a_break_has_none() -> None:
    level = find_level(np.full(8, 5.0), np.full(8, 5.0), pd.Timestamp("2026-06-01", tz="UTC"))
    assert (level.break_probability, level.break_log) == (0, 0)
    assert level.weekly == pytest.approx(np.zeros(8), abs=0.1)
