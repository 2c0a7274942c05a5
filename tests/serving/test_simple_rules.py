from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from serving import open_leads
from serving.simple_rules import estimate_win_rate, rank_by_rules

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store

NOON = datetime(2025, 6, 3, 10, 0, tzinfo=UTC)  # a Tuesday
HOUR = timedelta(hours=1)


def rank(store: Store, limit: int = 20) -> list[dict[str, Any]]:
    with store.transaction() as connection:
        return rank_by_rules(connection, "k", limit, NOON)


@pytest.mark.parametrize(
    ("counts", "rate"),
    [
        ((0, 0, 0, 0), None),
        ((0, 0, 9, 19), (0 + 50 * 9.5 / 20) / 50),
        ((10, 50, 39, 99), (10 + 50 * 0.395) / 100),
    ],
)
def test_the_win_rate_by_hand(counts: tuple[int, int, int, int], rate: float | None) -> None:
    assert estimate_win_rate(*counts) == (None if rate is None else pytest.approx(rate))


@pytest.mark.parametrize("closed", [1, 40, 20_000])
def test_a_rate_is_never_nothing_and_never_all(closed: int) -> None:
    none, all_of_them = estimate_win_rate(0, closed, 0, closed), estimate_win_rate(closed, closed, closed, closed)
    assert none is not None
    assert all_of_them is not None
    assert 0 < none < all_of_them < 1


def test_the_list_goes_on_until_it_is_full_however_many_may_not_be_called(
    store: Store, put: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(open_leads, "BATCH", 7)
    put("leads", *({"lead_id": f"l{number:02}", "contact_id": f"dead {number}"} for number in range(60)))
    put("leads", {"lead_id": "m1"}, {"lead_id": "m2"}, {"lead_id": "m3"})
    assert [lead["lead_id"] for lead in rank(store, limit=2)] == ["m1", "m2"]
    assert [lead["lead_id"] for lead in rank(store)] == ["m1", "m2", "m3"]


def test_every_lead_has_the_rate_of_what_was_known_of_its_own_client(store: Store, put: Callable[..., None]) -> None:
    with store.transaction() as connection:
        connection.execute(sa.text("UPDATE campaigns SET deal_amount_minor = 10000"))
    put("clients", {"client_id": "other"})
    put("campaigns", {"campaign_id": "j"}, {"campaign_id": "others", "client_id": "other"})
    put("leads", {"lead_id": "open"}, *({"lead_id": name} for name in ("won", "lost", "won later", "known later")))
    put("leads", {"lead_id": "of j", "campaign_id": "j"}, {"lead_id": "of another", "campaign_id": "others"})
    put(
        "deals",
        {"deal_id": "1", "lead_id": "won"},
        {"deal_id": "2", "lead_id": "of j"},
        {"deal_id": "3", "lead_id": "won later", "occurred_at": NOON},
        {"deal_id": "4", "lead_id": "of another"},
    )
    put("lead_stages", {"lead_stage_id": "1", "lead_id": "lost"})
    put("lead_stages", {"lead_stage_id": "2", "lead_id": "known later", "known_at": NOON + HOUR})
    first, *others = rank(store)
    rate = (1 + 50 * 2.5 / 4) / 52  # 2 of the client's 3 closed leads were won, 1 of the campaign's 2
    assert first["probability"] == pytest.approx(rate)
    assert first["expected_value_minor"] == round(rate * 10_000)
    assert {lead["lead_id"] for lead in (first, *others)} == {"known later", "open", "won later"}
    assert all(lead["probability"] == first["probability"] for lead in others)


def test_what_is_not_known_is_not_made_up(store: Store, put: Callable[..., None]) -> None:
    put("leads", {"lead_id": "open"})
    assert rank(store) == [
        {"lead_id": "open", "campaign_id": "k", "probability": None, "expected_value_minor": None},
    ]
