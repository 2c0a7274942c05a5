"""The language in which the service speaks to whom: as the address says, else as the browser or program prefers."""

from __future__ import annotations

from contextvars import ContextVar
from typing import TYPE_CHECKING
from urllib.parse import parse_qs

from starlette.datastructures import Headers

from features import LANGUAGES, read_language

if TYPE_CHECKING:
    from starlette.types import ASGIApp, Receive, Scope, Send

ASKED: ContextVar[tuple[str, str]] = ContextVar("asked", default=("", ""))
"""What the request at hand says: ``?lang=`` and the header Accept-Language, each empty where it is not there."""


class LanguageAsked:
    """Middleware that notes what a request says about its language.

    Args:
        app: what answers.
    """

    def __init__(self, app: ASGIApp) -> None:
        self._app = app

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Hand the request on with :data:`ASKED` set."""
        if scope["type"] == "http":
            named = parse_qs(scope["query_string"].decode("latin-1")).get("lang", [""])
            ASKED.set((named[-1], Headers(scope=scope).get("accept-language", "")))
        await self._app(scope, receive, send)


def asked_language(named: str | None = None) -> str:
    """The language of the answer at hand.

    Args:
        named: by the question itself; it goes before ``?lang=``, and that before Accept-Language.

    Raises:
        BadInput: the one that is named is not known.
    """
    address, accepted = ASKED.get()
    chosen = named or address
    return read_language(chosen).code if chosen else prefer_language(accepted)


def prefer_language(accepted: str) -> str:
    """The known language that a header Accept-Language likes best (RFC 9110, 12.5.4); English where there is none.

    >>> prefer_language("da-DK,da;q=0.9,en;q=0.8"), prefer_language("nb, en;q=0.3, da;q=0.5"), prefer_language("da;q=0")
    ('da', 'da', 'en')
    """
    liked: dict[str, float] = {}
    for part in accepted.split(","):
        tag, _, weight = part.replace(" ", "").lower().partition(";")
        language = tag.partition("-")[0]
        if language in LANGUAGES:
            liked[language] = max(_read_weight(weight), liked.get(language, 0))
    best = max(liked, key=lambda language: liked[language], default=LANGUAGES[0])
    return best if liked.get(best) else LANGUAGES[0]


def _read_weight(text: str) -> float:
    try:
        return float(text.removeprefix("q=")) if text else 1.0
    except ValueError:
        return 0.0
