"""Scores rebuilt: what explains a difference, and what does not."""

from __future__ import annotations

import pandas as pd
import pytest

from callworth.rebuilding import _arrived_later


@pytest.mark.parametrize(
    ("arrived_at", "known_from", "explains"),
    [
        ("2026-05-02", "2026-04-01", True),
        ("2026-05-02", "2026-05-01", False),  # nothing that was known before the score
        ("2026-04-30", "2026-04-01", False),  # was there when the score was given
    ],
)
def test_rows_that_arrived_after_a_score_and_are_stated_as_known_before_explain_it(
    arrived_at: str, known_from: str, explains: bool
) -> None:
    scores = pd.DataFrame({"occurred_at": [pd.Timestamp("2026-05-01")], "known_at": [pd.Timestamp("2026-05-01 00:01")]})
    backdated = pd.DataFrame({"arrived_at": [pd.Timestamp(arrived_at)], "known_from": [pd.Timestamp(known_from)]})
    assert _arrived_later(scores, backdated).tolist() == [explains]
