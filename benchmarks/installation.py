"""``make run`` as a newcomer runs it: a fresh copy, no environment, no caches, until the service is ready."""

from __future__ import annotations

import http.client
import io
import os
import signal
import socket
import subprocess
import tarfile
import time
from dataclasses import dataclass
from typing import TYPE_CHECKING, BinaryIO

from data.errors import EnvironmentFault

if TYPE_CHECKING:
    from collections.abc import Callable
    from pathlib import Path

PORT = 3000
MARK = ".venv/.ready"
"""What the Makefile leaves when the environment is made."""

PAUSE_SECONDS = 0.1
PATIENCE_SECONDS = 1_200.0
GRACE_SECONDS = 30.0
INHERITED = ("CALLWORTH_", "VIRTUAL_ENV", "MAKE", "MFLAGS", "PYTHONPATH", "PYTHONHOME")


@dataclass(frozen=True)
class Start:
    """Seconds from ``make run`` until the environment is made, and until the service is ready."""

    environment: float
    ready: float


def copy_checkout(checkout: Path, folder: Path) -> None:
    """Lay out the last commit of a checkout in a folder, as a fresh clone has it.

    Raises:
        EnvironmentFault: there is no commit.
    """
    archive = subprocess.run(["git", "archive", "--format=tar", "HEAD"], cwd=checkout, check=False, capture_output=True)
    if archive.returncode:
        raise EnvironmentFault("the checkout has no commit to install from; commit first.")
    with tarfile.open(fileobj=io.BytesIO(archive.stdout)) as files:
        files.extractall(folder, filter="data")


def time_make_run(checkout: Path, home: Path, *, port: int = PORT, patience: float = PATIENCE_SECONDS) -> Start:
    """Run ``make run``, wait until the service is ready, and stop it by Ctrl-C.

    Args:
        checkout: a copy without environment.
        home: an empty folder for the store, and for the caches of the installers, so that nothing is found there.
        port: that the service takes.
        patience: seconds until it is given up.

    Raises:
        EnvironmentFault: the port is taken, ``make run`` fails, or it is never ready.
    """
    if answers(port):
        raise EnvironmentFault(f"port {port} is in use; stop the program that has it.")
    home.mkdir(parents=True)
    variables = make_environment(home) | {"UV_CACHE_DIR": str(home / "uv"), "PIP_CACHE_DIR": str(home / "pip")}
    path = home / "make.log"
    began = time.perf_counter()
    with path.open("wb") as log:
        make = _start_make(checkout, variables, log)
        try:
            _wait(lambda: (checkout / MARK).exists(), make, path, began + patience)
            environment = time.perf_counter() - began
            _wait(lambda: is_ready(port), make, path, began + patience)
            return Start(environment, time.perf_counter() - began)
        finally:
            _stop(make)


def make_environment(home: Path) -> dict[str, str]:
    """The process's environment variables, without those of this run, and with a home of callworth."""
    kept = {name: value for name, value in os.environ.items() if not name.startswith(INHERITED)}
    return kept | {"CALLWORTH_HOME": str(home), "GOMP_SPINCOUNT": "1000"}


def answers(port: int) -> bool:
    """Whether something listens on a port of this machine."""
    with socket.socket() as probe:
        return probe.connect_ex(("127.0.0.1", port)) == 0


def is_ready(port: int) -> bool:
    """Whether the service says that it is ready."""
    connection = http.client.HTTPConnection("127.0.0.1", port, timeout=2)  # by no proxy
    try:
        connection.request("GET", "/readyz")
        return connection.getresponse().status == http.HTTPStatus.OK
    except (http.client.HTTPException, OSError):
        return False
    finally:
        connection.close()


def _start_make(checkout: Path, variables: dict[str, str], log: BinaryIO) -> subprocess.Popen[bytes]:
    # A shell that runs this in the background has it ignore Ctrl-C, and what is started here would inherit that.
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    try:
        return subprocess.Popen(
            ["make", "run"], cwd=checkout, env=variables, stdout=log, stderr=log, start_new_session=True
        )
    finally:
        signal.signal(signal.SIGINT, before)


def _wait(done: Callable[[], bool], make: subprocess.Popen[bytes], log: Path, until: float) -> None:
    while not done():
        if make.poll() is not None or time.perf_counter() > until:
            said = log.read_text(encoding="utf-8", errors="replace").strip().splitlines() or ["it said nothing"]
            raise EnvironmentFault(f"make run did not get ready ({said[-1]}); mend it first.")
        time.sleep(PAUSE_SECONDS)


def _stop(make: subprocess.Popen[bytes]) -> None:
    if make.poll() is None:
        os.killpg(make.pid, signal.SIGINT)
        try:
            make.wait(GRACE_SECONDS)
        except subprocess.TimeoutExpired:
            os.killpg(make.pid, signal.SIGKILL)
            make.wait()
