from __future__ import annotations

import asyncio
from typing import Any

import pytest

from serving.limits import LARGER_BODIES, MEGABYTE, read_body, replay_body


@pytest.mark.parametrize("path", ["/next_lead", "/report_call", "/lead"])
def test_a_body_over_one_megabyte_is_refused(visitor: Any, bearer: dict[str, str], path: str) -> None:
    body = b'{"lead_id": "' + b"x" * MEGABYTE + b'"}'
    answer = visitor.post(path, content=body, headers=bearer | {"Content-Type": "application/json"})
    assert (answer.status_code, answer.json()) == (413, {"error": "the body is larger than 1 MB; send it in parts."})


def test_rows_to_score_may_take_twenty(visitor: Any, bearer: dict[str, str]) -> None:
    json = bearer | {"Content-Type": "application/json"}
    assert visitor.post("/score", content=b" " * 2 * MEGABYTE + b"{}", headers=json).status_code == 400
    assert visitor.post("/score", content=b" " * (LARGER_BODIES["/score"] + 1), headers=json).status_code == 413


@pytest.mark.parametrize(
    "kind", ["multipart/form-data; boundary=x", "application/vnd.bentoml+pickle", "text/plain", "", "application/xml"]
)
def test_only_json_is_taken(visitor: Any, bearer: dict[str, str], kind: str) -> None:
    answer = visitor.post("/lead", content=b"{}", headers=bearer | {"Content-Type": kind})
    assert answer.status_code == 415


def stream(*parts: bytes) -> Any:
    messages = [
        {"type": "http.request", "body": part, "more_body": number < len(parts)}
        for number, part in enumerate(parts, start=1)
    ]
    messages.append({"type": "http.disconnect"})

    async def receive() -> Any:
        return messages.pop(0)

    return receive


@pytest.mark.parametrize(
    ("parts", "declared", "body"),
    [
        ((b"ab", b"c"), None, b"abc"),
        ((b"ab", b"cd"), None, None),
        ((b"abc",), "3", b"abc"),
        ((b"a",), "4", None),
        ((b"abc",), "x", b"abc"),
    ],
)
def test_read_body_up_to_three_bytes(parts: tuple[bytes, ...], declared: str | None, body: bytes | None) -> None:
    assert asyncio.run(read_body(stream(*parts), 3, declared)) == body


def test_the_body_is_given_again_and_then_what_follows() -> None:
    receive = stream(b"whole")

    async def ask() -> list[Any]:
        body = await read_body(receive, 10, None)
        again = replay_body(body or b"", receive)
        return [await again(), await again()]

    assert asyncio.run(ask()) == [
        {"type": "http.request", "body": b"whole", "more_body": False},
        {"type": "http.disconnect"},
    ]
