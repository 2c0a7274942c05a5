"""The campaign effect: how much campaigns differ, and what each has already shown.

Wins of a campaign are Poisson with a mean of expected wins × effect, and effects are gamma distributed around 1, so
that what is seen of a campaign gives a gamma distribution again (Clayton and Kaldor, Biometrics 43, 1987). Expected
wins come from models that have not seen the campaign; else the effect would have gone into the expectation.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from scipy.special import gammaln

if TYPE_CHECKING:
    from numpy.typing import NDArray

SPREADS = np.linspace(0.01, 1.5, 150)


@dataclass(frozen=True)
class Effect:
    """A gamma distribution of the factor on what the model expects of a campaign's leads.

    Attributes:
        shape: of the gamma distribution.
        rate: of it; the mean is shape ÷ rate.
    """

    shape: float
    rate: float

    @property
    def mean(self) -> float:
        """The factor to be expected."""
        return self.shape / self.rate

    @property
    def spread(self) -> float:
        """Standard deviation relative to the mean, near that of the factor's logarithm."""
        return float(self.shape**-0.5)


def estimate_spread(wins: NDArray[np.float64], expected: NDArray[np.float64], usual: float) -> float:
    """The relative standard deviation of effects, from wins seen and expected by group.

    The root of the posterior mean of the variance: the marginal likelihood of gamma-Poisson counts, with a half-normal
    prior that matters where groups are few or small.

    Args:
        wins: of each group (g,).
        expected: of each group, on the same level in sum; groups of which nothing is expected tell nothing (g,).
        usual: scale of the prior.

    >>> round(estimate_spread(np.array([10.0, 10.0]), np.array([10.0, 10.0]), 0.3), 2)  # two groups tell little
    0.22
    >>> bool(estimate_spread(np.full(100, 50.0), np.full(100, 50.0), 0.3) < 0.05)
    True
    """
    known = expected > 0
    shape = SPREADS[:, None] ** -2.0
    won, due = wins[known], expected[known]
    log_likelihood = gammaln(shape + won) - gammaln(shape) + shape * np.log(shape / (shape + due))
    log_likelihood += won * np.log(due / (shape + due))
    log_posterior = log_likelihood.sum(axis=1) - (SPREADS / usual) ** 2 / 2
    density = np.exp(log_posterior - log_posterior.max())
    return float(np.sqrt(density @ SPREADS**2 / density.sum()))


def learn_effect(spread: float, wins: float, expected: float, absorbed: float = 1.0) -> Effect:
    """The effect of a campaign after what it has shown.

    Args:
        spread: of effects between campaigns.
        wins: seen so far.
        expected: so far, by models that have not seen the campaign.
        absorbed: what the final model expects ÷ ``expected``: the part of the effect that it has learned itself, which
            is not to be counted twice.

    >>> learn_effect(0.5, wins=12, expected=6)  # (4 + 12) / (4 + 6)
    Effect(shape=16.0, rate=10.0)
    >>> learn_effect(0.5, wins=12, expected=6, absorbed=1.6).mean  # the model has learned all of it
    1.0
    """
    prior = spread**-2.0
    return Effect(prior + wins, (prior + expected) * absorbed)
