from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from data.queue import refresh_queue
from serving.faults import NotFound
from serving.listing import BY_RULES, CallList, list_calls

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store

NOON = datetime(2025, 6, 3, 10, 0, tzinfo=UTC)  # a Tuesday


def test_the_queue_orders_the_list_once_it_holds_the_campaign(store: Store, put: Callable[..., None]) -> None:
    put("leads", {"lead_id": "a"}, {"lead_id": "b"})
    by_rules = list_calls(store, "k", 20, NOON)
    assert [lead["lead_id"] for lead in by_rules.leads] == ["a", "b"]
    assert by_rules.notes == [BY_RULES]
    scored = pd.DataFrame({"lead_id": ["a", "b"], "probability": [0.1, 0.2], "expected_value_minor": [1, 2]})
    scored = scored.assign(campaign_id="k", as_of=pd.Timestamp(NOON), model_version="1")
    with store.transaction() as connection:
        refresh_queue(connection, scored)
    queued = list_calls(store, "k", 20, NOON)
    assert [(lead["lead_id"], lead["probability"]) for lead in queued.leads] == [("b", 0.2), ("a", 0.1)]
    assert (queued.notes, queued.refused) == ([], {})


def test_an_empty_list_says_why(store: Store, put: Callable[..., None]) -> None:
    put("leads", {"lead_id": "a"})
    assert list_calls(store, "k", 20, NOON + timedelta(hours=12)) == CallList(
        [],
        [
            "the one open lead may not be called at 2025-06-03 22:00 UTC:"
            " it is outside calling hours where the number rings (1)."
        ],
        {"outside_hours": 1},
    )


def test_a_campaign_that_is_not_known_is_refused_with_those_that_are(store: Store, put: Callable[..., None]) -> None:
    put("campaigns", *({"campaign_id": f"k{number:02}"} for number in range(11)))
    with pytest.raises(NotFound, match=r"'K' is not known; known are k \(Campaign\), .*k08 \(Campaign\), 2 more;"):
        list_calls(store, "K", 20, NOON)
