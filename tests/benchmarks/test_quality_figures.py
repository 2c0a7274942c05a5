from __future__ import annotations

import numpy as np
import pytest

from benchmarks.quality_bootstrap import Lead
from benchmarks.quality_figures import compare_regrets, list_leads, list_measures, list_world_measures
from benchmarks.quality_judged import Judged
from benchmarks.quality_worlds import METHODS, RIVALS

WON = np.tile([1, 0], 10)
JUDGED = Judged(WON, np.zeros(20, int), np.zeros(20, int))


def test_goals_are_callworths_alone_and_a_band_is_a_distance() -> None:
    said = {"callworth": np.full(20, 0.4), "logistic": np.full(20, 0.5)}
    figures = {figure.name: figure for figure in list_measures("bank-additional", JUDGED, said)}
    assert figures["bank-additional: callworth: calibration_error"].value == pytest.approx(0.2)
    assert figures["bank-additional: callworth: calibration_error"].met is False
    assert figures["bank-additional: callworth: auc"].met is False
    assert figures["bank-additional: callworth: worst_tenth"].met is True
    assert figures["bank-additional: callworth: tenth 10 calibration_ratio"].value == pytest.approx(0.8)
    assert all(figure.goal is None for name, figure in figures.items() if "logistic" in name)
    assert figures["bank-additional: logistic: calibration_ratio"].value == pytest.approx(1)


@pytest.mark.parametrize(
    ("leads", "best", "beyond", "met"),
    [
        ([("a", 0.02, 0.01), ("b", 0.01, -0.01)], "a", 0.02, False),
        ([("a", 0.02, -0.01), ("b", 0.01, 0.001)], "a", 0.01, False),  # chance may be the best one's, not the other's
        ([("a", 0.004, 0.001), ("b", -0.01, -0.03)], "a", 0.004, True),
        ([("a", 0.02, -0.01)], "a", 0.0, True),
        ([("a", -0.02, -0.03), ("b", -0.01, -0.02)], "b", 0.0, True),
    ],
)
def test_a_peer_may_not_be_better_beyond_chance(
    leads: list[tuple[str, float, float]], best: str, beyond: float, met: bool
) -> None:
    found = [Lead(peer, "auc", value, low, value + 0.02) for peer, value, low in leads]
    figures = list_leads("bank-full", found)
    assert [figure.name for figure in figures[:2]] == [
        f"bank-full: auc: lead of {best}",
        f"bank-full: auc: lead of {best}, low",
    ]
    assert figures[-1].name == "bank-full: auc: lead of a peer beyond chance"
    assert (figures[-1].value, figures[-1].met) == (beyond, met)


def test_operations_are_averaged_and_regrets_paired_by_seed() -> None:
    results = np.ones((4, len(METHODS), 2, 2))
    results[:, :, :, 1] = np.array([0.1, 0.2, 0.3, 0.4])[:, None, None]  # a hard seed is hard for all
    results[:, METHODS.index("points"), 0, 1] -= 0.05
    means = {figure.name: figure.value for figure in list_world_measures("steady", results)}
    assert means["steady: callworth: open regret"] == pytest.approx(0.25)
    assert means["steady: points: open regret"] == pytest.approx(0.2)
    leads = {(lead.peer, lead.measure): lead for lead in compare_regrets(results)}
    assert len(leads) == 2 * len(RIVALS)
    assert leads["points", "open regret"].low == pytest.approx(0.05)
    assert leads["points", "new regret"].beyond_chance == 0
    assert list_leads("steady", list(leads.values()))[3].met is False
