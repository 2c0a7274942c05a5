from __future__ import annotations

import asyncio
import json
from typing import TYPE_CHECKING, Any

import pytest
import schemathesis
from hypothesis import HealthCheck, given, settings

from data.keys import AccessKey
from serving.access import CALLER
from serving.desk import Desk
from serving.messages import CallReport, LeadQuestion, NextLeadQuestion
from serving.service import CONFIG, CallWorth

if TYPE_CHECKING:
    from collections.abc import Iterator

NOBODYS_CLIENT: Any = None


@pytest.fixture
def callworth(desk: Desk) -> Iterator[CallWorth]:
    """The service class as a plain object, asked by someone who may see everything."""
    token = CALLER.set(AccessKey("tests", NOBODYS_CLIENT, desk.clock()))
    yield CallWorth(desk)
    CALLER.reset(token)


def test_the_chain_on_a_plain_object(world: Any, callworth: CallWorth) -> None:
    agent = world.tables["agents"]["agent_id"][0].as_py()

    async def work() -> tuple[Any, Any, Any]:
        lead = (await callworth.next_lead(NextLeadQuestion(agent_id=agent, campaign_id=world.campaign))).lead
        assert lead is not None
        report = CallReport(
            call_id="plain",
            lead_id=lead.lead_id,
            agent_id=agent,
            occurred_at=callworth.desk.clock(),
            talk_seconds=31,
            disposition="gatekeeper",
        )
        return lead, await callworth.report_call(report), await callworth.lead(LeadQuestion(lead_id=lead.lead_id))

    lead, answer, view = asyncio.run(work())
    assert answer.recorded
    assert view.score.model_copy(update={"probability_low": None, "probability_high": None}) == answer.score
    assert view.calls[0].disposition == "gatekeeper"
    assert view.lead_id == lead.lead_id


def test_ready_when_the_desk_is(world: Any, callworth: CallWorth) -> None:
    assert asyncio.run(callworth.__is_ready__())
    empty = Desk(world.settings, world.store)
    assert not asyncio.run(CallWorth(empty).__is_ready__())
    empty.close()


def test_without_a_caller_no_lead_is_shown(desk: Desk, queued_lead: str) -> None:
    with pytest.raises(LookupError):
        asyncio.run(CallWorth(desk).lead(LeadQuestion(lead_id=queued_lead)))


def test_the_watch_ends_with_the_service(callworth: CallWorth) -> None:
    async def live() -> None:
        await callworth.begin()
        await asyncio.sleep(0)
        await callworth.end()

    asyncio.run(live())
    assert callworth._watch is not None
    assert callworth._watch.cancelled()


def test_report_over_http(visitor: Any, bearer: dict[str, str], other_client: dict[str, str], make_report: Any) -> None:
    report = make_report("over http")
    assert visitor.post("/report_call", json=report, headers=other_client).status_code == 404
    first = visitor.post("/report_call", json=report, headers=bearer)
    assert (first.status_code, first.json()["recorded"]) == (200, True)
    again = visitor.post("/report_call", json=report, headers=bearer)
    assert (again.status_code, again.json()["recorded"]) == (200, False)
    other = visitor.post("/report_call", json=report | {"talk_seconds": 1}, headers=bearer)
    assert other.status_code == 409
    assert other.json()["error"].startswith("the call 'over http' was reported before")


@pytest.mark.parametrize(
    ("path", "body"),
    [("/lead", {"lead_id": "nobody"}), ("/next_lead", {"agent_id": "a1", "campaign_id": "none"})],
)
def test_what_is_not_known_is_404(visitor: Any, bearer: dict[str, str], path: str, body: dict[str, str]) -> None:
    answer = visitor.post(path, json=body, headers=bearer)
    assert answer.status_code == 404
    assert answer.json()["error"].endswith("import it first or correct the id.")


def test_a_key_of_another_client_opens_nothing(
    world: Any, visitor: Any, other_client: dict[str, str], queued_lead: str
) -> None:
    agent = world.tables["agents"]["agent_id"][0].as_py()
    asked = {"agent_id": agent, "campaign_id": world.campaign}
    assert visitor.post("/next_lead", json=asked, headers=other_client).status_code == 404
    assert visitor.post("/lead", json={"lead_id": queued_lead}, headers=other_client).status_code == 404


@pytest.mark.parametrize(
    ("body", "says"),
    [
        (b"", "field 'lead_id' is missing"),
        (b"{", "the body is no JSON"),
        (b"null", "the body must be an object"),
        (b"[]", "the body must be an object"),
        (b'"x"', "the body must be an object"),
        (b"\xff\xfe", "the body is no JSON"),
        (b'{"lead_id": 1}', "field 'lead_id' must be text"),
        (b'{"lead_id": "\\ud800"}', "the body is no JSON"),
    ],
)
def test_bodies_that_are_no_question(visitor: Any, bearer: dict[str, str], body: bytes, says: str) -> None:
    answer = visitor.post("/lead", content=body, headers=bearer | {"Content-Type": "application/json"})
    assert answer.status_code == 400
    assert answer.json().keys() == {"error"}
    assert answer.json()["error"].startswith(says)


def test_the_number_of_requests_at_once_is_bounded() -> None:
    assert CONFIG["traffic"]["max_concurrency"]
    assert not CONFIG["logging"]["access"]["enabled"]


@pytest.mark.parametrize(
    "path", ["/score", "/next_lead", "/report_call", "/report_handover", "/report_handover_answer", "/lead"]
)
def test_nothing_that_the_description_allows_makes_the_service_fail(
    visitor: Any, bearer: dict[str, str], path: str
) -> None:
    described = schemathesis.openapi.from_dict(visitor.get("/docs.json", headers=bearer).json())

    @settings(max_examples=15, deadline=None, derandomize=True, suppress_health_check=list(HealthCheck))
    @given(case=described[path]["POST"].as_strategy())
    def ask(case: Any) -> None:
        body = json.dumps(case.body, default=str).encode()
        answer = visitor.post(path, content=body, headers=bearer | {"Content-Type": "application/json"})
        assert answer.status_code < 500

    ask()
