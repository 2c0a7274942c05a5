"""Reading questions."""

from __future__ import annotations

import pandas as pd
import pytest

from data.errors import BadInput
from features.questions import read_questions

NOON = pd.Timestamp("2025-01-01T12:00", tz="UTC")


@pytest.mark.parametrize(
    ("frame", "word"),
    [
        (pd.DataFrame({"lead_id": ["a"]}), "as_of"),
        (pd.DataFrame({"as_of": [NOON]}), "lead_id"),
        (pd.DataFrame({"lead_id": [None], "as_of": [NOON]}), "lead_id"),
        (pd.DataFrame({"lead_id": ["a", "b"], "as_of": [NOON, pd.NaT]}), "as_of"),
        (pd.DataFrame({"lead_id": ["a"], "as_of": [NOON.tz_localize(None)]}), "time zone"),
        (pd.DataFrame({"lead_id": [7], "as_of": [NOON]}), "text"),
    ],
)
def test_bad_questions_are_refused(frame, word):
    with pytest.raises(BadInput, match=word):
        read_questions(frame)


def test_other_time_zones_and_units_are_brought_to_utc():
    danish = pd.DataFrame({"lead_id": ["a"], "as_of": [NOON.tz_convert("Europe/Copenhagen").as_unit("s")]})
    assert read_questions(danish).as_of.to_pylist() == [NOON.tz_localize(None).to_pydatetime()]


def test_the_same_key_in_two_time_zones_is_in_scope_twice():
    questions = read_questions(pd.DataFrame({"lead_id": ["a", "a", "a"], "as_of": [NOON] * 3}))
    zones = questions.keys["lead_id"].from_pandas(["Europe/Copenhagen", "Asia/Tokyo", None])
    questions.keys["time_zone"] = zones
    questions.settle_time_zone()
    scope = questions.relate("lead_id", local=True)["scope"].to_pylist()
    assert sorted(row["time_zone"] for row in scope) == ["Asia/Tokyo", "Europe/Copenhagen"]
