"""What may be sent: JSON alone, and not too much of it."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from starlette.datastructures import Headers

from serving.faults import refuse

if TYPE_CHECKING:
    from collections.abc import Mapping

    from starlette.types import ASGIApp, Message, Receive, Scope, Send

MEGABYTE = 1_000_000
LARGEST_BODY = MEGABYTE
LARGER_BODIES = {"/score": 20 * MEGABYTE}


class BodyLimit:
    """Middleware that refuses bodies that are too large or no JSON, before anything reads them.

    BentoML would take files, forms and pickles as well, and would fetch a file from an address that a caller names.

    Args:
        app: what is guarded.
        larger: bytes for paths that take more than :data:`LARGEST_BODY`.
    """

    def __init__(self, app: ASGIApp, larger: Mapping[str, int]) -> None:
        self._app = app
        self._larger = larger

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 413 or 415, or hand the request on with its body read."""
        if scope["type"] != "http" or scope["method"] in ("GET", "HEAD", "OPTIONS"):
            await self._app(scope, receive, send)
            return
        headers = Headers(scope=scope)
        kind = headers.get("content-type", "").partition(";")[0].strip().lower()
        if kind != "application/json":
            await refuse(415, "the body must be JSON; send Content-Type: application/json.")(scope, receive, send)
            return
        most = self._larger.get(scope["path"], LARGEST_BODY)
        body = await read_body(receive, most, headers.get("content-length"))
        if body is None:
            sentence = f"the body is larger than {most // MEGABYTE} MB; send it in parts."
            await refuse(413, sentence, {"Connection": "close"})(scope, receive, send)
            return
        await self._app(scope, replay_body(body, receive), send)


async def read_body(receive: Receive, most: int, declared: str | None) -> bytes | None:
    """Read a request's body; None where it is, or says that it is, larger than ``most`` bytes."""
    if declared is not None and declared.isdecimal() and int(declared) > most:
        return None
    parts, size, more = [], 0, True
    while more:
        message = await receive()
        part = message.get("body", b"")
        size += len(part)
        if size > most:
            return None
        parts.append(part)
        more = message["type"] == "http.request" and message.get("more_body", False)
    return b"".join(parts)


def replay_body(body: bytes, receive: Receive) -> Any:
    """A ``receive`` that gives a body that was read already, and then what comes after it."""
    given = False

    async def replay() -> Message:
        nonlocal given
        if given:
            return await receive()
        given = True
        return {"type": "http.request", "body": body, "more_body": False}

    return replay
