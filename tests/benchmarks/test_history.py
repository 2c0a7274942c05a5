from __future__ import annotations

from typing import TYPE_CHECKING

import pyarrow.compute as pc

from benchmarks.history import load_tables, make_history

if TYPE_CHECKING:
    from pathlib import Path

    from benchmarks import Sizes
    from data.frames import Tables


def test_rows_that_an_import_would_refuse_are_left_out(operation: Tables, sizes: Sizes) -> None:
    simulated = make_history(sizes.leads, sizes.months)
    refused = simulated.faults["fault"].isin(["unknown_lead", "negative_talk"]).sum()
    calls = operation["calls"]
    assert refused > 0
    assert calls.num_rows == len(simulated.tables["calls"]) - refused
    assert pc.all(pc.is_in(calls["lead_id"], operation["leads"]["lead_id"])).as_py()
    assert pc.min(calls["talk_seconds"]).as_py() == 0


def test_it_is_simulated_once_a_run(operation: Tables, workshop: Path, sizes: Sizes) -> None:
    told: list[str] = []
    again = load_tables(workshop, sizes.leads, sizes.months, told.append)
    assert told == []
    assert again["calls"].equals(operation["calls"])
