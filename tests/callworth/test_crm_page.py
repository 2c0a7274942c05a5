"""The page on CRMs: its commands run as they stand there, on exports with the headers that it names."""

from __future__ import annotations

import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from data.imports.mapping import expected_columns, load_mapping

TESTS = Path(__file__).parents[1]
PAGE = (TESTS.parent / "docs" / "crm.md").read_text(encoding="utf-8")


def test_the_commands_of_the_page_work(tmp_path: Path) -> None:
    shutil.copytree(TESTS / "data" / "mappings", tmp_path, dirs_exist_ok=True)
    environment = os.environ | {
        "CALLWORTH_HOME": str(tmp_path / "home"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    (block,) = re.findall(r"```sh\n(.*?)```", PAGE, re.DOTALL)
    done = subprocess.run(
        ["sh", "-c", f"set -e\n{block}"], cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
    assert done.stdout.count("Would import (dry run)") == done.stdout.count("Imported: ") == 1
    assert "company_id: required" in done.stdout


def test_the_page_names_each_mapping_and_file() -> None:
    for name in ("salesforce", "hubspot", "dynamics365"):
        files = [file for file in load_mapping(name).files if file.tables]
        assert f"Mapping `{name}`" in PAGE
        assert [file.name for file in files if f"`{file.name}`" not in PAGE and file.name != "User.csv"] == []


@pytest.mark.parametrize("row", re.findall(r"^    \| (\w[\w ]+?) \| (.+) \|$", PAGE, re.MULTILINE)[1:])
def test_views_of_dynamics_have_the_columns_that_must_be_there(row: tuple[str, str]) -> None:
    table, columns = row
    mapping = load_mapping("dynamics365")
    (file,) = (file for file in mapping.files if file.name == f"{table.lower()}.csv")
    needed = {name for name in expected_columns(mapping, file) if not name.startswith("(Do Not Modify)")}
    assert needed <= set(columns.split(", "))
