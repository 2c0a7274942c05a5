"""Who may ask: an access key on every route but the health checks; metrics for this machine alone."""

from __future__ import annotations

import base64
import binascii
from contextvars import ContextVar
from typing import TYPE_CHECKING

from starlette.datastructures import Headers

from data.errors import StoreUnavailable
from data.keys import AccessKey, find_key
from serving.faults import refuse

if TYPE_CHECKING:
    from starlette.responses import Response
    from starlette.types import ASGIApp, Receive, Scope, Send

    from serving.desk import Desk

OPEN = frozenset({"/livez", "/readyz", "/healthz"})
METRICS = "/metrics"
LOOPBACK = frozenset({"127.0.0.1", "::1"})

HOW = (
    "send an access key: Authorization: Bearer cw_…, or in a browser the key as password; make one: callworth key new."
)
ASK_BROWSER = {"WWW-Authenticate": 'Basic realm="callworth", charset="UTF-8"'}
ASK_PROGRAM = {"WWW-Authenticate": "Bearer"}

CALLER: ContextVar[AccessKey] = ContextVar("caller")
"""The key that the request at hand came with."""


def caller_client() -> str | None:
    """The only client whose leads the caller may see; None for all.

    Raises:
        LookupError: no key was asked for, which must not happen on a route that shows leads.
    """
    return CALLER.get().client_id


class KeyGuard:
    """Middleware that lets nobody pass without a key.

    Args:
        app: what is guarded.
        desk: the service's.
    """

    def __init__(self, app: ASGIApp, desk: Desk) -> None:
        self._app = app
        self._desk = desk

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer 401 or 403, or hand the request on with :data:`CALLER` set."""
        if scope["type"] == "lifespan" or scope["path"] in OPEN:
            await self._app(scope, receive, send)
            return
        answer = await self._check(scope)
        await (answer or self._app)(scope, receive, send)

    async def _check(self, scope: Scope) -> Response | None:
        if scope["type"] != "http":
            return refuse(403, "the service speaks HTTP alone.")
        if scope["path"] == METRICS:
            here = scope["client"] and scope["client"][0] in LOOPBACK
            return None if here else refuse(403, "metrics are given to this machine alone; ask from there.")
        reads = scope["method"] in ("GET", "HEAD")
        how = ASK_BROWSER if reads else ASK_PROGRAM
        key = read_key(Headers(scope=scope).get("authorization", ""), basic=reads)
        if not key:
            return refuse(401, f"there is no access key; {HOW}", how)
        try:
            found = await self._desk.run(self._find, key)
        except StoreUnavailable as error:
            return refuse(503, str(error))
        if found is None:
            return refuse(401, f"the access key is not known, or was revoked; {HOW}", how)
        CALLER.set(found)
        return None

    def _find(self, key: str) -> AccessKey | None:
        with self._desk.store.transaction() as connection:
            return find_key(connection, key)


def read_key(authorization: str, *, basic: bool) -> str:
    """The key in an Authorization header; empty where there is none.

    Args:
        authorization: the header's value.
        basic: whether a browser's form is taken too. It is not for what writes: a browser sends it by itself, also
            when another site made it ask.

    >>> read_key("Bearer cw_x", basic=False), read_key("Basic OmN3X3g=", basic=True)
    ('cw_x', 'cw_x')
    """
    scheme, _, given = authorization.partition(" ")
    if scheme.lower() == "bearer":
        return given.strip()
    if scheme.lower() != "basic" or not basic:
        return ""
    try:
        return base64.b64decode(given, validate=True).decode().partition(":")[2]
    except (binascii.Error, UnicodeDecodeError):
        return ""
