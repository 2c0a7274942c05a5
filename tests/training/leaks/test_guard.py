from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from training.leaks.guard import find_leaks
from training.leaks.leak import Leak, list_refused

if TYPE_CHECKING:
    import pytest

ROWS = 2_000


def _draw(seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    """Honest columns, the best of which ranks with an AUC of 0.64."""
    rng = np.random.default_rng(seed)
    won = (rng.random(ROWS) < 0.2).astype(int)
    honest = rng.normal(size=ROWS) + 0.5 * won
    return pd.DataFrame({"employees": honest, "attribute_region": rng.choice(["a", "b", "c"], ROWS), "same": 1.0}), won


def test_honest_columns_are_not_suspected() -> None:
    for seed in range(5):
        assert find_leaks(*_draw(seed)) == []


def test_each_leak_is_named_as_the_source_calls_it_with_one_sentence() -> None:
    features, won = _draw(1)
    features["attribute_status"] = np.where(won == 1, "Closed Won", "Working")
    features["employees"] = np.where(won == 1, 5.0, np.nan)
    assert find_leaks(features, won) == [
        Leak(
            "employees",
            "filled for one outcome",
            "'employees' is filled for 100 % of won and 0 % of lost leads; it is known only after the outcome.",
        ),
        Leak(
            "status",
            "restates the outcome",
            "'status' is 'Closed Won' for 100 % of won and 0 % of lost leads, so it restates the outcome.",
        ),
    ]


def test_a_column_kept_by_name_is_found_and_not_refused() -> None:
    features, won = _draw(1)
    features["attribute_status"] = won.astype(float)
    (leak,) = find_leaks(features, won, keep=["status"])
    assert leak.kept
    assert list_refused([leak], list(features.columns)) == []


def test_a_refused_column_is_refused_in_each_form() -> None:
    leak = Leak("employees", "too good alone", "")
    assert list_refused([leak], ["attribute_employees", "employees", "region"]) == ["attribute_employees", "employees"]


def test_too_few_outcomes_suspect_nothing() -> None:
    features, won = _draw(1)
    features["attribute_status"] = won.astype(float)
    assert won[:150].sum() < 40
    assert find_leaks(features[:150], won[:150]) == []


def test_of_many_rows_the_last_are_looked_at(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("training.leaks.guard.MOST_ROWS", 1_000)
    features, won = _draw(1)
    features["attribute_status"] = np.where(np.arange(ROWS) < 1_000, won, 0)
    assert find_leaks(features, won) == []
    assert [leak.column for leak in find_leaks(features[:1_000], won[:1_000])] == ["status"]


def test_a_column_that_knows_the_campaign_is_honest() -> None:
    rng = np.random.default_rng(1)
    campaign = np.repeat(["warm", "cold"], ROWS // 2)[rng.permutation(ROWS)]
    won = (rng.random(ROWS) < np.where(campaign == "warm", 0.9, 0.05)).astype(int)
    features = pd.DataFrame({"attribute_team": np.where(campaign == "warm", "A", "B")})
    assert [leak.column for leak in find_leaks(features, won)] == ["team"]
    assert find_leaks(features, won, groups=pd.Series(campaign)) == []
