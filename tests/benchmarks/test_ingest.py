from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc
from pyarrow import csv

from benchmarks.call_files import count_leads, write_calls
from benchmarks.ingest import load_calls, make_store, measure, unload_calls
from benchmarks.one_import import empty_calls, import_calls
from data import read_tables

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks import Sizes


def test_every_goal_of_imports_is_measured(sizes: Sizes, workshop: Path) -> None:
    figures = {figure.name: figure for figure in measure(sizes, workshop, lambda _: None)}
    goals = {name: figure.goal for name, figure in figures.items() if figure.goal is not None}
    assert goals == {
        "import_beside_copy": 4,
        "import_peak_memory": 1024,
        "import_cost_of_a_row_beside_few": 1.3,
    }
    assert 50 < figures["import_peak_memory"].value < 1024
    assert figures["import"].value > figures["copy"].value > 0


def test_the_copy_brings_the_rows_that_the_import_brings(sizes: Sizes, workshop: Path) -> None:
    store, files = make_store(workshop, sizes.calls)
    empty_calls(store)
    assert import_calls(store, files) == sizes.calls
    imported = read_tables(store, ("calls",))["calls"].sort_by("call_id")
    unload_calls(store, workshop / "again.csv")
    empty_calls(store)
    load_calls(store, workshop / "again.csv")
    assert read_tables(store, ("calls",))["calls"].sort_by("call_id").equals(imported)
    store.close()


def test_calls_are_in_order_of_time_and_of_leads_that_are_known(tmp_path: Path) -> None:
    calls = csv.read_csv(write_calls(tmp_path, 300_000) / "calls.csv")
    assert (calls.num_rows, pc.count_distinct(calls["call_id"]).as_py()) == (300_000, 300_000)
    moments = calls["occurred_at"].combine_chunks()
    assert pc.all(pc.less_equal(moments[:-1], moments[1:])).as_py()
    numbers = pc.replace_substring(calls["lead_id"], "lead-", "").cast("int64")
    assert 0 <= pc.min(numbers).as_py() <= pc.max(numbers).as_py() < count_leads(300_000)
    assert pc.max(numbers[:1000]).as_py() < 0.06 * count_leads(300_000)
