"""A lead is handed over with title, consent and next action, or not at all."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pytest

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store.merging import Merge

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)
MARCH, APRIL, MAY = "2025-03-01T08:00:00Z", "2025-04-01T08:00:00Z", "2025-05-01T08:00:00Z"

QUALIFIED = {"stage": "qualified", "occurred_at": APRIL}
READY: dict[str, list[dict[str, Any]]] = {
    "contacts": [{"title": "Direktør"}],
    "consents": [{"consent": "given", "occurred_at": MARCH}],
    "leads": [{"next_action": "send tilbud"}],
}
LATER = {"consent_id": "s2", "occurred_at": MAY}
WITHDRAWN = {"consent": "withdrawn"}


def test_a_lead_that_has_all_is_qualified(world: Callable[..., Merge]) -> None:
    assert world(**READY, lead_stages=[QUALIFIED]).refused == []


def test_the_facts_may_be_there_before(world: Callable[..., Merge]) -> None:
    world(**READY)
    assert world(lead_stages=[QUALIFIED]).refused == []


def test_the_reason_says_all_that_is_missing_and_the_remedy(world: Callable[..., Merge]) -> None:
    (problem,) = world(lead_stages=[QUALIFIED]).refused
    assert (problem.table, problem.column, problem.value) == ("lead_stages", "stage", "qualified")
    assert problem.reason == (
        "the lead cannot be handed over: the contact has no title, the contact's consent is not given, "
        "no next action is agreed"
    )
    assert problem.remedy == (
        "ask for the title, ask for it and register it in consents, agree on one and write it in next_action, "
        "then release the row"
    )


@pytest.mark.parametrize(
    ("change", "missing"),
    [
        ({"contacts": [{"title": " "}]}, "the contact has no title"),
        ({"leads": [{"next_action": ""}]}, "no next action is agreed"),
        ({"leads": [{"next_action": "ring", "contact_id": ""}]}, "the contact has no title, the contact's consent"),
        ({"consents": [{"consent": "refused", "occurred_at": MARCH}]}, "the contact's consent is not given"),
        ({"consents": [{"consent": "given", "occurred_at": "2025-02-01"}, LATER | WITHDRAWN | {"occurred_at": MARCH}]},
         "the contact's consent is not given"),
        ({"consents": [{"consent": "given", "occurred_at": MARCH}, LATER | WITHDRAWN | {"occurred_at": MARCH}]},
         "the contact's consent is not given"),
    ],
)  # fmt: skip
def test_each_missing_fact_refuses(
    world: Callable[..., Merge], change: dict[str, list[dict[str, Any]]], missing: str
) -> None:
    (problem,) = world(**READY | change, lead_stages=[QUALIFIED]).refused
    assert missing in problem.reason


@pytest.mark.parametrize(
    "consents",
    [
        [{"consent": "given", "occurred_at": MARCH}, LATER | WITHDRAWN],  # it held when the lead was handed over
        [LATER | {"consent": "given"}],  # it was asked for afterwards, and holds now
    ],
)
def test_consent_counts_that_held_then_or_holds_now(
    world: Callable[..., Merge], consents: list[dict[str, Any]]
) -> None:
    assert world(**READY | {"consents": consents}, lead_stages=[QUALIFIED]).refused == []


def test_a_consent_that_is_corrected_counts_as_it_is_now(world: Callable[..., Merge]) -> None:
    world(**READY | {"consents": [{"consent": "refused", "occurred_at": MARCH}]})
    assert world(consents=READY["consents"], lead_stages=[QUALIFIED]).refused == []


def test_what_arrives_replaces_what_was_there(world: Callable[..., Merge]) -> None:
    world(**READY)
    (problem,) = world(contacts=[{"title": ""}], lead_stages=[QUALIFIED]).refused
    assert problem.reason.endswith(": the contact has no title")


def test_a_qualification_that_is_there_stays_whatever_became_of_the_facts(world: Callable[..., Merge]) -> None:
    world(**READY, lead_stages=[QUALIFIED])
    world(contacts=[{"title": ""}])
    again = world(lead_stages=[QUALIFIED])
    assert (again.refused, again.changed) == ([], {"lead_stages": 0})


def test_other_stages_need_nothing(world: Callable[..., Merge]) -> None:
    assert world(lead_stages=[QUALIFIED | {"stage": "contacted"}]).refused == []


def test_history_is_taken_as_it_was_and_counted(world: Callable[..., Merge]) -> None:
    rows = [QUALIFIED, QUALIFIED | {"lead_stage_id": "t2", "occurred_at": MAY}]
    found = world(lead_stages=rows, handover_history=True)
    assert (found.refused, found.unready, found.changed) == ([], 2, {"lead_stages": 2})
    assert world(lead_stages=rows, handover_history=True).unready == 0
