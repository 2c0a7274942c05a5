"""The language of an answer: by the question, the address or the header."""

from __future__ import annotations

import asyncio
from typing import Any

import pytest

from data.errors import BadInput
from serving.language import ASKED, LanguageAsked, asked_language, prefer_language


@pytest.mark.parametrize(
    ("accepted", "language"),
    [
        ("", "en"),
        ("*", "en"),
        ("da", "da"),
        ("DA-dk", "da"),
        ("da-DK,da;q=0.9,en;q=0.8", "da"),
        ("en-GB, da; q=0.9", "en"),
        ("sv, nb;q=0.9, da;q=0.2, en;q=0.1", "da"),
        ("en;q=0.1,da;q=0", "en"),
        ("da;q=0", "en"),
        ("da;q=much", "en"),
        ("dan", "en"),
    ],
)
def test_the_header(accepted: str, language: str) -> None:
    assert prefer_language(accepted) == language


@pytest.mark.parametrize(
    ("query", "header", "named", "language"),
    [
        (b"", b"da", None, "da"),
        (b"lang=en", b"da", None, "en"),
        (b"lang=en&lang=da", b"", None, "da"),
        (b"lang=en", b"", "da", "da"),
        (b"x=1", b"", None, "en"),
    ],
)
def test_the_question_goes_before_the_address_and_that_before_the_header(
    query: bytes, header: bytes, named: str | None, language: str
) -> None:
    found: list[str] = []

    async def answer(*_: Any) -> None:
        found.append(asked_language(named))

    scope = {"type": "http", "query_string": query, "headers": [(b"accept-language", header)]}
    asyncio.run(LanguageAsked(answer)(scope, None, None))  # type: ignore[arg-type]
    assert found == [language]


def test_a_language_that_is_not_known_is_refused() -> None:
    token = ASKED.set(("sv", "da"))
    try:
        with pytest.raises(BadInput, match="the language 'sv' is not known; use one of en, da"):
            asked_language()
    finally:
        ASKED.reset(token)
