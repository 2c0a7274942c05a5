from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING, Any

import pandas as pd
import pytest

from data.queue import lease_next_lead, refresh_queue
from serving.empty_lists import explain_empty_list

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store

NOON = datetime(2025, 6, 3, 10, 0, tzinfo=UTC)  # a Tuesday
MIDNIGHT = NOON + timedelta(hours=12)


def explain(store: Store, at: datetime = NOON) -> tuple[str, dict[str, int]]:
    with store.transaction() as connection:
        return explain_empty_list(connection, "k", at)


def test_each_open_lead_is_counted_by_the_rule_that_refuses_it(store: Store, put: Callable[..., None]) -> None:
    put("contacts", {"contact_id": "q", "do_not_call": True})
    put("leads", *({"lead_id": name} for name in ("a", "b", "c", "won")), {"lead_id": "d", "contact_id": "q"})
    put("calls", {"call_id": "1", "lead_id": "a", "occurred_at": MIDNIGHT - timedelta(hours=1)})
    put("deals", {"deal_id": "1", "lead_id": "won"})
    sentence, refused = explain(store, MIDNIGHT)
    assert list(refused.items()) == [("do_not_call", 1), ("resting", 1), ("outside_hours", 2)]
    assert sentence == (
        "none of the 4 open leads may be called at 2025-06-03 22:00 UTC: the contact asked not to be called (1);"
        " the last call was too short a time ago (1); it is outside calling hours where the number rings (2)."
    )


def test_who_is_being_called_or_was_never_scored_is_counted_too(store: Store, put: Callable[..., None]) -> None:
    put("leads", {"lead_id": "a"}, {"lead_id": "b"}, {"lead_id": "c"})
    row = {"lead_id": "a", "campaign_id": "k", "as_of": pd.Timestamp(NOON), "model_version": "1"}
    with store.transaction() as connection:
        refresh_queue(connection, pd.DataFrame([row | {"probability": 0.2, "expected_value_minor": 1}]))
        assert lease_next_lead(connection, campaign_id="k", agent_id="x", at=NOON, seconds=60)
    sentence, refused = explain(store)
    assert refused == {}
    assert sentence.endswith("an agent is calling it (1); it was not scored yet, see callworth score (2).")


@pytest.mark.parametrize("leads", [[], [{"lead_id": "a", "occurred_at": NOON}]])
def test_a_campaign_without_open_leads_says_so(
    store: Store, put: Callable[..., None], leads: list[dict[str, Any]]
) -> None:
    put("leads", *leads)
    sentence, refused = explain(store)
    assert sentence.startswith("campaign 'k' has no open lead at 2025-06-03 10:00 UTC")
    assert refused == {}
