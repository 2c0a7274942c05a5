from __future__ import annotations

import numpy as np
import pandas as pd

from training.leaks.columns import find_leaks


def _draw(seed: int) -> tuple[pd.DataFrame, np.ndarray]:
    rng = np.random.default_rng(seed)
    won = (rng.random(2_000) < 0.2).astype(int)
    honest = rng.normal(size=2_000) + 0.5 * won
    return pd.DataFrame({"employees": honest, "attribute_region": rng.choice(["a", "b", "c"], 2_000)}), won


def test_honest_columns_are_not_suspected() -> None:
    for seed in range(5):
        assert find_leaks(*_draw(seed)) == []


def test_a_number_that_knows_the_outcome_is_named() -> None:
    features, won = _draw(1)
    features["attribute_duration"] = np.random.default_rng(2).normal(size=2_000) + 3 * won
    assert [leak.column for leak in find_leaks(features, won)] == ["duration"]


def test_a_category_that_restates_the_outcome_is_named() -> None:
    features, won = _draw(1)
    features["attribute_status"] = np.where(won == 1, "Closed Won", "Working")
    leaks = find_leaks(features, won)
    assert [leak.column for leak in leaks] == ["status"]
    assert "1.00" in leaks[0].reason


def test_too_few_outcomes_suspect_nothing() -> None:
    features, won = _draw(1)
    features["attribute_status"] = won.astype(float)
    assert find_leaks(features[:100], won[:100]) == []
