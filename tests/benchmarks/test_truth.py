from __future__ import annotations

import numpy as np
import pandas as pd
import pytest

from benchmarks.truth import SCENARIOS, judge_world, list_figures, measure_excess
from benchmarks.truth_candidates import CANDIDATES
from benchmarks.truth_worlds import make_world


@pytest.fixture(scope="module")
def rows() -> pd.DataFrame:
    """Ratios of two seeds that are right, but for those that a test changes."""
    everything = [
        {"scenario": scenario, "candidate": candidate, "group": group, "ratio": ratio, "excess": 0.01}
        for scenario in SCENARIOS
        for candidate in CANDIDATES
        for group in ("new", "open")
        for ratio in (0.98, 1.04)
    ]
    return pd.DataFrame(everything)


def _measure(
    rows: pd.DataFrame, scenario: str, candidate: str, **changed: object
) -> dict[tuple[str, str], bool | None]:
    chosen = (rows["scenario"] == scenario) & (rows["candidate"] == candidate)
    rows = rows.copy()
    for column, values in changed.items():
        rows.loc[chosen, column] = values if np.isscalar(values) else [*values, *values]  # type: ignore[misc,arg-type]
    return {(figure.name, figure.sense): figure.met for figure in list_figures(rows)}


@pytest.mark.parametrize(
    ("scenario", "ratios", "figure", "met"),
    [
        ("steady", (1.0, 1.1), ("steady_new_calibration_error", "<="), True),
        ("steady", (1.0, 1.14), ("steady_new_calibration_error", "<="), False),
        ("steady", (0.85, 1.1), ("steady_new_ratio_lowest_seed", ">="), False),
        ("steady", (0.9, 1.13), ("steady_new_ratio_highest_seed", "<="), False),
        ("slow_drift", (0.9, 0.94), ("slow_drift_open_ratio_mean", ">="), False),
        ("faster_closing", (1.1, 1.13), ("faster_closing_new_ratio_mean", "<="), True),
        ("sudden_fall", (1.2, 1.26), ("sudden_fall_new_ratio_mean", "<="), False),
    ],
)
def test_a_goal_is_met_or_not(
    rows: pd.DataFrame, scenario: str, ratios: tuple[float, float], figure: tuple[str, str], met: bool
) -> None:
    assert _measure(rows, scenario, "ours", ratio=ratios)[figure] is met


def test_a_fall_is_judged_beside_the_unadapted_model(rows: pd.DataFrame) -> None:
    fallen = rows.assign(ratio=rows["ratio"].where(rows["candidate"] != "ours_unadapted", 1.4))
    figures = {figure.name: figure for figure in list_figures(fallen)}
    expected = np.log([0.98, 1.04]).mean() / np.log(1.4)
    assert figures["sudden_fall_open_log_error"].value == pytest.approx(expected)
    assert figures["sudden_fall_open_log_error"].met is True


def test_every_candidate_stands_in_the_table(rows: pd.DataFrame) -> None:
    values = {figure.name: figure.value for figure in list_figures(rows)}
    for candidate in CANDIDATES:
        assert values[f"slow_drift.new.{candidate}.ratio_mean"] == pytest.approx(1.01)
    assert values["steady_excess_log_loss_to_matured_only"] == 1


def test_excess_is_nothing_for_the_truth_itself() -> None:
    truth = np.array([0.0, 0.2, 0.9])
    assert measure_excess(truth, truth) == pytest.approx(0, abs=1e-8)
    assert measure_excess(truth * 0.5, truth) > 0.05


@pytest.mark.usefixtures("_few_trees")
def test_a_world_is_judged_at_creation_and_at_the_cut() -> None:
    world = make_world("steady", 3_000, 3, 0)
    assert world.is_new.sum() > 20
    assert (~world.is_new).sum() > 20
    assert 0 < world.truth[world.is_new].mean() < world.truth[~world.is_new].mean() < 1
    assert len(world.judged) == len(world.truth)
    judged = pd.DataFrame(judge_world(world, "steady")).set_index(["candidate", "group"])["ratio"]
    assert judged["open_is_lost", "open"] < judged["ours", "open"] < 2
