from __future__ import annotations

import base64
from datetime import UTC, datetime
from typing import Any

import pytest
from starlette.responses import JSONResponse

from data.keys import new_key, revoke_key
from serving.access import KeyGuard, read_key

ROUTES = ("/score", "/next_lead", "/report_call", "/report_handover", "/report_handover_answer", "/lead")
PAGES = ("/", "/leads/l1", "/reports", "/reports/check.html", "/style.css", "/docs.json", "/schema.json", "/nowhere")


@pytest.mark.parametrize("path", ROUTES)
def test_no_route_answers_without_a_key(visitor: Any, path: str) -> None:
    answer = visitor.post(path, json={})
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"] == "Bearer"
    assert answer.json()["error"].startswith("there is no access key; send an access key")


@pytest.mark.parametrize("path", PAGES)
def test_no_page_answers_without_a_key_and_the_browser_asks(visitor: Any, path: str) -> None:
    answer = visitor.get(path)
    assert answer.status_code == 401
    assert answer.headers["WWW-Authenticate"].startswith("Basic ")


@pytest.mark.parametrize("path", ["/livez", "/readyz", "/healthz"])
def test_health_is_open(visitor: Any, path: str) -> None:
    assert visitor.get(path).status_code == 200


def test_metrics_are_for_this_machine(visitor: Any, bearer: dict[str, str]) -> None:
    assert visitor.get("/metrics").status_code == 403
    assert visitor.get("/metrics", headers=bearer).status_code == 403


@pytest.mark.parametrize(
    ("address", "passes"), [("127.0.0.1", True), ("::1", True), ("192.0.2.1", False), ("127.0.0.1.example", False)]
)
def test_who_may_read_metrics(desk: Any, open_client: Any, address: str, passes: bool) -> None:
    guarded = KeyGuard(JSONResponse("passed"), desk)
    answer = open_client(guarded, client=(address, 50_000)).get("/metrics")
    assert (answer.status_code == 200) is passes


@pytest.mark.parametrize("given", ["cw_wrong", "", "x" * 5_000, "æøå"])
def test_a_wrong_key_is_refused(visitor: Any, given: str) -> None:
    answer = visitor.post("/lead", json={"lead_id": "l1"}, headers={"Authorization": f"Bearer {given}".encode()})
    assert answer.status_code == 401


def test_a_revoked_key_is_refused(world: Any, visitor: Any) -> None:
    now = datetime(2026, 6, 17, 9, 0, tzinfo=UTC)
    with world.store.transaction() as connection:
        key = new_key(connection, "to be revoked", at=now)
    headers = {"Authorization": f"Bearer {key}"}
    assert visitor.get("/style.css", headers=headers).status_code == 200
    with world.store.transaction() as connection:
        revoke_key(connection, "to be revoked", at=now)
    assert visitor.get("/style.css", headers=headers).status_code == 401


def test_a_browser_sends_the_key_as_password_and_only_to_read(world: Any, visitor: Any) -> None:
    basic = base64.b64encode(f"anyone:{world.key}".encode()).decode()
    headers = {"Authorization": f"Basic {basic}"}
    assert visitor.get("/style.css", headers=headers).status_code == 200
    assert visitor.post("/lead", json={"lead_id": "l1"}, headers=headers).status_code == 401


@pytest.mark.parametrize(
    ("header", "key"),
    [
        ("", ""),
        ("cw_x", ""),
        ("Bearer  cw_x ", "cw_x"),
        ("bearer cw_x", "cw_x"),
        ("Basic %%%", ""),
        ("Basic " + base64.b64encode(b"\xff\xff:x").decode(), ""),
        ("Basic " + base64.b64encode(b"no colon").decode(), ""),
        ("Basic " + base64.b64encode(b"name:a:b").decode(), "a:b"),
        ("Digest cw_x", ""),
    ],
)
def test_read_key(header: str, key: str) -> None:
    assert read_key(header, basic=True) == key
