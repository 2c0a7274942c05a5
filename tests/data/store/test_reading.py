"""Reading: contract tables as Arrow, whole or of some leads."""

from __future__ import annotations

import os
import signal
from datetime import UTC, datetime
from threading import Timer
from typing import TYPE_CHECKING

import pytest

from data.contract import CONTRACT
from data.frames import arrow_schema, empty_table
from data.store import read_tables
from data.store.reading import read_query

if TYPE_CHECKING:
    from collections.abc import Callable

    from data.store import Store
    from data.store.merging import Merge


def test_an_empty_store_gives_all_tables_without_rows(store: Store) -> None:
    assert dict(read_tables(store)) == {name: empty_table(name) for name in CONTRACT}


def test_tables_have_the_contract_s_types_and_all_versions(store: Store, world: Callable[..., Merge]) -> None:
    world(leads=[{"attributes": '{"a": 1, "ø": "å"}'}])
    leads = read_tables(store, ["leads"])["leads"]
    assert leads.schema == arrow_schema(CONTRACT["leads"])
    assert sorted(leads["attributes"].to_pylist(), key=len) == ["{}", '{"a": 1, "ø": "å"}']
    assert leads["superseded_at"].null_count == 1
    assert leads["occurred_at"][0].as_py() == datetime(2025, 1, 1, tzinfo=UTC)


def test_some_leads_bring_what_they_refer_to(store: Store, world: Callable[..., Merge]) -> None:
    world(
        companies=[{"company_id": "c2"}],
        campaigns=[{"campaign_id": "k2"}],
        contacts=[{"contact_id": "p2", "company_id": "c2"}],
        consents=[{"consent": "given"}, {"consent_id": "s2", "contact_id": "p2", "consent": "given"}],
        agents=[{"agent_id": "a"}],
        leads=[{"lead_id": "m", "campaign_id": "k2", "company_id": "c2", "contact_id": "p2"}],
        calls=[{}, {"call_id": "y", "lead_id": "m"}],
        meetings=[{"meeting_id": "b", "lead_id": "m", "starts_at": "2025-02-01T10:00:00Z"}],
        meeting_outcomes=[{"meeting_id": "b", "outcome": "held"}],
        opportunities=[{"opportunity_id": "o", "lead_id": "m", "currency": "DKK"}],
        opportunity_stages=[{"opportunity_stage_id": "q", "opportunity_id": "o", "stage": "demo"}],
        deals=[{"lead_id": "m"}],
        deal_reversals=[{"deal_reversal_id": "r", "deal_id": "d", "amount_minor": "5"}],
    )
    whole, some, other = read_tables(store), read_tables(store, leads=["m"]), read_tables(store, leads=["l"])
    for name, key in (("companies", "c"), ("contacts", "p"), ("campaigns", "k"), ("consents", "s"), ("calls", "")):
        column = CONTRACT[name].key
        assert whole[name].num_rows == 2
        assert some[name][column].to_pylist() == [f"{key}2" if key else "y"]
        assert other[name][column].to_pylist() == [key or "x"]
    for name in ("meetings", "meeting_outcomes", "opportunities", "opportunity_stages", "deals", "deal_reversals"):
        assert some[name].equals(whole[name])
        assert other[name].num_rows == 0
    assert some["clients"].equals(whole["clients"])
    assert some["agents"].equals(whole["agents"])


def test_unknown_leads_give_no_rows_and_the_same_types(store: Store, world: Callable[..., Merge]) -> None:
    world()
    tables = read_tables(store, leads=["nobody"])
    assert {name: table.schema for name, table in tables.items()} == {
        name: arrow_schema(table) for name, table in CONTRACT.items()
    }
    assert tables["leads"].num_rows == tables["companies"].num_rows == 0


def test_a_query_takes_parameters(store: Store) -> None:
    assert read_query(store, "SELECT $1::text AS a, $2::bigint AS b", ["x", None]).to_pylist() == [
        {"a": "x", "b": None}
    ]


def test_ctrl_c_during_a_read_is_heard(store: Store) -> None:
    pressing = Timer(0.1, os.kill, (os.getpid(), signal.SIGINT))  # to the process, as a terminal does
    pressing.start()
    with pytest.raises(KeyboardInterrupt):
        read_query(store, "SELECT pg_sleep(0.4)::text AS slept")
    pressing.join()
