"""Criteria come from a TOML, the house's own before callworth's, and a slip in it is told in one sentence."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.errors import BadInput
from features import FEATURES
from training.points.criteria import SHIPPED, read_criteria

if TYPE_CHECKING:
    from pathlib import Path

HEAD = "points_to_double = 10\n[usual]\nleads = 10\nwon_share = 0.1\nmean_days = 60\n"


def test_criteria_that_callworth_brings_name_features() -> None:
    assert {one.feature for one in read_criteria().criteria} <= set(FEATURES)


def test_the_house_has_its_own(tmp_path: Path) -> None:
    own = '[[criterion]]\nfeature = "calls"\nbelow = 3\npoints = 2\n'
    (tmp_path / "points.toml").write_text(HEAD + own, encoding="utf-8")
    found = read_criteria(tmp_path)
    assert [(one.feature, one.at_least, one.below, one.points) for one in found.criteria] == [("calls", None, 3.0, 2.0)]
    assert found.usual.won_share == 0.1


def test_without_its_own_the_house_has_those_of_callworth(tmp_path: Path) -> None:
    assert read_criteria(tmp_path) == read_criteria()


@pytest.mark.parametrize(
    ("wrong", "told"),
    [
        ('[[criterion]]\nfeature = "shoe_size"\nbelow = 3\npoints = 2\n', "criterion 1: 'shoe_size' is no feature"),
        ('[[criterion]]\nfeature = "calls"\nis = ["x"]\npoints = 2\n', "'calls' needs one test, at_least or below"),
        ('[[criterion]]\nfeature = "stage"\nbelow = 3\npoints = 2\n', "'stage' needs one test, is"),
        ('[[criterion]]\nfeature = "calls"\nbelow = 3\n', "points is None; give a number"),
        ('[[criterion]]\nfeature = "calls"\nbelow = true\npoints = 1\n', "below is True; give a number"),
        ('[[criterion]]\nfeature = "calls"\nbelow = 3\npoints = 1\nwhy = ""\n', "the key 'why' is unknown"),
        ("[[criterion]\n", "is not valid TOML"),
    ],
)
def test_slips_are_told(tmp_path: Path, wrong: str, told: str) -> None:
    (tmp_path / "points.toml").write_text(HEAD + wrong, encoding="utf-8")
    with pytest.raises(BadInput, match=r"points\.toml") as refusal:
        read_criteria(tmp_path)
    assert told in str(refusal.value)


@pytest.mark.parametrize(("right", "wrong"), [("= 10\n[", "= 0\n["), ("won_share = 0.1", "won_share = 1.0")])
def test_numbers_out_of_range_are_told(tmp_path: Path, right: str, wrong: str) -> None:
    (tmp_path / "points.toml").write_text(HEAD.replace(right, wrong), encoding="utf-8")
    with pytest.raises(BadInput, match=r"points\.toml"):
        read_criteria(tmp_path)


def test_the_file_is_shipped() -> None:
    assert SHIPPED.is_file()
