"""From nothing to a served demo: the demo alone, and ``make run`` in a fresh copy of the checkout."""

from __future__ import annotations

import subprocess
import sys
from pathlib import Path
from typing import TYPE_CHECKING

from benchmarks.installation import PORT, copy_checkout, make_environment, time_make_run
from benchmarks.record import Figure
from benchmarks.timing import time_once
from data.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Sequence

    from benchmarks.record import Progress
    from benchmarks.sizes import Sizes

GOAL_SECONDS = 90.0
CHECKOUT = Path(__file__).parents[1]


def measure(sizes: Sizes, folder: Path, tell: Progress) -> list[Figure]:
    """Measure the demo, then the installation that ends in it."""
    tell("running the demo")
    seconds = time_once(lambda: run_demo(folder / "demo", sizes.demo))
    figures = [Figure("demo", seconds, "seconds", GOAL_SECONDS)]
    if sizes.installs:
        tell("running make run in a copy of the last commit")
        copy = folder / "checkout"
        copy_checkout(CHECKOUT, copy)
        start = time_make_run(copy, folder / "served", port=PORT)
        figures += [
            Figure("make_run_until_environment", start.environment, "seconds"),
            Figure("make_run_from_environment_until_ready", start.ready - start.environment, "seconds"),
            Figure("make_run_until_ready", start.ready, "seconds"),
        ]
    return figures


def run_demo(home: Path, options: Sequence[str] = ()) -> None:
    """Run ``callworth demo --no-serve`` in a home of its own.

    Raises:
        EnvironmentFault: it fails.
    """
    command = [sys.executable, "-m", "callworth", "demo", "--no-serve", *options]
    done = subprocess.run(
        command, env=make_environment(home), cwd=CHECKOUT, check=False, capture_output=True, text=True
    )
    if done.returncode:
        said = done.stderr.strip().splitlines() or ["it said nothing"]
        raise EnvironmentFault(f"callworth demo ended with exit status {done.returncode} ({said[-1]}); mend it first.")
