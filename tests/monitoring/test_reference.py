"""The reference with the questions of the month."""

from __future__ import annotations

import pandas as pd
import pytest

from monitoring.reference import draw_rows, is_comparable, match_reference

REFERENCE = pd.DataFrame({"question": ["list"] * 60 + ["pipeline"] * 30 + ["rep"] * 10, "row": range(100)})


@pytest.mark.parametrize(
    ("month", "most", "expected"),
    [
        # All 30 pipeline rows carry half of the mix: 60 rows.
        ({"list": 50, "pipeline": 50}, 1_000, {"list": 30, "pipeline": 30}),
        ({"pipeline": 7}, 1_000, {"pipeline": 30}),
        ({"list": 50, "pipeline": 50}, 20, {"list": 10, "pipeline": 10}),
        # Two of a hundred are too few to set the mix.
        ({"list": 98, "rep": 2}, 1_000, {"list": 60}),
    ],
)
def test_questions_have_the_shares_of_the_month(month: dict[str, int], most: int, expected: dict[str, int]) -> None:
    asked = pd.Series([name for name, count in month.items() for _ in range(count)])
    drawn = match_reference(REFERENCE, asked, most, seed=1)
    assert drawn["question"].value_counts().to_dict() == expected
    assert drawn["row"].is_unique


def test_a_reference_without_the_questions_is_not_comparable() -> None:
    asked = pd.Series(["list", "pipeline"])
    assert is_comparable(REFERENCE, asked)
    assert not is_comparable(REFERENCE.drop(columns="question"), asked)
    assert not is_comparable(REFERENCE[REFERENCE["question"] == "list"], asked)
    assert len(match_reference(REFERENCE.drop(columns="question"), asked, 40, seed=1)) == 40


def test_rows_are_drawn_by_seed_and_stay_in_order() -> None:
    first, again = draw_rows(REFERENCE, 10, seed=1), draw_rows(REFERENCE, 10, seed=1)
    assert first.equals(again)
    assert first["row"].is_monotonic_increasing
    assert not first.equals(draw_rows(REFERENCE, 10, seed=2))
