from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from tests.grouping import DEAREST, Claims, name_group, order_groups

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize(
    ("nodeid", "group"),
    [
        ("tests/serving/test_crm.py::test_x[a::b/c]", "tests/serving"),
        ("tests/training/backtest/test_plan.py::test_x", "tests/training"),
        ("tests/data/imports/quarantine/test_export.py::test_x", "tests/data/imports"),
        ("tests/callworth/test_demo.py::test_x", "tests/callworth/test_demo.py"),
        ("tests/test_readme.py::test_x", "tests/test_readme.py"),
        ("roi/money.py::roi.money.share", "doctests"),
    ],
)
def test_tests_that_share_what_is_dear_are_one_group(nodeid: str, group: str) -> None:
    assert name_group(nodeid) == group


def test_the_dearest_are_begun_first_and_then_those_with_most_tests() -> None:
    others = ["roi/a.py::x", *(f"tests/features/test_a.py::{number}" for number in range(3))]
    nodeids = [*others, *(f"{group}/test_a.py::x" if "." not in group else f"{group}::x" for group in DEAREST[::-1])]
    assert order_groups(nodeids) == [*DEAREST, "tests/features", "doctests"]


def test_no_two_processes_run_one_group(tmp_path: Path) -> None:
    first, second = Claims(tmp_path / "groups"), Claims(tmp_path / "groups")
    for _ in range(2):
        first.claim("tests/roi")
    second.claim("tests/data/gate")
    with pytest.raises(FileExistsError):
        second.claim("tests/roi")
