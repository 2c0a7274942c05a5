"""A peer's lead is measured on the same rows, and told from chance."""

from __future__ import annotations

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from sklearn.metrics import roc_auc_score

from benchmarks.quality_bootstrap import Lead, find_leads, weighted_auc
from benchmarks.quality_judged import Judged
from training.backtest.evaluation import measure_quality

CHANCE = np.random.default_rng(1)
TRUE = CHANCE.uniform(0.05, 0.6, 800)
WON = (CHANCE.uniform(size=800) < TRUE).astype(int)
NOISE = np.clip(TRUE + CHANCE.normal(0, 0.25, 800), 0.01, 0.99)
JUDGED = Judged(WON, np.arange(800) // 100, np.zeros(800, int))


def find(ours: np.ndarray, peer: np.ndarray, judged: Judged = JUDGED) -> dict[str, Lead]:
    return {lead.measure: lead for lead in find_leads(judged, ours, {"peer": peer}, 200)}


@settings(deadline=None)
@given(st.lists(st.tuples(st.integers(0, 1), st.integers(0, 4), st.integers(0, 3)), min_size=2, max_size=30))
def test_a_weighted_auc_is_that_of_rows_repeated(rows: list[tuple[int, int, int]]) -> None:
    won, score, times = (np.array(column) for column in zip(*rows, strict=True))
    (found,) = weighted_auc(won, score / 4, times[None, :].astype(float))
    repeated = np.repeat(won, times)
    if 0 < repeated.sum() < len(repeated):
        assert found == pytest.approx(roc_auc_score(repeated, np.repeat(score, times)))
    else:
        assert np.isnan(found)


def test_a_peer_that_says_the_same_has_no_lead() -> None:
    for lead in find(TRUE, TRUE).values():
        assert (lead.value, lead.low, lead.high, lead.beyond_chance) == (0, 0, 0, 0)


def test_a_lead_is_the_difference_of_the_products_own_measures() -> None:
    ours, peer = (measure_quality(WON, said, JUDGED.step) for said in (NOISE, TRUE))
    leads = find(NOISE, TRUE)
    assert leads["auc"].value == pytest.approx(peer["auc"] - ours["auc"])
    assert leads["auc_within"].value == pytest.approx(peer["auc_within"] - ours["auc_within"])
    assert leads["log_loss"].value == pytest.approx(ours["log_loss"] - peer["log_loss"])
    assert leads["brier"].value == pytest.approx(ours["brier"] - peer["brier"])


def test_a_real_lead_is_beyond_chance_and_a_lag_is_not() -> None:
    ahead, behind = find(NOISE, TRUE), find(TRUE, NOISE)
    for measure, lead in ahead.items():
        assert 0 < lead.low < lead.value < lead.high
        assert lead.beyond_chance == lead.value
        assert behind[measure].value == pytest.approx(-lead.value)
        assert behind[measure].beyond_chance == 0


def test_a_lead_that_hangs_on_one_step_is_not_beyond_chance_within_steps() -> None:
    peer = np.where(JUDGED.step == 0, WON * 0.5 + 0.25, NOISE)
    lead = find(NOISE, peer)["auc_within"]
    assert lead.value > 0.01
    assert lead.low == 0  # a draw without that step


def test_rows_of_one_kin_are_drawn_together() -> None:
    rows = np.repeat(np.arange(20), 40)  # forty copies of twenty rows are twenty rows, not eight hundred
    won, ours, peer = WON[rows], NOISE[rows], TRUE[rows]
    steps, round_ = np.zeros(800, int), np.zeros(800, int)
    alone = find(ours, peer, Judged(won, steps, round_))["brier"]
    together = find(ours, peer, Judged(won, steps, round_, kin=rows))["brier"]
    assert together.value == pytest.approx(alone.value)
    assert together.high - together.low > 4 * (alone.high - alone.low)


def test_auc_is_the_mean_over_repetitions() -> None:
    won = np.tile([0, 1, 0, 1], 2)
    right, wrong = [0.1, 0.9, 0.2, 0.8], [0.9, 0.1, 0.8, 0.2]
    judged = Judged(won, np.repeat([0, 1], 4), np.repeat([0, 1], 4), kin=np.tile(np.arange(4), 2))
    assert find(np.array(right + wrong), np.array(right + right), judged)["auc"].value == pytest.approx(0.5)
