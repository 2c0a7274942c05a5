"""Intervals of sums: how many of a campaign's, segment's or pipeline's leads will be won, and for how much."""

from __future__ import annotations

from typing import TYPE_CHECKING, Literal, TypeAlias

import numpy as np
import pandas as pd

from training.intervals.draws import Leads, draw_campaign, draw_level
from training.intervals.intervals import LEVEL, MILESTONES

if TYPE_CHECKING:
    from collections.abc import Iterator

    from numpy.typing import NDArray

    from training.intervals.intervals import Intervals

SEED = 20_260_101
COLUMNS = ["leads", "point", "expected", "low", "high"]

Measure = Literal["wins", "money"]
Drawn: TypeAlias = "tuple[int, float, NDArray[np.float64]]"
"""Leads, their point and their draws."""


def interval_of_sum(
    scores: pd.DataFrame,
    by: str | None,
    intervals: Intervals,
    *,
    level: float = LEVEL,
    measure: Measure = "wins",
    probability: str = "probability",
    seed: int = SEED,
) -> pd.DataFrame:
    """Intervals of the leads won, or of the money they bring, by group.

    Args:
        scores: a row per lead: ``campaign_id``, the probability, for money ``expected_amount_minor`` (a lead without
            one counts nothing) and, where known, ``amount_stated`` (whether sales stated it).
        by: column of the groups; None for all leads together.
        intervals: of the model version that gave the scores.
        level: share of outcomes that are to lie within.
        measure: ``wins`` or ``money`` (minor units).
        probability: column, which also says within how many days: 90, 180 or 365.
        seed: the same seed and scores give the same intervals; a group's do not depend on the other groups.

    Returns:
        Per group, in order: ``leads``, ``point`` (the sum of probabilities, times amounts for money), ``expected``
        (the mean after what each campaign has shown beyond the model, and after how amounts turned out), ``low`` and
        ``high``.
    """
    drawn: dict[str, list[Drawn]] = {}
    factors = draw_level(intervals.find_level_variance(MILESTONES[probability]), seed)
    for group, campaign, leads in _split(scores, by, measure, probability, intervals):
        bring = draw_campaign(leads, campaign, intervals, factors, seed)
        drawn.setdefault(group, []).append((len(leads.chance), leads.point, bring))
    return pd.DataFrame.from_dict(
        {group: _summarise(cells, level) for group, cells in drawn.items()}, orient="index", columns=COLUMNS
    )


def _summarise(cells: list[Drawn], level: float) -> tuple[int, float, float, float, float]:
    leads, points, draws = zip(*cells, strict=True)
    total = np.sum(draws, axis=0)
    low, high = np.quantile(total, (0.5 - level / 2, 0.5 + level / 2))
    return sum(leads), sum(points), float(total.mean()), float(low), float(high)


def _split(
    scores: pd.DataFrame, by: str | None, measure: Measure, probability: str, intervals: Intervals
) -> Iterator[tuple[str, str, Leads]]:
    """The leads of each group and campaign, in order of both."""
    group = np.full(len(scores), "total") if by is None else _read_names(scores[by])
    campaign = _read_names(scores["campaign_id"])
    groups, group_code = np.unique(group, return_inverse=True)
    campaigns, campaign_code = np.unique(campaign, return_inverse=True)
    code = group_code * len(campaigns) + campaign_code
    order = np.argsort(code, kind="stable")
    chance = scores[probability].to_numpy(float)[order]
    expected, stated = _read_amounts(scores, order) if measure == "money" else (None, None)
    found, starts = np.unique(code[order], return_index=True)
    for cell, start, end in zip(found, starts, np.append(starts[1:], len(order)), strict=False):
        names = str(groups[cell // len(campaigns)]), str(campaigns[cell % len(campaigns)])
        if expected is None or stated is None:
            yield *names, Leads(chance[start:end], None, None, 0.0, float(chance[start:end].sum()))
        else:
            yield *names, _value_leads(chance[start:end], expected[start:end], stated[start:end], intervals)


def _value_leads(
    chance: NDArray[np.float64], expected: NDArray[np.float64], stated: NDArray[np.bool_], intervals: Intervals
) -> Leads:
    amount = expected * np.where(stated, intervals.stated.ratio, intervals.expected.ratio)
    spread = np.where(stated, intervals.stated.variance, intervals.expected.variance)
    usual = float(chance @ (amount * ~stated)) / max(float(chance @ amount), 1e-12)
    return Leads(chance, amount, spread, usual, float(chance @ expected))


def _read_amounts(scores: pd.DataFrame, order: NDArray[np.intp]) -> tuple[NDArray[np.float64], NDArray[np.bool_]]:
    stated = scores["amount_stated"].to_numpy(bool) if "amount_stated" in scores else np.zeros(len(scores), bool)
    expected = scores["expected_amount_minor"].astype(float).fillna(0.0).to_numpy(np.float64)
    return np.asarray(expected[order]), np.asarray(stated[order], np.bool_)


def _read_names(column: pd.Series) -> NDArray[np.str_]:
    return column.astype(object).fillna("").to_numpy(str)
