from __future__ import annotations

import json
from datetime import UTC, datetime
from typing import TYPE_CHECKING

import pytest

from benchmarks.record import Figure, read_versions, write_results

if TYPE_CHECKING:
    from pathlib import Path

AT = datetime(2026, 6, 1, 8, 30, 15, 250_000, tzinfo=UTC)


@pytest.mark.parametrize(
    ("value", "goal", "sense", "met"),
    [
        (89.9, 90.0, "<=", True),
        (90.0, 90.0, "<=", True),
        (90.00001, 90.0, "<=", False),
        (0.8, 0.8, ">=", True),
        (0.79, 0.8, ">=", False),
        (5.0, None, "<=", None),
        (0.0, 0.0, "<=", True),
    ],
)
def test_a_goal_is_met_on_its_side_of_the_value(value: float, goal: float | None, sense: str, met: bool | None) -> None:
    assert Figure("demo", value, "seconds", goal, sense).met is met  # type: ignore[arg-type]


def test_results_are_written_as_the_design_says(tmp_path: Path) -> None:
    figures = [Figure("demo", 123.4567891, "seconds", 90.0), Figure("rows", 7, "rows", sense=">=")]
    path = write_results(tmp_path / "results", "start", figures, command="python -m benchmarks start", at=AT)
    results = json.loads(path.read_text(encoding="utf-8"))
    assert path == tmp_path / "results" / "start.json"
    assert list(results) == ["command", "at", "versions", "figures"]
    assert results["command"] == "python -m benchmarks start"
    assert results["at"] == "2026-06-01T08:30:15+00:00"
    assert results["figures"] == [
        {"name": "demo", "value": 123.457, "unit": "seconds", "goal": 90.0, "sense": "<=", "met": False},
        {"name": "rows", "value": 7.0, "unit": "rows", "goal": None, "sense": ">=", "met": None},
    ]


def test_a_value_that_is_no_number_is_refused(tmp_path: Path) -> None:
    with pytest.raises(ValueError, match="JSON compliant"):
        write_results(tmp_path, "start", [Figure("demo", float("nan"), "seconds")], command="", at=AT)
    assert not list(tmp_path.iterdir())


def test_versions_name_all_that_figures_depend_on() -> None:
    versions = read_versions()
    packages = {"callworth", "duckdb", "lightgbm", "numpy", "pandas", "pyarrow"}
    assert set(versions) == packages | {"python", "postgres", "cores"}
    assert str(versions["postgres"]).startswith("18")
    assert int(versions["cores"]) >= 1


@pytest.mark.parametrize(
    ("figure", "line"),
    [
        (Figure("demo", 61.25, "seconds", 90.0), "demo 61.25 seconds (goal <= 90: met)"),
        (Figure("demo", 100.0, "seconds", 90.0), "demo 100 seconds (goal <= 90: NOT met)"),
        (Figure("fit", 2.5, "seconds"), "fit 2.5 seconds"),
    ],
)
def test_a_line_says_whether_the_goal_is_met(figure: Figure, line: str) -> None:
    assert " ".join(figure.to_line().split()) == line
