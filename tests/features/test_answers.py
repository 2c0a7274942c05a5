"""Answers find their questions."""

from __future__ import annotations

import numpy as np
import pyarrow as pa
import pytest

from features import FEATURES
from features.answers import place_answer
from features.compiling import compile_query
from features.sources import COMPANIES, LEAD_STAGES

STAGES = compile_query(LEAD_STAGES, [FEATURES["stage"], FEATURES["stage_changes"]])
INDUSTRY = compile_query(COMPANIES, [FEATURES["industry"]])


def test_each_question_gets_its_row_and_the_rest_nothing():
    result = pa.table([[2, 0], ["won", "new"], [3.0, 1.0]], schema=STAGES.schema)
    answer = place_answer(STAGES, result, 3)
    assert answer.column(FEATURES["stage"]).to_pylist() == ["new", None, "won"]
    assert answer.column(FEATURES["stage_changes"]).tolist() == [1, 0, 3]
    assert np.isnan(answer.numbers("stage_changes", np.nan)[1])


def test_no_rows_to_ask():
    answer = place_answer(STAGES, None, 2)
    assert answer.column(FEATURES["stage"]).to_pylist() == [None, None]
    assert answer.column(FEATURES["stage_changes"]).tolist() == [0, 0]


@pytest.mark.parametrize("order", [[0, 1, 2], [2, 1, 0], [1, 2, 0]])
def test_of_several_visible_versions_the_last_counts(order):
    rows = [(0, 5, 9, "older"), (0, 7, 7, "newer"), (0, 7, 8, "newest")]
    columns = [list(column) for column in zip(*(rows[place] for place in order), strict=True)]
    answer = place_answer(INDUSTRY, pa.table(columns, schema=INDUSTRY.schema), 1)
    assert answer.column(FEATURES["industry"]).to_pylist() == ["newest"]
