from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.features import ask_each_call, measure_bulk

if TYPE_CHECKING:
    from data.frames import Tables


def test_bulk_is_told_per_million_calls(operation: Tables) -> None:
    questions = ask_each_call(operation).head(1_000)
    figures = {figure.name: figure for figure in measure_bulk(operation, questions, "per_call", 1)}
    assert list(figures) == [
        "all_features_as_of_per_call",
        "call_features_as_of_per_call",
        "call_features_by_hand_as_of_per_call",
        "call_features_ratio_as_of_per_call",
    ]
    ours, plain, ratio = (figure.value for figure in list(figures.values())[1:])
    assert ratio == pytest.approx(ours / plain)  # of one repetition


def test_each_call_asks_before_it_about_a_lead_that_is_known(operation: Tables) -> None:
    questions = ask_each_call(operation)
    leads, calls = operation["leads"].to_pandas().set_index("lead_id"), operation["calls"].to_pandas()
    expected = calls[calls["occurred_at"] > calls["lead_id"].map(leads["occurred_at"])]
    assert questions["as_of"].tolist() == expected["occurred_at"].tolist()
    assert questions["lead_id"].tolist() == expected["lead_id"].tolist()
