"""Every feature, in the order of the columns, and their description for people."""

from __future__ import annotations

from typing import TYPE_CHECKING, NamedTuple

from features import calls, campaigns, firmographics, meetings, opportunity, signals, stages, timing
from features.feature import Feature

if TYPE_CHECKING:
    from types import ModuleType


class FeatureDescription(NamedTuple):
    """One line of the list of features; ``words_en`` is what a page shows to a sales rep."""

    name: str
    table: str
    kind: str
    unit: str
    description: str
    words_en: str


def _declared(module: ModuleType) -> dict[str, Feature]:
    return {value.name: value for value in vars(module).values() if isinstance(value, Feature)}


FEATURES: dict[str, Feature] = {
    **_declared(firmographics),
    **_declared(campaigns),
    **_declared(timing),
    **_declared(calls),
    **_declared(meetings),
    **_declared(stages),
    **_declared(signals),
    **_declared(opportunity),
}
"""Feature name to declaration; the order is that of the columns."""


def group_feature(name: str) -> str:
    """The business fact that a column speaks of: its group, or itself; an attribute is a fact of its own.

    >>> group_feature("calls_last_7_days"), group_feature("segment"), group_feature("attribute_beds")
    ('attempts', 'segment', 'attribute_beds')
    """
    return (FEATURES[name].group if name in FEATURES else "") or name


def describe_features() -> list[FeatureDescription]:
    """Describe every feature, in the order of the columns.

    >>> describe_features()[0].description
    'Industry of the company, as the client groups them.'
    """
    return [
        FeatureDescription(
            feature.name,
            feature.source.table,
            feature.kind,
            feature.unit,
            feature.description,
            feature.words,
        )
        for feature in FEATURES.values()
    ]
