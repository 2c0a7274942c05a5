"""Facts become rows that add up."""

from __future__ import annotations

from datetime import UTC, datetime

from roi.table import add_groups, make_frame, make_row, sum_groups
from roi.window import Window

WINDOW = Window("agent", None, datetime(2026, 6, 1, tzinfo=UTC))


def test_groups_are_summed_sorted_and_rounded_together() -> None:
    facts = [
        ("not allocated", "cost_other_fine", 1800),
        ("b", "cost_other_fine", 900),
        ("a", "calls", 2),
        ("b", "cost_other_fine", 900),
        ("a", "calls", 1),
        ("a", "cost_data_fine", 7200),
        ("empty", "calls", 0),
    ]
    groups = sum_groups(facts)
    assert list(groups) == ["a", "b", "not allocated"]
    assert groups["a"]["calls"] == 3
    # half an øre twice is one øre, which goes to the earlier of two equal remainders
    assert [groups[key]["cost_other_minor"] for key in groups] == [0, 1, 0]
    assert [groups[key]["cost_minor"] for key in groups] == [2, 1, 0]
    assert add_groups(groups)["cost_minor"] == 3


def test_an_empty_report_has_the_same_columns_and_types() -> None:
    groups = sum_groups([("a", "deals", 1)])
    full = make_frame([make_row(WINDOW, "a", "a", groups["a"])])
    empty = make_frame([])
    assert len(empty) == 0
    assert empty.dtypes.equals(full.dtypes)
    assert full["cpa_minor"].tolist() == [0]
    assert full["cpl_minor"].isna().tolist() == [True]
    assert full["roi_closed"].isna().tolist() == [True]
