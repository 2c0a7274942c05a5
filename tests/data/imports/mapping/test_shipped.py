"""Mappings that come with callworth: loaded by name, shown as they are, and not mistaken for a changed copy."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import pytest

from data.errors import MappingError
from data.imports.mapping.document import read_mapping
from data.imports.mapping.shipped import list_mappings, load_mapping, read_mapping_text

if TYPE_CHECKING:
    from pathlib import Path


@pytest.mark.parametrize("name", list_mappings())
def test_mappings_that_come_with_callworth_load(name: str) -> None:
    mapping = load_mapping(name)
    assert mapping.name == name
    assert mapping.description


def test_a_mapping_is_shown_as_it_is_loaded() -> None:
    assert read_mapping(read_mapping_text("hubspot"), "hubspot") == load_mapping("hubspot")


def test_a_changed_copy_needs_a_name_of_its_own(tmp_path: Path) -> None:
    path, text = tmp_path / "ours.toml", read_mapping_text("hubspot")
    path.write_text(text, encoding="utf-8")
    assert load_mapping(str(path)) == load_mapping("hubspot")
    path.write_text(text.replace('client = "client"', 'client = "nordlys"'), encoding="utf-8")
    with pytest.raises(MappingError, match="has the name 'hubspot' of one that comes with callworth, and says other"):
        load_mapping(str(path))
    path.write_text(text.replace('name = "hubspot"', 'name = "nordlys"', 1), encoding="utf-8")
    assert load_mapping(str(path)).name == "nordlys"


@pytest.mark.parametrize("name", ["contract", "hubspt", "../x"])
def test_only_what_comes_with_callworth_is_shown(name: str) -> None:
    with pytest.raises(MappingError, match=f"mapping '{re.escape(name)}' is no file that comes with callworth; "):
        read_mapping_text(name)


def test_what_is_no_mapping_file_is_told(tmp_path: Path) -> None:
    (tmp_path / "m.toml").write_bytes(b"\xff\xfe\x00")
    for name in ("nonsense", str(tmp_path), "a\0b", str(tmp_path / "m.toml")):
        with pytest.raises(MappingError, match="is neither a text file nor one of contract, b2b-sales, dynamics365"):
            load_mapping(name)
