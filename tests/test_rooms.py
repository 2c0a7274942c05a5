"""The one direction of imports: a room imports rooms to its left only."""

from __future__ import annotations

import ast
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
ALLOWED = {
    "data": set(),
    "features": {"data"},
    "roi": {"data"},
    "training": {"data", "features", "roi"},
    "monitoring": {"data", "features", "roi", "training"},
    "serving": {"data", "features", "roi", "training", "monitoring"},
    "callworth": {"data", "features", "roi", "training", "monitoring", "serving"},
}
FILES = sorted(path for room in ALLOWED for path in (ROOT / room).rglob("*.py"))
FOREIGN = {
    "mlflow": {"training/registry.py"},
    "bentoml": {"serving/bento.py"},
    "evidently": {"monitoring/drift.py"},
}
"""Libraries that can be exchanged by changing one file."""


def _imported(path: Path) -> set[str]:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    names = {alias.name for node in ast.walk(tree) if isinstance(node, ast.Import) for alias in node.names}
    names |= {node.module or "" for node in ast.walk(tree) if isinstance(node, ast.ImportFrom) and not node.level}
    return {name.split(".")[0] for name in names}


def test_there_are_files_to_walk() -> None:
    assert len(FILES) > 100


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.relative_to(ROOT).as_posix())
def test_a_room_imports_rooms_to_its_left_only(path: Path) -> None:
    room = path.relative_to(ROOT).parts[0]
    assert _imported(path) & ALLOWED.keys() <= ALLOWED[room] | {room}


@pytest.mark.parametrize("library", FOREIGN)
def test_a_library_that_can_be_exchanged_is_imported_in_one_file(library: str) -> None:
    users = {path.relative_to(ROOT).as_posix() for path in FILES if library in _imported(path)}
    assert users == FOREIGN[library]


@pytest.mark.parametrize(
    "path", [path for path in FILES if path.parts[len(ROOT.parts)] in ("features", "training", "roi")]
)
def test_the_clock_is_not_read_where_time_is_an_argument(path: Path) -> None:
    tree = ast.parse(path.read_text(encoding="utf-8"))
    called = {
        node.func.attr for node in ast.walk(tree) if isinstance(node, ast.Call) and isinstance(node.func, ast.Attribute)
    }
    assert not called & {"now", "utcnow", "today", "time"}
    assert "CURRENT_TIMESTAMP" not in path.read_text(encoding="utf-8").upper()
