"""Finding out at training time how sure a model is."""

from __future__ import annotations

from typing import TYPE_CHECKING, Protocol

import numpy as np

from training.intervals.amount_spread import measure_amounts
from training.intervals.campaign_effect import estimate_spread
from training.intervals.case_mix import CaseMix, refit_without_campaigns
from training.intervals.follow_up import GRID, count_wins, expect_wins, measure_follow_up
from training.intervals.intervals import MILESTONES, Intervals, Shown
from training.intervals.rate_bounds import find_log_rate
from training.intervals.shared_level import measure_drift, measure_sparseness

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    import pandas as pd
    from numpy.typing import NDArray

USUAL_SPREAD = 0.4
"""Scale of the prior of how much campaigns differ."""
MOST_LATER = 20_000
"""Questions besides the leads' first ones that the refits are held against."""
BINS, LEAST_IN_BIN = 8, 50


class Model(Protocol):
    """Whatever gives P(won within each of some days) of encoded rows."""

    def predict(self, matrix: NDArray[np.float64], days: Sequence[float]) -> NDArray[np.float64]:
        """P(won within each of ``days``): (n, d)."""


def fit_intervals(
    model: Model,
    matrix: NDArray[np.float64],
    questions: pd.DataFrame,
    cut: datetime,
    *,
    categorical: Sequence[int],
    stratum_column: int,
    seed: int,
) -> Intervals:
    """Estimate the parts of a model's uncertainty from the questions that it has learned from.

    Args:
        model: the final one.
        matrix: encoded features of the questions (n, k).
        questions: in order of time: ``lead_id``, ``as_of``, ``outcome``, ``days``, ``campaign`` (id), and of won leads
            ``deal_amount_minor`` beside ``expected_amount_minor`` and ``stated``.
        cut: the moment of training.
        categorical: columns of the matrix that hold category codes.
        stratum_column: the one that holds the stage's code.
        seed: of everything random.
    """
    rows, first = pick_questions(questions, seed)
    kept, asked = matrix[rows], questions.iloc[rows]
    curve = model.predict(kept, GRID)
    follow_up, wins = measure_follow_up(asked, cut), count_wins(asked)
    campaign = asked["campaign"].astype(object).fillna("").to_numpy(str)
    offset = expect_usual(curve, follow_up, kept[:, stratum_column])
    lead = asked["lead_id"].to_numpy(str)
    mix = refit_without_campaigns(kept, wins, offset, campaign, lead, categorical=categorical, seed=seed)
    due = expect_wins(curve, follow_up)
    spread, shown = hold_campaigns(campaign[first], wins[first], mix.expected[first], due[first])
    won_after = np.where(wins > 0, asked["days"].to_numpy(float), np.nan)[first]
    sparse = measure_sparseness(curve[first], follow_up[first], won_after)
    log_rates, variances = smooth_variance(curve[:, -1], mix)
    stated = asked["stated"].to_numpy(bool)
    pairs = (asked["expected_amount_minor"].to_numpy(float), asked["deal_amount_minor"].to_numpy(float))
    return Intervals(
        log_rates=log_rates,
        variances=variances,
        sparseness={days: float(sparse[GRID.index(days)]) for days in MILESTONES.values()},
        drift=measure_drift(curve[first], follow_up[first], won_after),
        spread=spread,
        campaigns=shown,
        stated=measure_amounts(*(values[stated] for values in pairs)),
        expected=measure_amounts(*(values[~stated] for values in pairs)),
    )


def pick_questions(questions: pd.DataFrame, seed: int) -> tuple[NDArray[np.intp], NDArray[np.bool_]]:
    """Each lead's first question, and some of the later ones: their places, and which of them are first."""
    first = ~questions["lead_id"].duplicated().to_numpy()
    later = np.random.default_rng(seed).permutation(np.flatnonzero(~first))[:MOST_LATER]
    rows = np.sort(np.concatenate([np.flatnonzero(first), later]))
    return rows, first[rows]


def expect_usual(
    curve: NDArray[np.float64], follow_up: NDArray[np.float64], stratum: NDArray[np.float64]
) -> NDArray[np.float64]:
    """Log of the wins expected of an average lead of the same stage that was followed as long (n,)."""
    place = np.unique(np.nan_to_num(stratum, nan=-1.0), return_inverse=True)[1]
    sums = np.zeros((place.max(initial=0) + 1, curve.shape[1]))
    np.add.at(sums, place, curve)
    mean = sums / np.maximum(np.bincount(place, minlength=len(sums)), 1)[:, None]
    return np.asarray(np.log(np.maximum(expect_wins(mean[place], follow_up), 1e-9)))


def hold_campaigns(
    campaign: NDArray[np.str_], wins: NDArray[np.float64], expected: NDArray[np.float64], final: NDArray[np.float64]
) -> tuple[float, dict[str, Shown]]:
    """The spread between campaigns, and what each has shown.

    Args:
        campaign: of each lead (n,).
        wins: 0 or 1 (n,).
        expected: wins by models that have not seen the campaign (n,); put on the level of the wins.
        final: wins expected by the final model (n,); likewise.
    """
    names, place = np.unique(campaign, return_inverse=True)
    won = np.bincount(place, wins).astype(np.float64)
    due, learned = (np.bincount(place, values) * (won.sum() + 1) / (values.sum() + 1) for values in (expected, final))
    spread = estimate_spread(won, due, USUAL_SPREAD)
    absorbed = np.where(due > 0, learned / np.maximum(due, 1e-12), 1.0)
    each = zip(names, won, due, absorbed, strict=True)
    return spread, {str(name): Shown(*map(float, values)) for name, *values in each}


def smooth_variance(probability: NDArray[np.float64], mix: CaseMix) -> tuple[tuple[float, ...], tuple[float, ...]]:
    """The parameters' variance as a function of the log rate: means over equally filled bins, at their medians."""
    rate = find_log_rate(probability)
    order = np.argsort(rate, kind="stable")
    bins = np.array_split(order, int(np.clip(len(order) // LEAST_IN_BIN, 1, BINS)))
    knots = [(float(np.median(rate[rows])), float(mix.variance[rows].mean())) for rows in bins]
    return tuple(knot for knot, _ in knots), tuple(variance for _, variance in knots)
