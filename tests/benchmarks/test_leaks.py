"""The leak guard is measured on leaks of every kind, and on honest columns that are strong."""

from __future__ import annotations

import json
from datetime import UTC, datetime

import numpy as np
import pandas as pd
import pytest

from benchmarks.leaks import measure_files
from benchmarks.planted_changes import CHANGES, plant_changes
from benchmarks.planted_leaks import LEAKS, draw_outcomes, fill, pay, restate, shift
from benchmarks.real_leaks import Bank, measure_windows
from data.frames import to_arrow


@pytest.mark.parametrize("base_rate", [0.02, 0.5])
def test_about_the_base_rate_is_won_and_more_of_it_later(base_rate: float) -> None:
    _, won = draw_outcomes(np.random.default_rng(1), 20_000, base_rate)
    assert won.mean() == pytest.approx(base_rate, rel=0.1)
    assert won[10_000:].mean() > 1.3 * won[:10_000].mean()


def test_leaks_are_planted_as_strong_as_they_say() -> None:
    generator, won = np.random.default_rng(1), np.repeat([1, 0], 10_000)
    filled = fill(0.6, 0.01)(generator, won) != ""
    assert (filled[:10_000].mean(), filled[10_000:].mean()) == pytest.approx((0.6, 0.01), abs=0.02)
    assert restate(0.02)(generator, won)[:10_000].isin(["signed", "ordered", "verbal yes"]).mean() == pytest.approx(
        0.98, abs=0.01
    )
    assert (pay(0.9)(generator, won)[:10_000] > 0).mean() == pytest.approx(0.9, abs=0.02)
    longer = shift(1.6)(generator, won).to_numpy()
    assert (longer[:10_000] > longer[10_000:]).mean() == pytest.approx(0.87, abs=0.01)  # Φ(1.6 / √2)


def test_every_kind_and_strength_has_its_figure_and_meets_it() -> None:
    figures = {figure.name: figure for figure in measure_files([4_000], 1)}
    assert {f"found_{leak.name}" for leak in LEAKS} <= set(figures)
    assert [name for name, figure in figures.items() if figure.met is False] == []


def test_exports_change_what_they_say_they_change() -> None:
    created = pd.Timestamp("2026-01-01", tz="UTC")
    ids = [f"l{number}" for number in range(400)]
    leads = pd.DataFrame({"lead_id": ids, "campaign_id": "k", "company_id": ids, "occurred_at": created})
    lives = pd.DataFrame({"lead_id": ids, "created_at": created, "closed_at": pd.Timestamp("2026-02-10", tz="UTC")})
    end = pd.Timestamp(datetime(2026, 5, 15, tzinfo=UTC))
    rows = plant_changes({"leads": to_arrow("leads", leads)}, lives, end, seed=1)["leads"].to_pandas()
    last = rows[rows["superseded_at"].isna()]
    assert last["lead_id"].is_unique
    held = pd.DataFrame(last["attributes"].map(json.loads).tolist())
    assert held["owner"].mean() == pytest.approx(CHANGES["owner"].after_closing, abs=0.04)
    # February's export finds the leads open, March's finds them closed.
    assert held["reviewed"].mean() == pytest.approx(0.5 + 0.5, abs=0.1)
    assert set(rows["known_at"].dt.month) == {1, 2, 3}


def test_windows_count_the_leak_and_honest_columns_apart() -> None:
    rng = np.random.default_rng(1)
    won = (rng.random(2_000) < 0.3).astype(int)
    features = pd.DataFrame({"attribute_duration": won * 1.0, "size": rng.normal(size=2_000), "late": won * 1.0})
    features.loc[:1_399, "late"] = 0.0
    bank = Bank("x.csv", "my-bank", 500, 1_000, 500)  # windows 500 to 999 and 1000 to 1499
    figures = {figure.name: figure.value for figure in measure_windows(bank, features, won)}
    assert figures == {
        "duration_found_in_first_window_of_my_bank": 1,
        "duration_found_in_windows_of_my_bank": 1,
        "false_alarms_in_windows_of_my_bank": 0,
    }
    features.loc[1_000:, "late"] = won[1_000:]
    figures = {figure.name: figure.value for figure in measure_windows(bank, features, won)}
    assert figures["false_alarms_in_windows_of_my_bank"] == 1
