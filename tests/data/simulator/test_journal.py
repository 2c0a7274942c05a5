"""Stages follow each other."""

from __future__ import annotations

import numpy as np

from data.contract.codes import LEAD_STAGES
from data.simulator.journal import first_seconds


def test_the_first_moment_of_each_lead():
    assert first_seconds(np.array([2, 0, 2]), np.array([5, 6, 7]), 3).tolist() == [6, -1, 5]


def test_stages_come_in_the_contracts_order_and_once(history):
    stages = history.tables["lead_stages"].sort_values("occurred_at", kind="stable")
    rank = stages["stage"].map({name: place for place, name in enumerate(LEAD_STAGES)})
    steps = rank.groupby(stages["lead_id"]).diff().dropna()
    assert (steps > 0).all()


def test_each_stage_has_its_cause(history):
    stages, tables = history.tables["lead_stages"], history.tables
    of = {stage: set(rows["lead_id"]) for stage, rows in stages.groupby("stage")}
    assert of["new"] == set(tables["leads"]["lead_id"])
    assert of["meeting"] == set(tables["meetings"]["lead_id"])
    assert of["opportunity"] == set(tables["opportunities"]["lead_id"])
    assert of["won"] == set(tables["deals"]["lead_id"])
    faults = history.faults
    untitled = set(faults.loc[faults["fault"] == "missing_title", "key"].str.replace("p", "l"))
    assert of["meeting"] - untitled <= of["qualified"] <= of["contacted"]
    assert not untitled & of["qualified"]
