"""Files beside the database that hold a person."""

from __future__ import annotations

from typing import TYPE_CHECKING

import pytest

from data.erasure.files import find_files
from data.erasure.people import Person

if TYPE_CHECKING:
    from pathlib import Path

ANNE = Person("p", "n", frozenset({"åse@bager.dk"}), frozenset({"åse ø"}), frozenset({"+4533123456"}), 0)


@pytest.mark.parametrize(
    ("text", "holds"),
    [("x;åse@BAGER.dk;y", True), ("(33123456)", True), ("åse ø", True), ("åse", False), ("p;n", False)],
)
def test_a_file_with_address_number_or_full_name_is_named(tmp_path: Path, text: str, holds: bool) -> None:
    (tmp_path / "exports").mkdir()
    (tmp_path / "exports" / "a.csv").write_text(text, encoding="utf-8")
    assert find_files(tmp_path, [ANNE]) == ([str(tmp_path / "exports" / "a.csv")] if holds else [])


def test_what_stands_across_two_blocks_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("data.erasure.files.BLOCK", 16)
    (tmp_path / "a").write_bytes(b"-" * 11 + b"33123456")
    assert find_files(tmp_path, [ANNE]) == [str(tmp_path / "a")]


def test_the_database_s_own_files_are_left_to_maintenance(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "1").write_bytes(b"33123456")
    assert find_files(tmp_path, [ANNE]) == []
