from __future__ import annotations

from dataclasses import replace

import numpy as np
import pandas as pd
import pytest

from training.intervals.amount_spread import AmountSpread
from training.intervals.draws import draw_money, draw_wins
from training.intervals.fitting import hold_campaigns
from training.intervals.intervals import Intervals, Shown
from training.intervals.sums import interval_of_sum

NONE = Intervals(
    log_rates=(0.0,),
    variances=(0.0,),
    sparseness={90: 0.0, 180: 0.0, 365: 0.0},
    drift=0.0,
    spread=1e-4,
    campaigns={},
    stated=AmountSpread(1.0, 0.0),
    expected=AmountSpread(1.0, 0.0),
)
"""Chance alone."""


def make_scores(leads: int, probability: float, campaigns: int = 1) -> pd.DataFrame:
    return pd.DataFrame(
        {
            "campaign_id": [f"g{number % campaigns}" for number in range(leads)],
            "probability": probability,
            "expected_amount_minor": 1_000,
        }
    )


def test_chance_alone_is_binomial() -> None:
    (row,) = interval_of_sum(make_scores(100, 0.3), None, NONE).to_dict("records")
    # The quantiles .1 and .9 of the binomial distribution of 100 and 0.3 are 24 and 36.
    assert (row["leads"], row["point"], row["low"], row["high"]) == (100, pytest.approx(30.0), 24.0, 36.0)
    assert row["expected"] == pytest.approx(30.0, abs=0.3)


def test_unequal_chances_narrow_a_sum() -> None:
    random = np.random.default_rng(7)
    certain = np.array([1.0] * 20 + [0.1] * 100)  # variance 9, where equal chances would have 22.5
    drawn = draw_wins(random, np.full(20_000, certain.sum()), np.full(20_000, (certain**2).sum()))
    assert drawn.mean() == pytest.approx(30.0, abs=0.1)
    assert drawn.var() == pytest.approx(9.0, rel=0.1)


def test_money_adds_the_spread_of_amounts_to_that_of_wins() -> None:
    random = np.random.default_rng(8)
    drawn = draw_money(random, np.full(20_000, 4.0), np.full(20_000, 100.0), np.full(20_000, 50.0**2))
    assert drawn.mean() == pytest.approx(400.0, rel=0.01)
    assert drawn.std() == pytest.approx(100.0, rel=0.03)  # 2 × 50
    assert draw_money(random, np.zeros(3), np.full(3, 100.0), np.full(3, 50.0**2)).tolist() == [0.0, 0.0, 0.0]


def test_the_money_of_a_sum_follows_its_wins_and_what_stated_amounts_are_worth() -> None:
    scores = make_scores(100, 0.3).assign(amount_stated=True)
    wins = interval_of_sum(scores, None, NONE).iloc[0]
    money = interval_of_sum(scores, None, NONE, measure="money").iloc[0]
    assert money.tolist()[1:] == pytest.approx([wins[name] * 1_000 for name in ("point", "expected", "low", "high")])
    less = interval_of_sum(scores, None, replace(NONE, stated=AmountSpread(0.9, 0.0)), measure="money").iloc[0]
    assert less["point"] == money["point"]
    assert less["high"] == pytest.approx(0.9 * money["high"])


@pytest.mark.parametrize(
    "wider",
    [
        replace(NONE, spread=0.3),
        replace(NONE, drift=0.2),
        replace(NONE, sparseness={90: 0.04, 180: 0.04, 365: 0.04}),
    ],
)
def test_each_part_widens_the_interval_and_the_point_stays_within(wider: Intervals) -> None:
    scores = make_scores(400, 0.1)
    chance, found = (interval_of_sum(scores, None, each).iloc[0] for each in (NONE, wider))
    assert found["low"] < chance["low"] < found["point"] < chance["high"] < found["high"]


def test_what_a_campaign_has_shown_narrows_its_interval_and_no_other() -> None:
    unknown = replace(NONE, spread=0.4)
    known = replace(unknown, campaigns={"g0": Shown(wins=90.0, expected=90.0, absorbed=1.0)})
    scores = make_scores(800, 0.1, campaigns=2)
    before, after = (interval_of_sum(scores, "campaign_id", each) for each in (unknown, known))
    assert (after["high"] - after["low"])["g0"] < 0.7 * (before["high"] - before["low"])["g0"]
    assert after.loc["g1"].equals(before.loc["g1"])


def test_campaigns_partly_cancel_in_a_pipeline_and_the_level_does_not() -> None:
    scores = make_scores(4_000, 0.1, campaigns=40)

    def widen(intervals: Intervals) -> float:
        row = interval_of_sum(scores, None, intervals).iloc[0]
        return float(row["high"] - row["low"])

    assert widen(replace(NONE, spread=0.2)) < 0.5 * widen(replace(NONE, drift=0.2))


def test_a_group_is_bounded_as_it_is_alone_and_the_same_each_time() -> None:
    intervals = replace(NONE, spread=0.3, drift=0.1)
    scores = make_scores(300, 0.2, campaigns=3)
    together = interval_of_sum(scores, "campaign_id", intervals, measure="money")
    alone = interval_of_sum(scores[scores["campaign_id"] == "g1"], "campaign_id", intervals, measure="money")
    assert together.loc["g1"].equals(alone.loc["g1"])
    assert interval_of_sum(scores, "campaign_id", intervals, measure="money").equals(together)
    assert not interval_of_sum(scores, "campaign_id", intervals, measure="money", seed=2).equals(together)


def test_no_leads_have_no_sum() -> None:
    assert interval_of_sum(make_scores(0, 0.1), None, NONE).empty
    assert interval_of_sum(make_scores(0, 0.1), "campaign_id", NONE).empty


@pytest.mark.parametrize("spread", [0.0, 0.3])
def test_four_in_five_sums_are_covered_where_chance_alone_covers_too_few(spread: float) -> None:
    # The truth is known: 250 campaigns with log-normal effects, 15 wins expected of each so far and 40 to come.
    random = np.random.default_rng(9)
    campaigns, leads, chance = 250, 200, 0.2
    effects = np.exp(spread * random.normal(size=campaigns) - spread**2 / 2)
    name = np.repeat([f"g{number}" for number in range(campaigns)], 150)
    past = (random.random(len(name)) < 0.1 * np.repeat(effects, 150)).astype(float)
    expected = np.full(len(name), 0.1)
    found, shown = hold_campaigns(name, past, expected, expected)
    scores = pd.DataFrame({"campaign_id": np.repeat(name[::150], leads), "probability": chance})
    won = pd.Series(random.binomial(leads, 1 - (1 - chance) ** effects), index=name[::150])

    def cover(intervals: Intervals) -> float:
        bounds = interval_of_sum(scores, "campaign_id", intervals)
        return float(won.reindex(bounds.index).between(bounds["low"], bounds["high"]).mean())

    assert 0.76 <= cover(replace(NONE, spread=found, campaigns=shown)) <= 0.87
    assert (cover(NONE) <= 0.72) == (spread > 0)
