from __future__ import annotations

import json
from dataclasses import replace
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
import pytest
from scipy.special import ndtri

from training.intervals.amount_spread import AmountSpread
from training.intervals.intervals import Intervals, Shown, read_intervals, write_intervals

if TYPE_CHECKING:
    from numpy.typing import NDArray

INTERVALS = Intervals(
    log_rates=(-3.0, 0.0),
    variances=(0.09, 0.01),
    sparseness={90: 0.02, 180: 0.01, 365: 0.03},
    drift=0.1,
    spread=0.5,
    campaigns={"known": Shown(wins=96.0, expected=96.0, absorbed=1.0), "good": Shown(12.0, 6.0, 1.0)},
    stated=AmountSpread(0.9, 0.1),
    expected=AmountSpread(1.0, 0.3),
)


def bound(
    probability: list[float], campaign: str, intervals: Intervals = INTERVALS, **given: float
) -> tuple[NDArray[np.float64], NDArray[np.float64]]:
    names = pd.Series([campaign] * len(probability))
    return intervals.bound(np.array(probability), names, **given)  # type: ignore[arg-type]


def test_the_parts_add_up_on_the_scale_of_the_log_rate() -> None:
    # Half a chance: log rate log(log 2) = -0.367, where the parameters' variance is 0.01 + 0.08 × 0.367 / 3; a campaign
    # not seen 0.25, the level 0.03 + 0.01.
    low, high = bound([0.5], "new")
    spread = (0.01 + 0.08 * -np.log(np.log(2)) / 3 + 0.25 + 0.04) ** 0.5
    reach = np.exp(ndtri(0.9) * spread)
    assert [low[0], high[0]] == pytest.approx([1 - 0.5 ** (1 / reach), 1 - 0.5**reach])


def test_a_campaign_that_has_shown_much_has_surer_leads() -> None:
    narrow, wide = bound([0.1], "known"), bound([0.1], "new")
    assert wide[0][0] < narrow[0][0] < 0.1 < narrow[1][0] < wide[1][0]


def test_a_campaign_better_than_its_model_says_leans_upwards() -> None:
    (low, high), (other_low, other_high) = bound([0.1], "good"), bound([0.1], "known")
    assert low[0] > other_low[0]
    assert high[0] > other_high[0]


def test_the_probability_lies_within_whatever_it_is() -> None:
    probability = [0.0, 1e-9, 0.01, 0.5, 0.99, 1.0]
    for campaign in ("new", "known", "good"):
        low, high = bound(probability, campaign)
        assert (low <= probability).all()
        assert (high >= probability).all()
        assert (low >= 0).all()
        assert (high <= 1).all()


def test_it_widens_with_less_data_and_with_a_higher_level() -> None:
    sparse = replace(INTERVALS, sparseness={90: 0.1, 180: 0.1, 365: 0.3})
    assert bound([0.1], "new", sparse)[1][0] > bound([0.1], "new")[1][0]
    assert bound([0.1], "new", level=0.95)[1][0] > bound([0.1], "new")[1][0]
    assert bound([0.1], "new", days=180)[1][0] < bound([0.1], "new")[1][0]


def test_a_lead_without_a_campaign_is_as_one_of_a_new_one() -> None:
    found = INTERVALS.bound(np.array([0.1, 0.1]), pd.Series([None, "new"], dtype="object"))
    assert found[0][0] == found[0][1]


def test_what_is_written_is_read() -> None:
    assert read_intervals(json.dumps(write_intervals(INTERVALS))) == INTERVALS
