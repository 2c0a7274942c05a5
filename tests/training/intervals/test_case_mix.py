from __future__ import annotations

import numpy as np
import pytest

from training.intervals.case_mix import FOLDS, compare_refits, deal_folds, drop_telling, refit_without_campaigns


def test_a_campaign_is_expected_to_be_as_the_others() -> None:
    # Campaign 0 wins every time, the others half of the time; what is expected of it must not know that.
    random = np.random.default_rng(5)
    campaign = np.repeat(np.arange(8), 200).astype(str)
    wins = np.where(campaign == "0", 1.0, random.random(1_600) < 0.5)
    matrix = np.column_stack([random.normal(size=1_600), campaign.astype(float)])
    mix = refit_without_campaigns(
        matrix, wins, np.full(1_600, np.log(0.5)), campaign, np.arange(1_600), categorical=[1], seed=1
    )
    assert mix.expected[campaign == "0"].mean() == pytest.approx(0.5, abs=0.06)
    assert (mix.variance > 0).all()


def test_parameters_are_surer_where_there_are_more_leads() -> None:
    def measure(leads: int) -> float:
        random = np.random.default_rng(6)
        matrix = random.normal(size=(leads, 3))
        campaign = random.integers(0, 12, leads).astype(str)
        wins = (random.random(leads) < 0.2 * np.exp(0.5 * matrix[:, 0] - 0.125)).astype(float)
        offset = np.full(leads, np.log(0.2))
        mix = refit_without_campaigns(matrix, wins, offset, campaign, np.arange(leads), categorical=[], seed=1)
        return float(mix.variance.mean())

    assert measure(4_000) < measure(800) / 2


def test_the_variance_between_refits_is_scaled_to_the_whole() -> None:
    # Two questions: the first of fold 0 is 0.1, 0.3 and 0.2 by the others, and the second mirrors it, so that no
    # refit differs in level. Variance 0.01 × (4 - 1) ** 2 / 4.
    rate = np.array([[9.0, -9.0], [0.1, -0.1], [0.3, -0.3], [0.2, -0.2]])
    assert compare_refits(rate, np.array([0, 0])) == pytest.approx([0.0225, 0.0225])


def test_a_shift_of_all_is_left_to_the_level() -> None:
    rate = np.array([[1.0, 2.0], [1.5, 2.5], [0.5, 1.5], [3.0, 4.0]])
    assert compare_refits(rate, np.array([0, 1])).tolist() == pytest.approx([0.0, 0.0])


def test_a_fold_is_the_same_for_all_of_a_campaign() -> None:
    campaign = np.repeat(np.array(list("abcdefgh")), 5)
    fold = deal_folds(campaign, np.arange(40), 1)
    assert all(len(set(fold[campaign == name])) == 1 for name in "abcdefgh")
    assert np.bincount(fold[::5], minlength=FOLDS).tolist() == [2, 2, 2, 2]


def test_too_few_campaigns_are_dealt_by_lead() -> None:
    fold = deal_folds(np.repeat("a", 8), np.repeat(np.arange(4), 2), 1)
    assert (fold[::2] == fold[1::2]).all()
    assert sorted(fold[::2]) == [0, 1, 2, 3]


def test_columns_that_give_the_campaign_away_are_left_out() -> None:
    campaign = np.array(["a", "a", "b", "b"])
    matrix = np.column_stack(
        [
            [0.0, 0.0, 1.0, 1.0],  # the campaign's code
            [0.0, 1.0, 2.0, 2.0],  # the code of a list, each of one campaign
            [0.0, 1.0, 0.0, 1.0],  # the code of an industry
            [5.0, 5.0, 7.0, 7.0],  # the campaign's usual deal
            [5.0, np.nan, 7.0, 7.0],  # a number of the lead
        ]
    )
    assert drop_telling(matrix, campaign, categorical=[0, 1, 2]) == [2, 4]
