from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from training.model.lexis import draw_lexis, read_expected, watch_questions

CUT = pd.Timestamp("2026-06-01", tz="UTC")


def _ask(rows: list[tuple[str, float, str, float]]) -> pd.DataFrame:
    """Questions of (lead, days before the cut, outcome, days until it or until the cut)."""
    frame = pd.DataFrame(rows, columns=["lead_id", "ago", "outcome", "days"])
    return frame.assign(as_of=CUT - pd.to_timedelta(frame["ago"], unit="D"), weight=1.0)


def _watch(rows: list[tuple[str, float, str, float]]):  # type: ignore[no-untyped-def]
    return watch_questions(_ask(rows), np.zeros(len(rows), int), 1)


def test_open_and_lost_leads_are_watched_until_the_cut_and_won_ones_until_the_win() -> None:
    watched = _watch([("a", 20, "open", 20), ("b", 30, "lost", 4), ("c", 40, "won", 12), ("d", 500, "won", 400)])
    assert watched.cut == CUT
    assert watched.days == pytest.approx([20, 30, 12, 365])
    assert list(watched.won) == [False, False, True, False]  # a win after the horizon is none within it
    assert watched.wins == 1


def test_days_at_risk_and_wins_stand_in_the_week_of_asking_and_on_the_day_since() -> None:
    lexis = draw_lexis(_watch([("a", 2.5, "open", 2.5), ("b", 10, "won", 1.25), ("c", 9, "open", 9)]))
    assert lexis.exposure.shape == (1, 2, 365)
    assert lexis.exposure[0, 0, :4] == pytest.approx([1, 1, 0.5, 0])
    assert lexis.exposure[0, 1, :3] == pytest.approx([2, 1.25, 1])
    assert lexis.events[0, 1, 1] == lexis.events.sum() == 1


def test_a_lead_of_many_questions_is_one_win() -> None:
    lexis = draw_lexis(_watch([("a", 30, "won", 20), ("a", 25, "won", 15), ("b", 9, "won", 3), ("c", 9, "open", 9)]))
    assert lexis.events.sum() == 3
    assert lexis.per_event == pytest.approx(2 / 3)


def test_the_calendar_runs_along_the_diagonal() -> None:
    lexis = draw_lexis(_watch([("a", 20, "open", 20), ("b", 1, "open", 1)]))
    assert lexis.before_cut[2, 0] == 17  # asked 14 to 21 days before the cut
    assert list(lexis.week_before_cut[2, [0, 3, 4, 11]]) == [2, 2, 1, 0]


def test_leads_older_than_the_record_enter_at_its_beginning() -> None:
    lexis = draw_lexis(_watch([("a", 300, "open", 300), ("b", 20, "won", 9)])).since(100)
    assert lexis.exposure.sum() == pytest.approx(100 + 9, abs=4)  # whole weeks
    assert lexis.events.sum() == 1


def test_expected_wins_are_read_at_the_days_watched() -> None:
    watched = _watch([("a", 2.5, "open", 2.5), ("b", 10, "won", 1.25), ("c", 400, "open", 400)])
    rates = np.ones((1, 58, 365)) * np.arange(1, 366)
    assert read_expected(rates, watched) == pytest.approx([1 + 2 + 1.5, 1 + 0.5, 365 * 366 / 2])
