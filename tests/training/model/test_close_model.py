from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from data.errors import TooLittleData
from training.model.dated import fit_dated_model
from training.model.sufficiency import require_outcomes
from training.model.undated import fit_undated_model

CUT = pd.Timestamp("2026-06-01", tz="UTC")
DATED = {"categorical": [0], "stratum_column": 0, "strata": 3, "seed": 1}


def _draw_leads(count: int, seed: int, watched: float) -> tuple[np.ndarray, pd.DataFrame, np.ndarray]:
    """Leads whose rate of closing and share of wins depend on one column each, the first their stage."""
    rng = np.random.default_rng(seed)
    matrix = np.hstack([rng.integers(0, 2, size=(count, 2)), np.zeros((count, 1))]).astype(float)
    closes = rng.exponential(np.where(matrix[:, 0] == 1, 50, 150))
    wins = rng.random(count) < np.where(matrix[:, 1] == 1, 0.4, 0.2)
    until = rng.uniform(0, watched, count)
    outcome = np.where(closes > until, "open", np.where(wins, "won", "lost"))
    questions = pd.DataFrame({"outcome": outcome, "days": np.minimum(closes, until), "weight": 1.0})
    questions["as_of"] = CUT - pd.to_timedelta(np.minimum(until, 1_000), unit="D")
    questions["lead_id"] = np.arange(count)
    rate, share = np.where(matrix[:, 0] == 1, 50, 150), np.where(matrix[:, 1] == 1, 0.4, 0.2)
    return matrix, questions, share * (1 - np.exp(-90 / rate))


def test_probabilities_are_right_although_most_leads_are_still_open() -> None:
    matrix, questions, truth = _draw_leads(20_000, 1, watched=120)
    model = fit_dated_model(matrix, questions, **DATED)
    predicted = model.predict(matrix, (90,))[:, 0]
    for fast in (0, 1):
        for good in (0, 1):
            group = (matrix[:, 0] == fast) & (matrix[:, 1] == good)
            assert predicted[group].mean() == pytest.approx(truth[group].mean(), rel=0.2)


def test_the_three_milestones_rise() -> None:
    matrix, questions, _ = _draw_leads(3_000, 2, watched=400)
    by_90, by_180, by_365 = fit_dated_model(matrix, questions, **DATED).predict(matrix).T
    assert (by_90 <= by_180).all()
    assert (by_180 <= by_365).all()


def test_undated_outcomes_give_the_share_of_wins() -> None:
    matrix, questions, _ = _draw_leads(6_000, 3, watched=1e6)
    model = fit_undated_model(matrix, questions, categorical=[], seed=1)
    predicted = model.predict(matrix, (365,))[:, 0]
    assert model.timing is None
    assert predicted[matrix[:, 1] == 1].mean() == pytest.approx(0.4, abs=0.04)
    assert predicted[matrix[:, 1] == 0].mean() == pytest.approx(0.2, abs=0.03)


@pytest.mark.parametrize(
    ("won", "lost", "missing"),
    [(0, 500, "40 more won leads"), (500, 0, "40 more lost leads"), (39, 500, "1 more won leads")],
)
def test_one_sided_outcomes_are_refused_with_what_is_missing(won: int, lost: int, missing: str) -> None:
    questions = pd.DataFrame({"outcome": ["won"] * won + ["lost"] * lost})
    with pytest.raises(TooLittleData, match=missing):
        require_outcomes(questions)
