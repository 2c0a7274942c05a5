from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest

from benchmarks import quality_worlds
from benchmarks.peers import PEERS
from benchmarks.quality_sizes import QUICK_QUALITY, SCENARIOS
from benchmarks.quality_worlds import CUT, KINDS, METHODS, World, choose_judged, judge_promises, read_before_cut
from data.simulator import Simulation, read_scenario
from training import read_outcomes

if TYPE_CHECKING:
    from pathlib import Path

    from data.frames import Tables

QUICK_RIVALS = ("naive_bayes", "points")
DAY = pd.Timedelta(days=1)
SECOND = pd.Timedelta(seconds=1)


def test_the_sum_and_the_order_are_judged() -> None:
    truth = np.array([0.4, 0.3, 0.1, 0.1, 0.1, 0.0, 0.0, 0.0, 0.0, 0.0])
    assert judge_promises(truth, truth * 2) == (2.0, 0.0)
    worse = np.array([0.9, 0.0, 0.6, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0, 0.0])
    assert judge_promises(truth, worse) == (1.5, pytest.approx(2 / 7))  # .5 of the .7 that two calls could find


@pytest.mark.parametrize("name", SCENARIOS)
def test_a_fall_lies_as_long_before_the_cut_as_the_scenario_says(name: str) -> None:
    as_said, moved = read_scenario(name).market, read_before_cut(name).market
    assert moved.fall_months_before_end == as_said.fall_months_before_end + 1
    assert moved.fall_share == as_said.fall_share


def test_open_leads_are_judged_at_the_cut_and_new_ones_at_their_creation() -> None:
    cut = pd.Timestamp(CUT)
    moments = {"old": [cut - 40 * DAY + SECOND, cut, cut + 20 * DAY], "new": [cut + DAY + SECOND, cut + 20 * DAY]}
    rows = [(lead, as_of, days) for lead, times in moments.items() for as_of in times for days in (90, 180)]
    truth = pd.DataFrame(rows, columns=["lead_id", "as_of", "days"]).assign(probability=np.arange(10) / 10)
    created = pd.DataFrame({"lead_id": ["old", "new"], "occurred_at": [cut - 40 * DAY, cut + DAY]})
    leads = created.assign(known_at=created["occurred_at"])
    judged = choose_judged(Simulation({"leads": leads}, truth, pd.DataFrame()))
    assert judged.to_dict("list") == {
        "lead_id": ["old", "new"],
        "as_of": [cut, cut + DAY + SECOND],
        "kind": ["open", "new"],
        "truth": [0.3, 0.7],
    }


@pytest.mark.usefixtures("_few_trees")
def test_every_method_is_judged_on_an_operation(
    operation: Tables, tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    lives = read_outcomes(operation, CUT)
    lives = lives[lives["outcome"] == "open"].assign(as_of=pd.Timestamp(CUT), truth=0.1)
    kinds = np.where(np.arange(len(lives)) % 2 == 0, *KINDS)
    world = World(operation, lives.assign(kind=kinds)[["lead_id", "as_of", "kind", "truth"]])
    monkeypatch.setattr(quality_worlds, "make_world", lambda *_: world)
    monkeypatch.setattr(quality_worlds, "PEERS", [peer for peer in PEERS if peer.name in QUICK_RIVALS])
    results = quality_worlds.judge_world("steady", 1, QUICK_QUALITY, tmp_path)
    assert results.shape == (len(METHODS), len(KINDS), 2)
    quick = [METHODS.index(name) for name in ("callworth", *QUICK_RIVALS)]
    assert (results[quick, :, 0] > 0).all()
    assert results[quick, :, 1] == pytest.approx(0)  # every order is as good where all are alike
    monkeypatch.setattr(quality_worlds, "make_world", None)
    assert np.array_equal(quality_worlds.judge_world("steady", 1, QUICK_QUALITY, tmp_path), results, equal_nan=True)
