"""Writing a simulation as CSV files: one per contract table, the truth and the planted faults."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pyarrow as pa
from pyarrow import csv

if TYPE_CHECKING:
    from pathlib import Path

    from data.simulator.operation import Simulation


def write_simulation(simulation: Simulation, folder: Path) -> None:
    """Write ``<table>.csv`` for each contract table, ``truth.csv`` and ``faults.csv``.

    UTF-8 with commas, moments as ``2026-06-30T08:15:00Z``, nothing for what is missing. The same simulation
    gives the same bytes.

    Args:
        simulation: what to write.
        folder: made where it does not exist.
    """
    folder.mkdir(parents=True, exist_ok=True)
    for name, frame in {**simulation.tables, "truth": simulation.truth, "faults": simulation.faults}.items():
        with (folder / f"{name}.csv").open("wb") as file:
            csv.write_csv(_to_text(frame), file, csv.WriteOptions(quoting_style="needed"))


def _to_text(frame: pd.DataFrame) -> pa.Table:
    columns = {str(name): _moments_to_text(column) for name, column in frame.items()}
    return pa.table(columns)


def _moments_to_text(column: pd.Series) -> pa.Array:
    if not isinstance(column.dtype, pd.DatetimeTZDtype):
        return pa.Array.from_pandas(column)
    moments = column.to_numpy(dtype="datetime64[s]")
    text = np.char.add(np.datetime_as_string(moments), "Z")
    return pa.array(text, mask=np.isnat(moments))
