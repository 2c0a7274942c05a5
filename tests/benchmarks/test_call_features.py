from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from benchmarks.call_features import query_calls
from benchmarks.features import ask_each_call, ask_each_lead, require_equal
from features import compute_features

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

    from data.frames import Tables


@pytest.mark.parametrize("ask", [ask_each_lead, ask_each_call])
def test_the_query_by_hand_computes_what_the_product_does(
    operation: Tables, ask: Callable[[Tables], pd.DataFrame]
) -> None:
    questions = ask(operation)
    ours, by_hand = compute_features(operation, questions, ()), query_calls(operation, questions)
    assert len(by_hand) == len(questions)
    require_equal(ours, by_hand)


@pytest.mark.parametrize("column", ["calls", "last_disposition", "mean_talk_seconds"])
def test_a_difference_is_refused(operation: Tables, column: str) -> None:
    questions = ask_each_lead(operation)
    ours, by_hand = compute_features(operation, questions, ()), query_calls(operation, questions)
    by_hand[column] = by_hand[column].to_numpy()[::-1]
    with pytest.raises(AssertionError, match=column):
        require_equal(ours, by_hand)
