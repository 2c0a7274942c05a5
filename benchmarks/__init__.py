"""Side-by-side measurements of what callworth promises about speed, never part of a test run.

``python -m benchmarks`` measures everything and writes ``results/NAME.json``; a name after it measures that alone, and
``--quick`` tries it at a small size and writes nothing. Figures that are compared come from one run, by turns, so that
what else the machine does weighs on both; a goal that is not met stays in the results as unmet.
"""

from __future__ import annotations

from benchmarks.record import Figure, Progress, write_results
from benchmarks.sizes import FULL, QUICK, Sizes

__all__ = ["FULL", "QUICK", "Figure", "Progress", "Sizes", "write_results"]
