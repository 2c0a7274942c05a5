"""Starting the service: one process, one port, a clean end on Ctrl-C and SIGTERM."""

from __future__ import annotations

import errno
import gc
import logging
import signal
import socket
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any

import uvicorn

from data.errors import BadInput, EnvironmentFault
from data.store import open_store
from serving.desk import read_clock
from serving.quiet import log_to_stderr

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator
    from datetime import datetime

    from data.settings import Settings

logger = logging.getLogger(__name__)

GRACE_SECONDS = 10
COLLECT_EVERY = (50_000, 20, 50)
WAITING_CONNECTIONS = 2_048


def serve(
    settings: Settings, *, host: str = "127.0.0.1", port: int = 3000, clock: Callable[[], datetime] = read_clock
) -> None:
    """Serve until Ctrl-C or SIGTERM, then return.

    Args:
        settings: where store, registry and reports are.
        host: address to listen on; this machine alone by default.
        port: to listen on.
        clock: gives the present moment.

    Raises:
        BadInput: the port cannot be one.
        EnvironmentFault: the port is taken, or the store does not open.
    """
    log_to_stderr()
    with _end_as_on_interrupt(), listen(host, port) as listener:
        store = open_store(settings)
        try:
            server = uvicorn.Server(uvicorn.Config(_build(settings, store, clock), **OPTIONS))
            _settle_memory()
            logger.info("callworth serves at http://%s:%d", f"[{host}]" if ":" in host else host, port)
            server.run(sockets=[listener])
        finally:
            store.close()


def listen(host: str, port: int) -> socket.socket:
    """Take the port.

    Raises:
        BadInput: the port cannot be one.
        EnvironmentFault: another program has it, or the address is not this machine's.
    """
    if not 0 < port < 2**16:
        raise BadInput(f"--port {port} is no port; choose one from 1 to 65535.")
    family = socket.AF_INET6 if ":" in host else socket.AF_INET
    try:
        return socket.create_server((host, port), family=family, backlog=WAITING_CONNECTIONS)
    except OSError as error:
        if error.errno == errno.EADDRINUSE:
            sentence = f"port {port} is in use; stop the program that has it, or choose another with --port."
        else:
            sentence = f"{host}, port {port}, cannot be listened on ({error.strerror}); choose another."
        raise EnvironmentFault(sentence) from error


OPTIONS: dict[str, Any] = {
    "log_config": None,
    "access_log": False,  # paths name leads
    "server_header": False,
    "timeout_graceful_shutdown": GRACE_SECONDS,
}


def _build(settings: Settings, store: Any, clock: Callable[[], datetime]) -> Any:
    from serving.bento import keep_files_at_home

    keep_files_at_home(settings)
    from serving.service import make_service

    return make_service(settings, store, clock=clock).to_asgi()


def _settle_memory() -> None:
    """What is loaded now stays; walking through it again and again would hold up requests."""
    gc.collect()
    gc.freeze()
    gc.set_threshold(*COLLECT_EVERY)


@contextmanager
def _end_as_on_interrupt() -> Iterator[None]:
    """Make SIGTERM end the block as Ctrl-C does, and both quietly.

    Uvicorn shuts down first, and raises the signal again when it is done.
    """
    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        yield
    except KeyboardInterrupt:
        logger.info("callworth has stopped")
    finally:
        signal.signal(signal.SIGTERM, before)
