"""CSV files: the same bytes for the same seed, and nothing lost on the way."""

from __future__ import annotations

import datetime as dt
from typing import TYPE_CHECKING

import pandas as pd

from data.contract import CONTRACT
from data.simulator import simulate, write_simulation

if TYPE_CHECKING:
    from pathlib import Path

END = dt.datetime(2026, 7, 1, tzinfo=dt.UTC)


def read_bytes(folder: Path) -> dict[str, bytes]:
    return {file.name: file.read_bytes() for file in sorted(folder.iterdir())}


def test_one_seed_gives_the_same_bytes(tmp_path: Path):
    for name, seed in (("a", 1), ("b", 1), ("c", 2)):
        simulation = simulate(leads=200, months=12, end=END, seed=seed, scenario="steady")
        write_simulation(simulation, tmp_path / name)
    first, again, other = (read_bytes(tmp_path / name) for name in "abc")
    assert first == again
    assert first["calls.csv"] != other["calls.csv"]


def test_files_hold_the_contract_tables(history, tmp_path: Path):
    write_simulation(history, tmp_path)
    names = {file.stem for file in tmp_path.iterdir()}
    assert names == {*CONTRACT, "truth", "faults"} - {"scores"}
    for name in names - {"truth", "faults"}:
        header = (tmp_path / f"{name}.csv").read_text(encoding="utf-8").splitlines()[0]
        assert header.replace('"', "").split(",") == list(CONTRACT[name].names)


def test_values_survive_the_file(history, tmp_path: Path):
    write_simulation(history, tmp_path)
    leads = pd.read_csv(tmp_path / "leads.csv", dtype="str")
    frame = history.tables["leads"]
    assert leads["attributes"].tolist() == frame["attributes"].tolist()
    assert pd.to_datetime(leads["occurred_at"]).tolist() == frame["occurred_at"].tolist()
    assert leads["occurred_at"].str.fullmatch(r"\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ").all()
    contacts = pd.read_csv(tmp_path / "contacts.csv", dtype="str")
    assert contacts["title"].isna().sum() == history.tables["contacts"]["title"].isna().sum() > 0
    assert contacts["name"].str.contains("ø").any()
