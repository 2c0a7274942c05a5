"""The simulated operation that is measured on, as contract tables; made once a run."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING

from pyarrow import feather

from data.frames import to_arrow
from data.simulator import simulate

if TYPE_CHECKING:
    from collections.abc import Mapping
    from pathlib import Path

    import pandas as pd

    from benchmarks.record import Progress
    from data.frames import Tables
    from data.simulator import Simulation

END = datetime(2026, 6, 1, 8, tzinfo=UTC)
SEED = 7
SCENARIO = "steady"


def make_history(leads: int, months: int) -> Simulation:
    """Simulate the operation; the same sizes give the same one."""
    return simulate(leads=leads, months=months, end=END, seed=SEED, scenario=SCENARIO)


def load_tables(folder: Path, leads: int, months: int, tell: Progress) -> Tables:
    """The operation as contract tables, without the rows that an import would refuse.

    Args:
        folder: where it is kept for the run.
        leads: how many.
        months: of history.
        tell: told when it is made.
    """
    place = folder / f"history-{leads}-{months}"
    if not place.exists():
        tell(f"simulating {leads:,} leads over {months} months")
        place.mkdir(parents=True)
        for name, rows in make_tables(make_history(leads, months).tables).items():
            feather.write_feather(rows, place / f"{name}.arrow", compression="uncompressed")
    return {path.stem: feather.read_table(path) for path in sorted(place.glob("*.arrow"))}


def make_tables(frames: Mapping[str, pd.DataFrame]) -> Tables:
    """What was recorded as contract tables, without the rows that an import would refuse."""
    return {name: to_arrow(name, frame[keep_sound(frame, frames["leads"])]) for name, frame in frames.items()}


def keep_sound(frame: pd.DataFrame, leads: pd.DataFrame) -> pd.Series[bool]:
    """Whether an import would take each row: it has its key, a known lead and no negative talk."""
    kept = frame.iloc[:, 0].notna()
    if "lead_id" in frame:
        kept &= frame["lead_id"].isin(leads["lead_id"])
    if "talk_seconds" in frame:
        kept &= frame["talk_seconds"] >= 0
    return kept
