"""Grades and trends by limits of the house's own."""

from __future__ import annotations

from pathlib import Path

import pytest

from data.errors import BadInput
from data.grading import Grading, read_grading
from data.settings import read_settings

FILE = Path("/cw/settings.toml")


def test_limits_are_read_from_the_home_folder(tmp_path: Path) -> None:
    environment = {"CALLWORTH_HOME": str(tmp_path)}
    assert read_settings(environment).grading == Grading(90, 70, 40, 4)
    (tmp_path / "settings.toml").write_text("[grades]\na = 80\nsteady_within = 0\n", encoding="utf-8")
    grading = read_settings(environment).grading
    assert [grading.grade(score) for score in (80, 79, 70, 69, 40, 39, 1)] == ["A", "B", "B", "C", "C", "D", "D"]
    assert [grading.find_trend(50, now) for now in (49, 50, 51)] == ["down", "steady", "up"]


@pytest.mark.parametrize(
    ("said", "says"),
    [
        ({"A": 90}, r"settings\.toml: grades\.A is not known; known are a, b, c, steady_within\."),
        ({"a": 100}, r"grades\.a = 100 is not a score; write a whole one from 1 to 99\."),
        ({"b": 0}, r"grades\.b = 0 is not a score; write a whole one from 1 to 99\."),
        ({"c": "40"}, r"grades\.c = '40' is not a score"),
        ({"a": True}, r"grades\.a = True is not a score"),
        ({"steady_within": -1}, r"grades\.steady_within = -1 is not a score; write a whole one from 0 to 99\."),
        ({"b": 90}, r"grades\.a = 90, b = 90 and c = 40 do not fall; A begins above B, and B above C\."),
        ({"c": 75}, r"a = 90, b = 70 and c = 75 do not fall"),
        (3, r"grades is not a table; write \[grades\] and below it, for example, a = 85\."),
    ],
)
def test_limits_that_do_not_hold_are_told(said: object, says: str) -> None:
    with pytest.raises(BadInput, match=says):
        read_grading(FILE, said)
