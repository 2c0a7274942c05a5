"""No agent is in two calls at once."""

from __future__ import annotations

import numpy as np
from hypothesis import given
from hypothesis import strategies as st

from data.simulator.timetable import CLOSING_SECOND, _spread_starts


def test_a_call_waits_for_the_one_before_it():
    shift = np.array([1, 1, 1, 2])
    wish = np.array([32_400, 32_410, 40_000, 32_405])
    seconds = np.array([60, 60, 60, 60])
    assert _spread_starts(shift, wish, seconds).tolist() == [32_400, 32_460, 40_000, 32_405]


def test_the_last_call_ends_at_closing():
    shift, wish = np.array([1, 1]), np.array([57_550, 57_560])
    assert _spread_starts(shift, wish, np.array([100, 300])).tolist() == [57_200, 57_300]


calls = st.lists(
    st.tuples(st.integers(0, 3), st.integers(32_400, 57_599), st.integers(1, 900)), min_size=1, max_size=60
)


@given(calls)
def test_calls_of_a_shift_never_overlap(drawn):
    shift, wish, seconds = np.array(sorted(drawn), dtype=np.int64).T
    starts = _spread_starts(shift, wish, seconds)
    neighbours = shift[1:] == shift[:-1]
    assert (starts[1:] >= (starts + seconds)[:-1])[neighbours].all()
    assert (starts + seconds <= CLOSING_SECOND).all()


def test_calls_of_the_history_do_not_overlap(history):
    calls = history.tables["calls"].sort_values(["agent_id", "occurred_at"])
    start = calls["occurred_at"].to_numpy(dtype="datetime64[s]").astype(np.int64)
    end = start + np.maximum(calls["talk_seconds"].to_numpy(dtype=np.int64), 0)
    same = calls["agent_id"].to_numpy()[1:] == calls["agent_id"].to_numpy()[:-1]
    assert (start[1:] >= end[:-1])[same].all()
