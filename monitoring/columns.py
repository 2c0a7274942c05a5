"""The raw columns of the model, in the reference and in the month: which have drifted."""

from __future__ import annotations

from dataclasses import dataclass
from math import isfinite, pi, sqrt
from typing import TYPE_CHECKING, Literal

import numpy as np
import pandas as pd

from features import hide_rare_values
from monitoring.drift import Distances, measure_distances

if TYPE_CHECKING:
    from typing import Any

    from features import FeatureSchema
    from monitoring.limits import Limits

Kind = Literal["number", "category"]
SCORE = "probability"
MISSING = "(missing)"

CALENDAR = ("month", "campaign_age_days")
"""Columns that are never the same again; their drift is shown and not counted."""


@dataclass(frozen=True)
class ColumnDrift:
    """One column, compared.

    Attributes:
        name: the feature, or ``probability``, the score.
        kind: number or category.
        distance: to the reference; None where it could not be measured, and ``note`` says why.
        limit: from which the column has drifted.
        missing_reference: share of missing values in the reference.
        missing_month: and in the month.
        drifted: whether it has.
        effect: what the drift adds to the mean score, as a share of it; None where it has not drifted.
        note: what is special.
    """

    name: str
    kind: Kind
    distance: float | None
    limit: float
    missing_reference: float
    missing_month: float
    drifted: bool
    effect: float | None = None
    note: str = ""


def compare_columns(
    reference: pd.DataFrame, month: pd.DataFrame, schema: FeatureSchema, limits: Limits
) -> tuple[list[ColumnDrift], str]:
    """Compare the columns of a model and its score.

    Args:
        reference: raw features and ``probability`` of training questions.
        month: the same of the month's leads.
        schema: of the model; other columns are not looked at.
        limits: from where on a difference counts.

    Returns:
        The score, then the columns in the schema's order; and Evidently's page, empty where no column can be compared.
    """
    old, new = group_values(reference, schema), group_values(month, schema)
    old[SCORE], new[SCORE] = reference[SCORE].astype(float), month[SCORE].astype(float)
    kinds: dict[str, Kind] = {SCORE: "number", **{column.name: column.kind for column in schema.columns}}
    plain = [name for name in kinds if not describe_special(old[name], new[name])]
    numbers, categories = ([name for name in plain if kinds[name] == kind] for kind in ("number", "category"))
    bounds = {name: find_limit(old[name], new[name], kinds[name], limits) for name in plain}
    measured = measure_distances(old, new, numbers, categories, bounds) if plain else Distances({}, "")
    compared = [
        _compare_plain(name, kinds[name], old[name], new[name], measured.by_column[name], bounds[name], limits)
        if name in bounds
        else _compare_special(name, kinds[name], old[name], new[name], limits)
        for name in kinds
    ]
    return compared, measured.html


def group_values(frame: pd.DataFrame, schema: FeatureSchema) -> pd.DataFrame:
    """The model's columns with missing categories as ``(missing)`` and those without a code as ``(other)``.

    The reference was hidden in the same way when it was kept, so what the model does not know is ``(other)`` on both
    sides.
    """
    hidden = hide_rare_values(frame, schema)
    names = set(schema.categories)
    return pd.DataFrame({name: _fill(hidden[name]) if name in names else hidden[name].astype(float) for name in hidden})


def expect_by_chance(old: pd.Series[Any], new: pd.Series[Any], kind: Kind) -> float:
    """The distance that two samples of one population have on average.

    Numbers: E W₁ = √(2/π) √(1/n + 1/m) ∫ √(F(1 − F)) (the limit of the empirical process is a Brownian bridge),
    with the sample's own F, in standard deviations of the reference. Categories: √((k − 1)/8 (1/n + 1/m)), the
    χ² approximation of the Jensen-Shannon divergence in nats.
    """
    sizes = 1 / max(len(old), 1) + 1 / max(len(new), 1)
    if kind == "category":
        return sqrt(max(pd.concat([old, new]).nunique() - 1, 1) / 8 * sizes)
    values = np.sort(np.concatenate([old.to_numpy(float), new.to_numpy(float)]))
    below = np.arange(1, len(values)) / len(values)
    width = float(np.diff(values) @ np.sqrt(below * (1 - below)))
    return sqrt(2 / pi * sizes) * width / max(float(np.std(old.to_numpy(float))), 0.001)


def find_limit(old: pd.Series[Any], new: pd.Series[Any], kind: Kind, limits: Limits) -> float:
    """The distance from which a column has drifted: that of the limits, or what chance can do if that is more."""
    return max(limits.distance, limits.chance * expect_by_chance(old.dropna(), new.dropna(), kind))


def has_jumped(shares: tuple[float, float], sizes: tuple[int, int], limits: Limits) -> bool:
    """Whether two shares differ by more than the limits allow, and than some standard errors of such samples.

    >>> from monitoring.limits import Limits
    >>> has_jumped((0.3, 0.45), (1000, 1000), Limits()), has_jumped((0.3, 0.45), (50, 50), Limits())
    (True, False)
    """
    pooled = (shares[0] * sizes[0] + shares[1] * sizes[1]) / sum(sizes)
    error = sqrt(pooled * (1 - pooled) * (1 / sizes[0] + 1 / sizes[1]))
    return abs(shares[1] - shares[0]) >= max(limits.missing, limits.chance * error)


def describe_special(old: pd.Series[Any], new: pd.Series[Any]) -> str:
    """Why a distance cannot be measured: a constant gives NaN, and no values a division by zero. Empty where it can."""
    values = old.dropna()
    if values.empty or not new.notna().any():
        where = {(True, True): "on both sides", (True, False): "in the reference", (False, True): "in the month"}
        return f"missing {where[values.empty, not new.notna().any()]}"
    if values.nunique() > 1:
        return ""
    return "constant in the reference" if (new.dropna() != values.iloc[0]).any() else "constant"


def _fill(values: pd.Series[Any]) -> pd.Series[Any]:
    return values.astype("object").where(values.notna(), MISSING)


def _compare_plain(
    name: str,
    kind: Kind,
    old: pd.Series[Any],
    new: pd.Series[Any],
    distance: float,
    limit: float,
    limits: Limits,
) -> ColumnDrift:
    missing = _share_missing(old), _share_missing(new)
    drifted = distance >= limit or has_jumped(missing, (len(old), len(new)), limits)
    return ColumnDrift(name, kind, distance if isfinite(distance) else None, limit, *missing, drifted)


def _compare_special(name: str, kind: Kind, old: pd.Series[Any], new: pd.Series[Any], limits: Limits) -> ColumnDrift:
    """A column without a distance drifts by missing values, or by values that its reference does not have."""
    missing = _share_missing(old), _share_missing(new)
    foreign = float((new.notna() & ~new.isin(old.dropna().unique())).mean()) if old.notna().any() else 0.0
    drifted = foreign >= limits.missing or has_jumped(missing, (len(old), len(new)), limits)
    note = describe_special(old, new)
    return ColumnDrift(name, kind, None, limits.distance, *missing, drifted, note=note)


def _share_missing(values: pd.Series[Any]) -> float:
    return float((values.isna() | (values == MISSING)).mean())
