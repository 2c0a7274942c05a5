from __future__ import annotations

import os
import shutil
import signal
import socket
import subprocess
import sys
from concurrent.futures import ThreadPoolExecutor
from typing import TYPE_CHECKING, Any

import httpx
import pytest
import sqlalchemy as sa

from data.errors import BadInput, EnvironmentFault
from serving.server import listen

if TYPE_CHECKING:
    from collections.abc import Iterator
    from pathlib import Path

SCRIPT = """
import sys
from datetime import datetime, timedelta, UTC
from pathlib import Path
from data.settings import Settings
from serving import serve

began = datetime.now(UTC)
before_noon = datetime(2026, 6, 17, 9, 50, tzinfo=UTC)  # what happens here is the past to the other tests
serve(
    Settings(Path(sys.argv[1])),
    port=int(sys.argv[2]),
    clock=lambda: before_noon + (datetime.now(UTC) - began),
    announce=lambda address: print(address, flush=True),
)
"""


@pytest.fixture(scope="module")
def port() -> int:
    """A port that nobody has."""
    with socket.create_server(("127.0.0.1", 0)) as free:
        return int(free.getsockname()[1])


@pytest.fixture(scope="module")
def process(world: Any, port: int) -> Iterator[subprocess.Popen[bytes]]:
    """The service in a process of its own."""
    environment = {**os.environ, "PYTHONWARNINGS": "ignore"}
    command = [sys.executable, "-c", SCRIPT, str(world.settings.home), str(port)]
    with subprocess.Popen(command, stderr=subprocess.PIPE, stdout=subprocess.PIPE, env=environment) as started:
        yield started
        started.kill()


@pytest.fixture(scope="module")
def browser(process: subprocess.Popen[bytes], world: Any, port: int) -> Iterator[httpx.Client]:
    """A client with a key, once the service is ready."""
    headers = {"Authorization": f"Bearer {world.key}"}
    with httpx.Client(base_url=f"http://127.0.0.1:{port}", headers=headers, timeout=20) as client:
        assert process.stdout is not None
        assert process.stdout.readline().decode() == f"http://127.0.0.1:{port}\n"
        assert client.get("/readyz").status_code == 200  # at once: it is announced when it answers
        yield client


def test_the_chain_over_http(world: Any, desk: Any, browser: httpx.Client) -> None:  # noqa: ARG001
    agent = world.tables["agents"]["agent_id"][0].as_py()
    question = {"agent_id": agent, "campaign_id": world.campaign}
    with ThreadPoolExecutor(16) as agents:
        answers = list(agents.map(lambda _: browser.post("/next_lead", json=question), range(16)))
    assert {answer.status_code for answer in answers} == {200}
    leads = [answer.json()["lead"]["lead_id"] for answer in answers if answer.json()["lead"]]
    assert leads
    assert len(leads) == len(set(leads))

    report = {
        "call_id": "in a process",
        "lead_id": leads[0],
        "agent_id": agent,
        "occurred_at": "2026-06-17T09:49:00Z",
        "talk_seconds": 12,
        "disposition": "voicemail",
    }
    assert [browser.post("/report_call", json=report).json()["recorded"] for _ in range(2)] == [True, False]
    view = browser.post("/lead", json={"lead_id": leads[0]}).json()
    assert ("2026-06-17T09:49:00Z", "voicemail") in {
        (call["occurred_at"], call["disposition"]) for call in view["calls"]
    }
    assert not view["may_call"]
    assert browser.get("/").status_code == 200
    assert "bentoml_service_request" in browser.get("/metrics", headers={"Authorization": ""}).text


def test_a_browser_shows_the_call_lists(
    world: Any, browser: httpx.Client, port: int, tmp_path: Path, names: list[str]
) -> None:
    program = shutil.which("chromium") or shutil.which("google-chrome")
    if program is None:
        pytest.skip("neither chromium nor google-chrome is installed")
    assert browser.get("/livez").status_code == 200
    options = ["--headless", "--no-sandbox", "--disable-gpu", f"--user-data-dir={tmp_path}", "--dump-dom"]
    shown = subprocess.run(
        [program, *options, f"http://anyone:{world.key}@127.0.0.1:{port}/"], capture_output=True, timeout=60, check=True
    )
    assert all(name in shown.stdout.decode() for name in names)


@pytest.fixture
def names(world: Any) -> list[str]:
    """The names of the campaigns with leads in the queue, Danish letters and all."""
    with world.store.transaction() as connection:
        found = connection.execute(
            sa.text("SELECT DISTINCT name FROM campaigns JOIN call_queue USING (campaign_id)")
        ).scalars()
        return list(found)


def test_a_port_that_is_taken(browser: httpx.Client, port: int) -> None:
    assert browser.get("/livez").status_code == 200
    with pytest.raises(EnvironmentFault, match=f"^port {port} is in use; stop the program that has it"):
        listen("127.0.0.1", port)


@pytest.mark.parametrize("port", [0, -1, 65_536])
def test_what_is_no_port(port: int) -> None:
    with pytest.raises(BadInput, match="is no port"):
        listen("127.0.0.1", port)


def test_an_address_of_another_machine() -> None:
    with pytest.raises(EnvironmentFault, match="cannot be listened on"):
        listen("192.0.2.1", 3_000)


def test_sigterm_ends_it_cleanly_and_nothing_personal_was_logged(
    process: subprocess.Popen[bytes], browser: httpx.Client
) -> None:
    name = "Bjørn Åkesen"
    assert browser.post("/lead", json={"lead_id": {"name": name}, name: 1}).status_code == 400
    process.send_signal(signal.SIGTERM)
    out, log = process.communicate(timeout=20)
    assert process.returncode == 0
    assert b"callworth has stopped" in log
    assert b"Traceback" not in log
    assert b"leaked" not in log
    assert name.encode() not in log + out
