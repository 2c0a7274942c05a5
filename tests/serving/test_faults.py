from __future__ import annotations

import asyncio
import json

import pytest

from data.errors import AnswerNo, ArtefactRejected, BadInput, SourceError, StoreUnavailable
from serving.faults import Conflict, NotFound, answer_faults


@pytest.mark.parametrize(
    ("error", "status"),
    [
        (BadInput("a"), 400),
        (SourceError("a", file="f", remedy="r"), 400),
        (NotFound("a"), 404),
        (Conflict("a"), 409),
        (StoreUnavailable("a"), 503),
        (ArtefactRejected("a"), 503),
        (AnswerNo("a"), 503),
    ],
)
def test_an_error_becomes_its_sentence_with_its_status(error: Exception, status: int) -> None:
    async def fail() -> None:
        raise error

    answer = asyncio.run(answer_faults(fail)())
    assert answer.status_code == status  # type: ignore[attr-defined]
    assert json.loads(answer.body) == {"error": str(error)}  # type: ignore[attr-defined]


def test_what_is_no_refusal_is_not_hidden() -> None:
    async def fail() -> None:
        raise ZeroDivisionError

    with pytest.raises(ZeroDivisionError):
        asyncio.run(answer_faults(fail)())


def test_a_body_that_was_refused_is_answered_for() -> None:
    async def work(question: object) -> object:
        return question

    assert asyncio.run(answer_faults(work)("asked")) == "asked"
    answer = asyncio.run(answer_faults(work)(BadInput("no question")))
    assert answer.status_code == 400  # type: ignore[attr-defined]
    assert json.loads(answer.body) == {"error": "no question"}  # type: ignore[attr-defined]
