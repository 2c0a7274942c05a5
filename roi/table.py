"""The table: facts by group become rows that add up, a total, and their ratios."""

from __future__ import annotations

from collections import defaultdict
from typing import TYPE_CHECKING, Any

import pandas as pd

from roi.allocation import NOT_ALLOCATED, largest_remainder
from roi.costs import SECONDS_PER_HOUR
from roi.measures import COLUMNS, COSTS, COUNTS, RATIOS, compute_ratios
from roi.pipeline import PROBABILITY_UNIT

if TYPE_CHECKING:
    from collections.abc import Iterable, Mapping

    from roi.activity import Fact
    from roi.window import Window

TOTAL = "*"
"""Key of the total in a reference."""

FINE = {
    "weighted_pipeline_minor": ("pipeline_fine", PROBABILITY_UNIT),
    **{name: (f"{name.removesuffix('_minor')}_fine", SECONDS_PER_HOUR) for name in COSTS},
}
"""Columns that are summed in fine units and rounded once: the measure, and how many make one."""

Sums = dict[str, int]


def sum_groups(facts: Iterable[Fact]) -> dict[str, Sums]:
    """Sum facts by group and round the fine ones so that groups add up to the rounded total.

    Returns:
        Group to sums, for groups with anything in them: sorted by key, "not allocated" last.
    """
    found: dict[str, dict[str, int]] = defaultdict(lambda: defaultdict(int))
    for group, measure, value in facts:
        if value:
            found[group][measure] += value
    order = sorted(found, key=lambda group: (group == NOT_ALLOCATED, group))
    groups: dict[str, Sums] = {group: {name: found[group].get(name, 0) for name in COUNTS} for group in order}
    for name, (fine, unit) in FINE.items():
        rounded = largest_remainder([found[group].get(fine, 0) for group in order], unit)
        for group, value in zip(order, rounded, strict=True):
            groups[group][name] = value
    for sums in groups.values():
        sums["cost_minor"] = sum(sums[name] for name in COSTS)
    return groups


def add_groups(groups: Mapping[str, Sums]) -> Sums:
    """The sums of all groups together."""
    names = (*COUNTS, *COSTS, "cost_minor")
    return {name: sum(sums[name] for sums in groups.values()) for name in names}


def make_row(window: Window, key: str, label: str, sums: Sums) -> dict[str, Any]:
    """One row of the report: sums, ratios and the reference."""
    row: dict[str, Any] = {"key": key, "label": label, "ref": window.ref(key), **sums, **compute_ratios(sums)}
    return {column: row[column] for column in COLUMNS}


def make_frame(rows: list[dict[str, Any]]) -> pd.DataFrame:
    """The rows as a frame: ``str``, ``int64``, and for ratios ``float64`` or nullable ``Int64`` (money)."""
    frame = pd.DataFrame(rows, columns=list(COLUMNS))
    kinds = dict.fromkeys((*COUNTS, *COSTS, "cost_minor"), "int64")
    kinds |= {column: "Int64" if column.endswith("_minor") else "float64" for column in RATIOS}
    kinds |= dict.fromkeys(("key", "label", "ref"), "str")
    return frame.astype(kinds)
