"""``python -m benchmarks``: measure, print, and write the results."""

from __future__ import annotations

import argparse
import atexit
import os
import shutil
import sys
import tempfile
from datetime import UTC, datetime
from importlib import import_module
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.record import write_results
from benchmarks.sizes import FULL, QUICK
from data.errors import CallworthError

if TYPE_CHECKING:
    from collections.abc import Sequence

NAMES = ("start", "ingest", "hygiene", "features", "training", "leaks", "scoring", "explanation", "intervals", "truth")
ALONE = ("quality",)
"""Measured only where they are named: they take long, or need an environment of their own."""
RESULTS = Path(__file__).parent / "results"


def main(arguments: Sequence[str] | None = None) -> None:
    """Run benchmarks; where none is named, all but those that take an hour."""
    parser = argparse.ArgumentParser(prog="python -m benchmarks", description=main.__doc__)
    parser.add_argument("names", nargs="*", metavar="NAME", help=f"of {', '.join((*NAMES, *ALONE))}")
    parser.add_argument("--quick", action="store_true", help="at a small size; the results are not kept")
    chosen = parser.parse_args(arguments)
    if unknown := set(chosen.names) - {*NAMES, *ALONE}:
        parser.error(f"there is no benchmark {', '.join(sorted(unknown))}; choose from {', '.join((*NAMES, *ALONE))}")
    # Shared cores: OpenMP threads that spin while they wait slow everyone down; read when LightGBM is loaded.
    os.environ.setdefault("GOMP_SPINCOUNT", "1000")
    folder = Path(tempfile.mkdtemp(prefix="cwb-"))
    atexit.register(shutil.rmtree, folder, ignore_errors=True)  # after the embedded PostgreSQL, which ends at exit too
    try:
        for place, name in enumerate(chosen.names or NAMES, start=1):
            say(f"[{place}/{len(chosen.names or NAMES)}] {name}")
            run(name, folder, quick=chosen.quick)
    except CallworthError as error:
        say(f"benchmarks: {error}")
        sys.exit(error.exit_status)


def run(name: str, folder: Path, *, quick: bool) -> Path:
    """Run one benchmark, print its figures and write them.

    Args:
        name: one of :data:`NAMES` or :data:`ALONE`.
        folder: for what the run needs; a quick run's results go there too.
        quick: at a small size.

    Returns:
        The path of the results.
    """
    at = datetime.now(UTC)
    benchmark = import_module(f"benchmarks.{name}")
    figures = benchmark.measure(QUICK if quick else FULL, folder, lambda words: say(f"  {words}"))
    command = f"python -m benchmarks {name}{' --quick' if quick else ''}"
    packages = getattr(benchmark, "PACKAGES", ())
    results = folder / "results" if quick else RESULTS
    path = write_results(results, name, figures, command=command, at=at, packages=packages)
    if not quick and hasattr(benchmark, "publish"):
        benchmark.publish(path)
    for figure in figures:
        print(figure.to_line(), flush=True)
    return path


def say(words: str) -> None:
    """A line about what is going on, on standard error."""
    print(words, file=sys.stderr, flush=True)


if __name__ == "__main__":
    main()
