"""Imports of one file in a process of their own, so that its memory is theirs alone.

``python -m benchmarks.one_import HOME FOLDER TIMES`` prints the seconds of each time, the rows accepted, and the most
memory that the process held.
"""

from __future__ import annotations

import json
import sys
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.timing import time_once
from data import Settings, import_source, load_mapping, open_store

if TYPE_CHECKING:
    from collections.abc import Sequence

    from data import Store

ARRIVED = datetime(2026, 6, 1, 8, tzinfo=UTC)
KIB = 1024


def main(arguments: Sequence[str]) -> None:
    """Import and tell."""
    home, folder, times = arguments
    store = open_store(Settings(Path(home)))
    seconds, accepted = [], []
    for _ in range(int(times)):
        empty_calls(store)
        seconds.append(time_once(lambda: accepted.append(import_calls(store, Path(folder)))))
    print(json.dumps({"seconds": seconds, "accepted": accepted, "peak_bytes": read_peak_bytes()}))
    store.close()


def import_calls(store: Store, folder: Path) -> int:
    """Import a folder; how many rows were accepted."""
    return import_source(store, folder, load_mapping("contract"), arrived_at=ARRIVED).accepted


def empty_calls(store: Store) -> None:
    """Forget the calls and that they were imported."""
    with store.transaction() as connection:
        connection.exec_driver_sql("TRUNCATE calls, imports")


def read_peak_bytes() -> int:
    """The most memory that this process held: Linux' VmHWM, which unlike getrusage begins with the program."""
    status = Path("/proc/self/status").read_text(encoding="ascii")
    return int(status.split("VmHWM:")[1].split()[0]) * KIB


if __name__ == "__main__":
    main(sys.argv[1:])
