"""Points made ready for one set of columns: how far they carry, and what campaigns and segments add."""

from __future__ import annotations

from math import log
from typing import TYPE_CHECKING

import numpy as np
from scipy.optimize import minimize_scalar

from training.points.points import Points, Term
from training.points.shrinkage import shrink_effects

if TYPE_CHECKING:
    from collections.abc import Mapping

    from numpy.typing import NDArray

    from features import FeatureSchema
    from training.points.criteria import Criteria

CAMPAIGN, SEGMENT = "campaign", "segment"
CARRY_SD = 0.5


def fit_points(
    matrix: NDArray[np.float64],
    wins: NDArray[np.float64],
    expected: NDArray[np.float64],
    schema: FeatureSchema,
    criteria: Criteria,
    clients: Mapping[str, str],
) -> Points:
    """Make points of the criteria.

    Args:
        matrix: encoded questions (n, k).
        wins: of each question, weighted (n,).
        expected: wins of each question at base rates, weighted (n,).
        schema: of the matrix.
        criteria: what is worth how many points; those of columns that are not there are left out.
        clients: the client of each campaign.
    """
    plain = Points(_resolve(schema, criteria), {})
    raw = plain.predict(matrix)
    carry = find_carry(raw, wins, expected)
    terms = tuple(Term(t.column, t.codes, t.at_least, t.below, t.effect * carry) for t in plain.terms)
    due = _match(expected * np.exp(carry * raw), wins)
    groups = {}
    if CAMPAIGN in schema.names:
        column = schema.names.index(CAMPAIGN)
        groups[column] = _fit_campaigns(schema.columns[column].values, clients, _codes(matrix, column), wins, due)
        due = _match(due * np.exp(Points((), groups).predict(matrix)), wins)
    if SEGMENT in schema.names:
        column = schema.names.index(SEGMENT)
        effects = shrink_effects(_codes(matrix, column), len(schema.columns[column].values), wins, due)
        groups[column] = tuple(map(float, effects))
    return Points(terms, groups)


def find_carry(raw: NDArray[np.float64], wins: NDArray[np.float64], expected: NDArray[np.float64]) -> float:
    """How far the points carry: 1 where the house was right about them, 0 where they say nothing.

    The mode of a Poisson likelihood whose level follows the data, with a normal prior around 1.

    Args:
        raw: log rates by the points as they stand (n,).
        wins: weighted (n,).
        expected: at base rates, weighted (n,).
    """
    total, gained = float(wins.sum()), float(wins @ raw)

    def loss(carry: float) -> float:
        return (
            total * log(max(float(expected @ np.exp(carry * raw)), 1e-300))
            - carry * gained
            + (carry - 1) ** 2 / (2 * CARRY_SD**2)
        )

    return float(minimize_scalar(loss, bounds=(0.0, 3.0), method="bounded", options={"xatol": 1e-6}).x)


def _resolve(schema: FeatureSchema, criteria: Criteria) -> tuple[Term, ...]:
    places = {name: place for place, name in enumerate(schema.names)}
    terms = []
    for one in criteria.criteria:
        if one.feature in places:
            values = schema.columns[places[one.feature]].values
            codes = tuple(values.index(code) for code in one.codes if code in values)
            effect = one.points * log(2) / criteria.points_to_double
            terms.append(Term(places[one.feature], codes, one.at_least, one.below, effect))
    return tuple(terms)


def _fit_campaigns(
    campaigns: tuple[str, ...],
    clients: Mapping[str, str],
    campaign: NDArray[np.intp],
    wins: NDArray[np.float64],
    due: NDArray[np.float64],
) -> tuple[float, ...]:
    """A campaign's effect is its client's and its own on top of it, so that one without wins is taken as its client."""
    known = sorted({clients.get(name, "") for name in campaigns})
    owner = np.array([known.index(clients.get(name, "")) for name in campaigns], dtype=np.intp)
    client = np.where(campaign >= 0, np.append(owner, -1)[campaign], -1)
    by_client = shrink_effects(client, len(known), wins, due)
    due = due * np.exp(np.append(by_client, 0.0)[client])
    by_campaign = shrink_effects(campaign, len(campaigns), wins, due)
    return tuple(map(float, by_client[owner] + by_campaign))


def _codes(matrix: NDArray[np.float64], column: int) -> NDArray[np.intp]:
    return np.nan_to_num(matrix[:, column], nan=-1).astype(np.intp)


def _match(due: NDArray[np.float64], wins: NDArray[np.float64]) -> NDArray[np.float64]:
    """Expected wins, at the level of those seen."""
    return due * (wins.sum() / due.sum()) if wins.any() else due
