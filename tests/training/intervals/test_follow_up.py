from __future__ import annotations

from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from training.intervals.follow_up import GRID, count_wins, expect_wins, measure_follow_up

CUT = datetime(2026, 3, 1, tzinfo=UTC)


def test_a_lost_lead_is_followed_to_the_cut_as_well() -> None:
    asked = pd.to_datetime(["2026-02-19", "2026-02-19", "2024-01-01"], utc=True)
    questions = pd.DataFrame({"as_of": asked, "outcome": ["open", "lost", "won"], "days": [10.0, 2.0, 400.0]})
    assert measure_follow_up(questions, CUT).tolist() == [10.0, 10.0, 365.0]
    assert count_wins(questions).tolist() == [0.0, 0.0, 0.0]  # won, but after the horizon
    assert count_wins(questions.assign(days=365.0)).tolist() == [0.0, 0.0, 1.0]


@pytest.mark.parametrize(("days", "wins"), [(0, 0.0), (15, 0.1), (22.5, 0.15), (365, 0.8)])
def test_wins_expected_lie_on_the_curve_and_between_its_days(days: float, wins: float) -> None:
    curve = np.linspace(0.2, 0.8, len(GRID))
    curve[0], curve[1] = 0.1, 0.2
    assert expect_wins(curve[None, :], np.array([float(days)])).tolist() == pytest.approx([wins])
