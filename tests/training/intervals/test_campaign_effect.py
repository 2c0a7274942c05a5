from __future__ import annotations

import numpy as np
import pytest

from training.intervals.campaign_effect import Effect, estimate_spread, learn_effect


@pytest.mark.parametrize(
    ("spread", "wins", "expected", "absorbed", "mean", "posterior_spread"),
    [
        (0.5, 0, 0, 1.0, 1.0, 0.5),  # nothing seen: as campaigns differ
        (0.5, 12, 6, 1.0, 1.6, 0.25),  # (4 + 12) / (4 + 6), 16 ** -0.5
        (0.5, 0, 4, 1.0, 0.5, 0.5),  # (4 + 0) / (4 + 4)
        (0.5, 12, 6, 1.6, 1.0, 0.25),  # what the model has learned itself is not counted twice
        (0.1, 12, 6, 1.0, 112 / 106, 112**-0.5),  # where campaigns hardly differ, little is made of it
    ],
)
def test_what_a_campaign_has_shown_moves_its_effect_and_narrows_it(
    spread: float, wins: float, expected: float, absorbed: float, mean: float, posterior_spread: float
) -> None:
    effect = learn_effect(spread, wins, expected, absorbed)
    assert effect.mean == pytest.approx(mean)
    assert effect.spread == pytest.approx(posterior_spread)


def test_an_effect_is_a_gamma_distribution() -> None:
    drawn = np.random.default_rng(1).gamma(16.0, 1 / 10.0, 100_000)
    assert (Effect(16.0, 10.0).mean, Effect(16.0, 10.0).spread) == (1.6, 0.25)
    assert drawn.std() / drawn.mean() == pytest.approx(0.25, rel=0.02)


@pytest.mark.parametrize("spread", [0.0, 0.2, 0.5])
def test_the_spread_between_many_campaigns_is_found(spread: float) -> None:
    random = np.random.default_rng(2)
    expected = random.uniform(20, 80, 400)
    effects = np.exp(spread * random.normal(size=400) - spread**2 / 2)
    found = estimate_spread(random.poisson(expected * effects).astype(float), expected, 0.4)
    assert found == pytest.approx(spread, abs=0.05)


def test_few_campaigns_leave_the_spread_near_what_is_usual() -> None:
    # One campaign as expected: the half-normal prior alone has a root mean square of its scale.
    assert estimate_spread(np.array([1.0]), np.array([1.0]), 0.3) == pytest.approx(0.3, abs=0.02)


def test_a_campaign_of_which_nothing_is_expected_tells_nothing() -> None:
    some = estimate_spread(np.array([9.0, 14.0]), np.array([10.0, 10.0]), 0.4)
    assert estimate_spread(np.array([9.0, 0.0, 14.0]), np.array([10.0, 0.0, 10.0]), 0.4) == some
