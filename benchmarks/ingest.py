"""Imports: beside a bare COPY of the same rows, their memory, and whether a row costs more where there are many."""

from __future__ import annotations

import json
import os
import subprocess
import sys
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import numpy as np

from benchmarks.call_files import add_parents, write_calls
from benchmarks.one_import import empty_calls, import_calls
from benchmarks.record import Figure
from benchmarks.timing import Pair, time_pair
from data import Settings, open_store

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

    from benchmarks.record import Progress
    from benchmarks.sizes import Sizes
    from data import Store

BLOCK_BYTES = 1 << 20
MICROSECONDS = 1e6
MIB = 1 << 20
TIMES_COPY, MOST_MIB, TIMES_FEW = 4, 1024, 1.3


def measure(sizes: Sizes, folder: Path, tell: Progress) -> list[Figure]:
    """Measure imports of calls, by the contract's own mapping, into a store that knows their leads."""
    tell(f"{sizes.calls:,} calls, imported and copied by turns")
    pair = time_beside_copy(folder, sizes.calls, sizes.imports)
    few = time_few(folder, sizes, tell)
    tell(f"{sizes.many_calls:,} calls, likewise")
    many, peak = run_imports(folder, sizes.many_calls, 1)
    few += time_few(folder, sizes, tell)  # before and after, since the machine may have other work for a while
    few_row, many_row = float(np.median(few)) / sizes.few_calls, many[0] / sizes.many_calls
    return [
        Figure("import_beside_copy", pair.ratio, "times the COPY", TIMES_COPY),
        Figure("import", pair.seconds, "seconds"),
        Figure("copy", pair.beside, "seconds"),
        Figure("import_and_copy_calls", sizes.calls, "calls", sense=">="),
        Figure("import_peak_memory", peak / MIB, "MiB", MOST_MIB),
        Figure("import_cost_of_a_row_beside_few", many_row / few_row, "times that among few", TIMES_FEW),
        Figure("import_cost_of_a_row_among_many", many_row * MICROSECONDS, "microseconds"),
        Figure("import_cost_of_a_row_among_few", few_row * MICROSECONDS, "microseconds"),
        Figure("many_calls", sizes.many_calls, "calls", sense=">="),
        Figure("few_calls", sizes.few_calls, "calls", sense=">="),
    ]


def time_few(folder: Path, sizes: Sizes, tell: Progress) -> list[float]:
    """Seconds of imports of few calls, without the first, which loads what the others find loaded."""
    tell(f"{sizes.few_calls:,} calls, imported by a process of their own")
    return run_imports(folder, sizes.few_calls, sizes.imports + 1)[0][1:]


def time_beside_copy(folder: Path, calls: int, repetitions: int) -> Pair:
    """Time an import and a COPY of all columns of what it makes, each into the empty table with its indexes."""
    store, files = make_store(folder, calls)
    rows = folder / "calls-as-stored.csv"
    import_calls(store, files)
    unload_calls(store, rows)

    def copy_calls() -> None:
        empty_calls(store)
        load_calls(store, rows)

    def bring_calls() -> None:
        empty_calls(store)
        import_calls(store, files)

    try:
        return time_pair(bring_calls, copy_calls, repetitions)
    finally:
        store.close()


def run_imports(folder: Path, calls: int, times: int) -> tuple[list[float], int]:
    """Import a file several times over in a process of its own.

    Returns:
        Seconds of each time, and the most memory that the process held, in bytes.
    """
    store, files = make_store(folder, calls)
    command = [sys.executable, "-m", "benchmarks.one_import", str(store.home), str(files), str(times)]
    path = os.pathsep.join(filter(None, sys.path))  # benchmarks belong to no installed package
    done = subprocess.run(command, check=True, capture_output=True, text=True, env=os.environ | {"PYTHONPATH": path})
    store.close()
    found: dict[str, Any] = json.loads(done.stdout)
    assert found["accepted"] == [calls] * times
    return found["seconds"], found["peak_bytes"]


def make_store(folder: Path, calls: int) -> tuple[Store, Path]:
    """A store that knows the leads of so many calls, and the folder with their file."""
    files = write_calls(folder / f"calls-{calls}", calls)
    home = folder / f"ingest-{calls}"
    filled = home.exists()
    store = open_store(Settings(home))
    if not filled:
        add_parents(store, calls)
    return store, files


def unload_calls(store: Store, path: Path) -> None:
    """Write the table as COPY reads it."""
    with _open_cursor(store) as cursor, path.open("wb") as file, cursor.copy(f"COPY calls TO STDOUT {_CSV}") as rows:
        for block in rows:
            file.write(block)


def load_calls(store: Store, path: Path) -> None:
    """COPY the table's rows, with nothing looked at."""
    with _open_cursor(store) as cursor, path.open("rb") as file, cursor.copy(f"COPY calls FROM STDIN {_CSV}") as rows:
        while block := file.read(BLOCK_BYTES):
            rows.write(block)


@contextmanager
def _open_cursor(store: Store) -> Iterator[Any]:
    with store.transaction() as connection:
        driver: Any = connection.connection.driver_connection
        with driver.cursor() as cursor:
            yield cursor


_CSV = "(FORMAT csv)"
