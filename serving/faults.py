"""What goes wrong, as an answer over HTTP: a status and one sentence.

The tree of :mod:`data.errors` goes on here by two branches that only a service needs to tell apart:

    BadInput
    ├── NotFound    404
    └── Conflict    409

On the command line both end with exit status 2, as bad input does.
"""

from __future__ import annotations

import functools
from typing import TYPE_CHECKING, Any, ParamSpec, TypeVar

from starlette.responses import JSONResponse

from data.errors import BadInput, CallworthError

if TYPE_CHECKING:
    from collections.abc import Awaitable, Callable

Given = ParamSpec("Given")
Answer = TypeVar("Answer")


class NotFound(BadInput):
    """What was asked about is not there, or belongs to another client."""


class Conflict(BadInput):
    """It contradicts what was reported before."""


STATUSES: tuple[tuple[type[CallworthError], int], ...] = (
    (NotFound, 404),
    (Conflict, 409),
    (BadInput, 400),
    (CallworthError, 503),
)
"""The first class that an error belongs to decides its status."""


def find_status(error: CallworthError) -> int:
    """The HTTP status of an error.

    >>> find_status(NotFound("no such lead")), find_status(BadInput("an empty id"))
    (404, 400)
    """
    return next(status for kind, status in STATUSES if isinstance(error, kind))


def refuse(status: int, sentence: str, headers: dict[str, str] | None = None) -> JSONResponse:
    """An answer that says no in one sentence."""
    return JSONResponse({"error": sentence}, status, headers)


def answer_faults(function: Callable[Given, Awaitable[Answer]]) -> Callable[Given, Awaitable[Answer]]:
    """Turn what callworth refuses into an answer; BentoML would make every exception a 500.

    Instead of a question a function may be given the error with which its body was refused; that is answered.
    """

    @functools.wraps(function)
    async def answer(*arguments: Given.args, **named: Given.kwargs) -> Any:
        try:
            for refused in arguments:
                if isinstance(refused, CallworthError):
                    raise refused
            return await function(*arguments, **named)
        except CallworthError as error:
            return refuse(find_status(error), str(error))

    return answer
