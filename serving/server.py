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
    settings: Settings,
    *,
    host: str = "127.0.0.1",
    port: int = 3000,
    clock: Callable[[], datetime] = read_clock,
    announce: Callable[[str], None] = lambda address: logger.info("callworth serves at %s", address),
) -> None:
    """Serve until Ctrl-C or SIGTERM, then return.

    Args:
        settings: where store, registry and reports are.
        host: address to listen on; this machine alone by default.
        port: to listen on.
        clock: gives the present moment.
        announce: told the address once requests are answered.

    Raises:
        BadInput: the port cannot be one.
        EnvironmentFault: the port is taken, or the store does not open.
    """
    log_to_stderr()
    with _end_as_on_interrupt(), listen(host, port) as listener:
        store = open_store(settings)
        try:
            address = f"http://[{host}]:{port}" if ":" in host else f"http://{host}:{port}"
            config = uvicorn.Config(_build(settings, store, clock), **OPTIONS)
            with _settled_memory():
                AnnouncedServer(config, lambda: announce(address)).run(sockets=[listener])
        finally:
            store.close()


class AnnouncedServer(uvicorn.Server):
    """A server that says so once it answers.

    Args:
        config: of the server.
        announce: called then.
    """

    def __init__(self, config: uvicorn.Config, announce: Callable[[], None]) -> None:
        super().__init__(config)
        self._announce = announce

    async def startup(self, sockets: list[socket.socket] | None = None) -> None:
        """Start the service, and announce it."""
        await super().startup(sockets)
        self._announce()


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


@contextmanager
def _settled_memory() -> Iterator[None]:
    """What is loaded now stays until the end; walking through it again and again would hold up requests."""
    gc.collect()
    gc.freeze()
    before = gc.get_threshold()
    gc.set_threshold(*COLLECT_EVERY)
    try:
        yield
    finally:
        gc.set_threshold(*before)
        gc.unfreeze()  # what stays frozen is never freed, and DuckDB tells of it line by line when Python ends


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
