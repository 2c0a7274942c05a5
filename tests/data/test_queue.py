"""The call queue: best first, only who may be called, never two agents with one lead."""

from __future__ import annotations

from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import pandas as pd
import pytest

from data.queue import SNOOZE, close_queue, lease_next_lead, list_next_leads, prune_queue, refresh_queue

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store
    from data.store.merging import Merge

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)


@pytest.fixture
def fill(store: Store, world: Callable[..., Merge]) -> Callable[..., None]:
    """Put leads with these expected values into the queue; those in ``refused`` asked not to be called."""

    def fill_queue(values: dict[str, int], refused: frozenset[str] = frozenset(), campaign: str = "k") -> None:
        world(
            campaigns=[{"campaign_id": campaign}],
            contacts=[{"contact_id": f"p-{x}", "do_not_call": str(x in refused).lower()} for x in values],
            leads=[{"lead_id": x, "contact_id": f"p-{x}", "campaign_id": campaign} for x in values],
        )
        with store.transaction() as connection:
            refresh_queue(connection, score(values, campaign))

    return fill_queue


def score(values: dict[str, int], campaign: str = "k") -> pd.DataFrame:
    return pd.DataFrame(
        {
            "lead_id": list(values),
            "campaign_id": campaign,
            "as_of": pd.Timestamp(NOW),
            "model_version": "7",
            "probability": 0.25,
            "expected_value_minor": list(values.values()),
        }
    )


def lease(store: Store, agent: str = "a", at: datetime = NOW, campaign: str = "k") -> str | None:
    with store.transaction() as connection:
        lead = lease_next_lead(connection, campaign_id=campaign, agent_id=agent, at=at, seconds=600)
    return lead.lead_id if lead else None


def test_best_expected_value_first_and_ties_by_lead_id(store: Store, fill: Callable[..., None]) -> None:
    fill({"low": 1, "b": 5, "a": 5, "B": 5, "high": 9})
    assert [lease(store) for _ in range(6)] == ["high", "B", "a", "b", "low", None]


def test_a_lease_says_who_holds_it_and_until_when(store: Store, fill: Callable[..., None]) -> None:
    fill({"a": 5})
    with store.transaction() as connection:
        lead = lease_next_lead(connection, campaign_id="k", agent_id="anna", at=NOW, seconds=600)
    assert lead is not None
    assert (lead.lead_id, lead.campaign_id, lead.as_of, lead.model_version) == ("a", "k", NOW, "7")
    assert (lead.probability, lead.expected_value_minor) == (0.25, 5)
    assert (lead.leased_by, lead.leased_until) == ("anna", NOW + timedelta(minutes=10))


def test_a_lease_that_runs_out_returns_the_lead(store: Store, fill: Callable[..., None]) -> None:
    fill({"a": 5})
    assert [lease(store), lease(store)] == ["a", None]
    assert lease(store, at=NOW + timedelta(seconds=599)) is None
    assert lease(store, "b", NOW + timedelta(seconds=600)) == "a"


def test_a_lease_that_is_rolled_back_is_none(store: Store, fill: Callable[..., None]) -> None:
    fill({"a": 5})
    with store.engine.connect() as connection, connection.begin() as transaction:
        assert lease_next_lead(connection, campaign_id="k", agent_id="a", at=NOW, seconds=600)
        transaction.rollback()
    assert lease(store) == "a"


def test_campaigns_have_their_own_queues(store: Store, fill: Callable[..., None]) -> None:
    fill({"a": 5})
    fill({"z": 9}, campaign="other")
    assert [lease(store), lease(store), lease(store, campaign="other")] == ["a", None, "z"]
    assert lease(store, campaign="nobody's") is None


def test_refused_leads_are_passed_over_and_do_not_block(store: Store, fill: Callable[..., None]) -> None:
    refused = {f"r{i:03d}": 1000 - i for i in range(60)}
    fill(refused | {"good": 1}, frozenset(refused))
    assert [lease(store), lease(store)] == ["good", None]
    with store.transaction() as connection:
        query = "SELECT count(*) FROM call_queue WHERE snoozed_until = %s"
        assert connection.exec_driver_sql(query, (NOW + SNOOZE,)).scalar_one() == 60


def test_a_refreshed_score_wakes_a_lead_and_leaves_its_lease(
    store: Store, fill: Callable[..., None], world: Callable[..., Merge]
) -> None:
    fill({"a": 5, "b": 4}, frozenset({"a"}))
    assert lease(store) == "b"
    world(NOW - timedelta(hours=1), contacts=[{"contact_id": "p-a", "do_not_call": "false"}])
    assert lease(store) is None
    with store.transaction() as connection:
        refresh_queue(connection, score({"a": 6, "b": 9}))
    assert [lease(store), lease(store)] == ["a", None]


def test_nobody_is_leased_outside_hours_and_all_sleep_until_they_end(store: Store, fill: Callable[..., None]) -> None:
    fill({"a": 5})
    assert lease(store, at=datetime(2025, 6, 3, 5, 55, tzinfo=UTC)) is None
    with store.transaction() as connection:
        until = connection.exec_driver_sql("SELECT snoozed_until FROM call_queue").scalar_one()
    assert until == datetime(2025, 6, 3, 6, 0, tzinfo=UTC)
    assert lease(store, at=until) == "a"


def test_a_lead_where_it_is_day_is_found_behind_those_where_it_is_night(
    store: Store, fill: Callable[..., None], world: Callable[..., Merge]
) -> None:
    fill({"a": 5, "b": 4})
    world(NOW - timedelta(hours=1), contacts=[{"contact_id": "p-a", "phone": "+14155552671"}])
    assert lease(store) == "b"


def test_one_lease_looks_at_so_many_leads_and_the_next_goes_on(
    store: Store, fill: Callable[..., None], monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("data.queue.MOST_ASKED", 40)
    refused = {f"r{i:03d}": 1000 - i for i in range(60)}
    fill(refused | {"a": 5}, frozenset(refused))
    assert [lease(store), lease(store)] == [None, "a"]


def test_closed_leads_leave_the_queue(store: Store, fill: Callable[..., None]) -> None:
    fill({"a": 5, "b": 4})
    with store.transaction() as connection:
        assert close_queue(connection, ["a", "nobody"]) == 1
    assert [lease(store), lease(store)] == ["b", None]


def test_the_newer_score_stays(store: Store, fill: Callable[..., None]) -> None:
    fill({"a": 5, "b": 4})
    with store.transaction() as connection:
        refresh_queue(connection, score({"b": 9}).assign(as_of=NOW - timedelta(days=1)))
    assert [lease(store), lease(store)] == ["a", "b"]


def test_who_closed_while_scores_were_computed_stays_out(
    store: Store, fill: Callable[..., None], world: Callable[..., Merge]
) -> None:
    fill({"a": 5, "b": 4, "c": 3})
    world(deals=[{"lead_id": "a"}], lead_stages=[{"lead_id": "b", "stage": "lost"}])
    with store.transaction() as connection:
        close_queue(connection, ["a", "b"])
        refresh_queue(connection, score({"a": 5, "b": 4, "c": 3}))
        queued = connection.exec_driver_sql("SELECT lead_id FROM call_queue").scalars().all()
    assert queued == ["c"]


def test_who_was_not_open_leaves_the_queue_unless_scored_later(store: Store, fill: Callable[..., None]) -> None:
    fill({"a": 5, "b": 4, "c": 3})
    with store.transaction() as connection:
        refresh_queue(connection, score({"c": 3}).assign(as_of=NOW + timedelta(hours=1)))
        assert prune_queue(connection, ["a"], NOW) == 1
        queued = connection.exec_driver_sql("SELECT lead_id FROM call_queue ORDER BY 1").scalars().all()
    assert queued == ["a", "c"]


def test_a_list_shows_free_leads_that_may_be_called_and_leases_none(store: Store, fill: Callable[..., None]) -> None:
    refused = {f"r{i:03d}": 1000 - i for i in range(20)}
    fill(refused | {"a": 5, "b": 4, "c": 3, "d": 2}, frozenset(refused))
    assert lease(store) == "a"
    with store.transaction() as connection:
        for limit, expected in ((2, ["b", "c"]), (9, ["b", "c", "d"]), (2, ["b", "c"])):
            leads = list_next_leads(connection, campaign_id="k", limit=limit, at=NOW)
            assert [lead.lead_id for lead in leads] == expected


def test_no_two_agents_get_one_lead(store: Store, fill: Callable[..., None]) -> None:
    values = {f"l{i:03d}": i % 7 for i in range(200)}
    fill(values)

    def work(agent: int) -> list[str]:
        leads = []
        while lead := lease(store, f"agent {agent}"):
            leads.append(lead)
        return leads

    with ThreadPoolExecutor(8) as pool:
        leased = [lead for leads in pool.map(work, range(8)) for lead in leads]
    assert len(leased) == 200
    assert set(leased) == set(values)
