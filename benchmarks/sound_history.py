"""A simulated operation in which nothing needs a hand, so that whatever hygiene finds in it was planted.

The simulator's own faults are switched off. What an operation without faults still has to do is done here, in plain
pandas and without the rules that are measured: next actions lie ahead, sales has looked at every open case in the last
days, whoever was handed over has said yes, and no two colleagues have one name.
"""

from __future__ import annotations

from dataclasses import fields, replace
from datetime import timedelta
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from benchmarks.history import END, SCENARIO, SEED
from benchmarks.party_names import draw_coined
from data.simulator import read_scenario, simulate

if TYPE_CHECKING:
    from datetime import datetime

HANDED_OVER = ("qualified", "meeting", "opportunity")
LAST_DAYS = timedelta(days=5)
NEXT_WEEK = timedelta(days=7)

Frames = dict[str, pd.DataFrame]


def make_sound_history(leads: int, months: int) -> Frames:
    """Contract tables of an operation without faults, everything in them before :data:`benchmarks.history.END`."""
    world = read_scenario(SCENARIO)
    faultless = replace(world.faults, **{field.name: 0.0 for field in fields(world.faults)})
    scenario = replace(world, faults=faultless)
    frames = simulate(leads=leads, months=months, end=END, seed=SEED, scenario=scenario).tables
    frames["leads"] = frames["leads"].assign(next_action="call back", next_action_at=pd.Timestamp(END + NEXT_WEEK))
    move_cases(frames, END - LAST_DAYS)
    ask_consent(frames, END - LAST_DAYS)
    tell_namesakes_apart(frames)
    return frames


def find_stages(frames: Frames) -> pd.Series:
    """The last stage of each lead that is neither won nor lost, by lead; missing where it has none yet."""
    stages = frames["lead_stages"].sort_values("occurred_at", kind="stable")
    ended = {*frames["deals"]["lead_id"], *stages.loc[stages["stage"] == "lost", "lead_id"]}
    leads = frames["leads"]["lead_id"]
    last = stages.groupby("lead_id")["stage"].last()
    return last.reindex(leads[~leads.isin(ended)])


def find_cases(frames: Frames) -> pd.DataFrame:
    """The last stage event of each open opportunity of an open lead."""
    owners = frames["opportunities"].set_index("opportunity_id")["lead_id"]
    last = frames["opportunity_stages"].sort_values("occurred_at", kind="stable").groupby("opportunity_id").tail(1)
    open_leads = find_stages(frames).index
    return last[~last["stage"].isin(["won", "lost"]) & last["opportunity_id"].map(owners).isin(open_leads)]


def move_cases(frames: Frames, at: datetime) -> None:
    """Let sales confirm every open case."""
    confirmed = find_cases(frames)
    key = confirmed["opportunity_stage_id"] + "-confirmed"
    add_rows(frames, "opportunity_stages", confirmed.assign(opportunity_stage_id=key, **clocks(at)))


def ask_consent(frames: Frames, at: datetime) -> None:
    """Let everybody whose lead was handed over say yes."""
    stages = find_stages(frames)
    handed_over = stages.index[stages.isin(HANDED_OVER)]
    leads = frames["leads"]
    contacts = leads.loc[leads["lead_id"].isin(handed_over), "contact_id"].drop_duplicates()
    said = pd.DataFrame({"consent_id": "asked-" + contacts, "contact_id": contacts, "consent": "given"})
    add_rows(frames, "consents", said.assign(channel="phone", **clocks(at)))


def tell_namesakes_apart(frames: Frames) -> None:
    """Give other names to people who bear that of a colleague: whether they are one, only a person could tell."""
    contacts, chance = frames["contacts"], np.random.default_rng(SEED)
    namesakes = contacts.index[contacts.duplicated(["company_id", "name"])]
    names = [f"{draw_coined(chance, 3)} {draw_coined(chance, 4)}" for _ in namesakes]
    contacts.loc[namesakes, "name"] = names


def clocks(at: datetime) -> dict[str, pd.Timestamp]:
    """The two clocks of a row that was known when it happened."""
    return {"occurred_at": pd.Timestamp(at).as_unit("us"), "known_at": pd.Timestamp(at).as_unit("us")}


def add_rows(frames: Frames, table: str, rows: pd.DataFrame) -> None:
    """Add rows to a table; columns that they lack are empty."""
    there = frames[table]
    added = rows.reindex(columns=there.columns).astype(there.dtypes.to_dict())
    frames[table] = pd.concat([there, added], ignore_index=True)
