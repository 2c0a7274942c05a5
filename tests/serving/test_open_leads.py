from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest

from serving import open_leads
from serving.open_leads import decide_leads, list_open_leads

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store

NOON = datetime(2025, 6, 3, 10, 0, tzinfo=UTC)  # a Tuesday
DAY = timedelta(days=1)


def ask(store: Store, at: datetime = NOON) -> list[str]:
    with store.transaction() as connection:
        return list(list_open_leads(connection, "k", at))


def test_those_called_least_come_first_then_the_oldest(store: Store, put: Callable[..., None]) -> None:
    put("leads", {"lead_id": "a"}, {"lead_id": "b", "occurred_at": NOON - DAY}, {"lead_id": "c"})
    put("calls", {"call_id": "1", "lead_id": "a", "occurred_at": NOON - DAY})
    assert ask(store) == ["c", "b", "a"]


CLOSING: list[tuple[str, dict[str, Any]]] = [
    ("deals", {"deal_id": "d"}),
    ("lead_stages", {"lead_stage_id": "s", "stage": "lost"}),
    ("lead_stages", {"lead_stage_id": "s", "stage": "won"}),
]


@pytest.mark.parametrize(("table", "row"), CLOSING)
@pytest.mark.parametrize(
    ("clocks", "is_open"),
    [
        ({"occurred_at": NOON - DAY}, False),
        ({"occurred_at": NOON}, True),
        ({"occurred_at": NOON - DAY, "known_at": NOON}, True),
        ({"occurred_at": NOON - DAY, "superseded_at": NOON - timedelta(hours=1)}, True),
        ({"occurred_at": NOON - DAY, "superseded_at": NOON}, False),
    ],
)
def test_a_lead_is_closed_once_that_has_happened_and_is_known(
    store: Store, put: Callable[..., None], table: str, row: dict[str, Any], clocks: dict[str, datetime], is_open: bool
) -> None:
    put("leads", {"lead_id": "a"})
    put(table, row | {"lead_id": "a"} | clocks)
    assert ask(store) == (["a"] if is_open else [])


def test_calls_and_leads_that_were_not_known_do_not_count(store: Store, put: Callable[..., None]) -> None:
    put("leads", {"lead_id": "a"}, {"lead_id": "b"}, {"lead_id": "later", "known_at": NOON + DAY})
    put("calls", {"call_id": "1", "lead_id": "a", "occurred_at": NOON - DAY, "known_at": NOON + DAY})
    assert ask(store) == ["a", "b"]
    assert ask(store, NOON + 2 * DAY) == ["b", "later", "a"]


def test_batches_are_asked_as_far_as_needed(
    store: Store, put: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_leads, "BATCH", 2)
    put("leads", *({"lead_id": f"l{number}"} for number in range(5)))
    put("calls", {"call_id": "1", "lead_id": "l0", "occurred_at": NOON - timedelta(hours=1)})
    with store.transaction() as connection:
        decided = list(decide_leads(connection, [f"l{number}" for number in range(5)], NOON))
    assert [(lead, rule and rule.name) for lead, rule, _ in decided] == [
        ("l0", "resting"),
        *((f"l{number}", None) for number in range(1, 5)),
    ]
