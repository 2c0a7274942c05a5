"""Hygiene is measured on faults of every kind that it has a rule for."""

from __future__ import annotations

from dataclasses import replace
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from benchmarks.history import END
from benchmarks.hygiene import collect, compare, measure
from benchmarks.planted_faults import plant_faults
from benchmarks.sizes import QUICK
from benchmarks.sound_history import find_cases, find_stages, make_sound_history
from data.hygiene.round import RULES

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks import Sizes
    from benchmarks.sound_history import Frames


@pytest.fixture(scope="module")
def sizes() -> Sizes:
    """Large enough that a list is long enough to be bad."""
    return replace(QUICK, leads=4_000)


@pytest.fixture(scope="module")
def frames(sizes: Sizes) -> Frames:
    return make_sound_history(sizes.leads, sizes.months)


def test_every_rule_has_its_planted_faults(frames: Frames) -> None:
    faults = plant_faults(frames, share=0.05, seed=1).faults
    assert set(faults) == {rule.name for rule in RULES}
    assert all(faults.values())


def test_planting_leaves_the_sound_operation_as_it_was(frames: Frames) -> None:
    before = {name: frame.copy() for name, frame in frames.items()}
    plant_faults(frames, share=0.05, seed=1)
    for name, frame in before.items():
        pd.testing.assert_frame_equal(frame, frames[name])


def test_open_leads_have_no_outcome_and_open_cases_were_looked_at(frames: Frames) -> None:
    open_leads = set(find_stages(frames).index)
    lost = frames["lead_stages"].loc[frames["lead_stages"]["stage"] == "lost", "lead_id"]
    assert open_leads
    assert not open_leads & {*frames["deals"]["lead_id"], *lost}
    assert (find_cases(frames)["occurred_at"] >= END - pd.Timedelta(days=5)).all()


def test_no_two_colleagues_have_one_name(frames: Frames) -> None:
    assert not frames["contacts"].duplicated(["company_id", "name"]).any()


def test_what_is_missed_and_what_is_found_besides_is_counted_by_kind() -> None:
    found = collect(pd.DataFrame({"rule": ["a", "a", "c"], "row_id": ["1", "3", "9"]}))
    figures = {figure.name: figure.value for figure in compare({"a": {"1", "2"}, "b": {"5"}}, found)}
    assert {name: value for name, value in figures.items() if "planted" in name} == {
        "a_planted": 2,
        "b_planted": 1,
        "c_planted": 0,
    }
    assert {name for name, value in figures.items() if value == 1 and "planted" not in name} == {
        "a_missed",
        "a_found_besides",
        "b_missed",
        "c_found_besides",
    }


def test_a_round_of_the_store_finds_what_was_planted_alone(sizes: Sizes, tmp_path: Path) -> None:
    figures = measure(sizes, tmp_path, lambda _: None)
    assert [figure.name for figure in figures if figure.met is False] == []
    assert {figure.name for figure in figures if figure.goal is None and figure.value == 0} == set()
