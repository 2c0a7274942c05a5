from __future__ import annotations

import shutil
import socket
import subprocess
import sys
from typing import TYPE_CHECKING

import pytest

from benchmarks.installation import answers, copy_checkout, make_environment, time_make_run
from data.errors import EnvironmentFault

if TYPE_CHECKING:
    from pathlib import Path

SERVICE = """
import http.server, sys

class Probe(http.server.BaseHTTPRequestHandler):
    def do_GET(self):
        self.send_response(200 if self.path == "/readyz" else 404)
        self.end_headers()

http.server.HTTPServer(("127.0.0.1", int(sys.argv[1])), Probe).serve_forever()
"""


@pytest.fixture
def port() -> int:
    """A port that is free."""
    with socket.socket() as probe:
        probe.bind(("127.0.0.1", 0))
        return int(probe.getsockname()[1])


def test_make_run_is_timed_until_ready_and_stopped(tmp_path: Path, port: int) -> None:
    (tmp_path / "service.py").write_text(SERVICE, encoding="utf-8")
    recipe = f"run:\n\tmkdir .venv\n\ttouch .venv/.ready\n\tsleep 0.3\n\t{sys.executable} service.py {port}\n"
    (tmp_path / "Makefile").write_text(recipe, encoding="utf-8")
    start = time_make_run(tmp_path, tmp_path / "home", port=port, patience=20)
    assert 0 < start.environment < start.ready
    assert start.ready > 0.3
    assert not answers(port)


def test_make_run_that_fails_is_said(tmp_path: Path, port: int) -> None:
    (tmp_path / "Makefile").write_text("run:\n\tfalse\n", encoding="utf-8")
    with pytest.raises(EnvironmentFault, match="did not get ready"):
        time_make_run(tmp_path, tmp_path / "home", port=port, patience=20)


def test_make_run_that_hangs_is_given_up(tmp_path: Path, port: int) -> None:
    (tmp_path / "Makefile").write_text("run:\n\t@echo waiting; sleep 60\n", encoding="utf-8")
    with pytest.raises(EnvironmentFault, match="waiting"):
        time_make_run(tmp_path, tmp_path / "home", port=port, patience=0.5)


def test_a_port_in_use_is_refused(tmp_path: Path) -> None:
    with socket.create_server(("127.0.0.1", 0)) as taken:
        port = taken.getsockname()[1]
        with pytest.raises(EnvironmentFault, match=f"port {port} is in use"):
            time_make_run(tmp_path, tmp_path / "home", port=port)


def test_the_environment_is_a_newcomers(monkeypatch: pytest.MonkeyPatch, tmp_path: Path) -> None:
    for name in ("CALLWORTH_DATABASE_URL", "VIRTUAL_ENV", "MAKEFLAGS"):
        monkeypatch.setenv(name, "of this run")
    variables = make_environment(tmp_path)
    assert "of this run" not in variables.values()
    assert variables["CALLWORTH_HOME"] == str(tmp_path)
    assert "PATH" in variables


@pytest.mark.skipif(shutil.which("git") is None, reason="git is not here")
def test_the_last_commit_is_laid_out_alone(tmp_path: Path) -> None:
    checkout, copy = tmp_path / "checkout", tmp_path / "copy"
    (checkout / "room").mkdir(parents=True)
    (checkout / "room" / "kept.txt").write_text("committed", encoding="utf-8")
    git = ["git", "-c", "user.name=nobody", "-c", "user.email=nobody@example.com", "-c", "commit.gpgsign=false"]
    for words in (["init", "--quiet"], ["add", "."], ["commit", "--quiet", "--message", "begin"]):
        subprocess.run([*git, *words], cwd=checkout, check=True)
    (checkout / "stray.txt").write_text("not committed", encoding="utf-8")
    copy_checkout(checkout, copy)
    assert [path.relative_to(copy).as_posix() for path in copy.rglob("*") if path.is_file()] == ["room/kept.txt"]


def test_a_folder_without_commits_is_refused(tmp_path: Path) -> None:
    with pytest.raises(EnvironmentFault, match="commit first"):
        copy_checkout(tmp_path, tmp_path / "copy")
