"""The README's commands, run as they stand there."""

from __future__ import annotations

import os
import re
import shlex
import subprocess
import sys
from pathlib import Path

ROOT = Path(__file__).parents[1]
README = (ROOT / "README.md").read_text(encoding="utf-8")


def _block(language: str, holding: str) -> str:
    blocks = re.findall(rf"```{language}\n(.*?)```", README, flags=re.DOTALL)
    return next(block for block in blocks if holding in block)


def _write_export(path: Path) -> None:
    lines = ["Lead;CVR;Created;Closed;Status;Amount;Industry"]
    for number in range(400):
        status = ("Won", "Lost", "Lost", "Open")[number % 4]
        closed = "" if status == "Open" else f"2026-0{4 + number % 2}-{1 + number % 27:02d}"
        created = f"2026-0{1 + number % 3}-{1 + number % 27:02d}"
        industry = "Håndværk" if number % 8 < 3 else "IT"
        lines.append(f"{number};{10_000_000 + number};{created};{closed};{status};{20_000 + number};{industry}")
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")


def test_the_mapping_and_the_commands_of_the_readme_work(tmp_path: Path) -> None:
    _write_export(tmp_path / "leads.csv")
    (tmp_path / "crm.toml").write_text(_block("toml", "[tables.leads]"), encoding="utf-8")
    environment = os.environ | {
        "CALLWORTH_HOME": str(tmp_path / "home"),
        "PATH": f"{Path(sys.executable).parent}:{os.environ['PATH']}",
    }
    for command in _block("sh", "callworth import").splitlines():
        done = subprocess.run(
            shlex.split(command), cwd=tmp_path, env=environment, capture_output=True, text=True, check=False
        )
        assert done.returncode == 0, f"{command}: {done.stderr}"


def test_the_two_commands_are_words_of_the_makefile() -> None:
    words = re.findall(r"^([a-z]+):", (ROOT / "Makefile").read_text(encoding="utf-8"), flags=re.MULTILINE)
    told = [line.split()[1] for line in _block("sh", "make run").splitlines()]
    assert told == ["run", "test"]
    assert set(told) <= set(words)


def test_continuous_integration_runs_the_readmes_test_command() -> None:
    script = [line for line in (ROOT / ".ci" / "run").read_text(encoding="utf-8").splitlines() if line]
    assert script[-1] == "make test"
