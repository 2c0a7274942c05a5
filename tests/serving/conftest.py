"""A small operation that was simulated, trained on and queued, and the service that serves it."""

from __future__ import annotations

import itertools
import tempfile
import threading
import warnings
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, Any

import pytest
import sqlalchemy as sa

from data.gate import may_call
from data.keys import new_key
from data.settings import Settings
from data.simulator import simulate
from data.store import Store, open_store, read_tables
from data.store.merging import lock_merges, merge_rows
from serving.bento import keep_files_at_home
from serving.desk import Desk
from serving.ranking import fill_queue
from serving.service import make_service
from training import Artefact, fit_artefact, promote_version, register_artefact

if TYPE_CHECKING:
    from collections.abc import Callable, Iterator

    from starlette.testclient import TestClient

    from data.frames import Tables

WEDNESDAY_NOON = datetime(2026, 6, 17, 10, 0, tzinfo=UTC)  # in Copenhagen
FIRST_ROW_OF_A_TABLE = 1_000_000


@dataclass(frozen=True)
class World:
    """What the tests of the service have in common.

    Attributes:
        settings: of its own home.
        store: with the operation in it, and its open leads queued.
        artefact: the champion.
        tables: all contract tables as they were before any test.
        campaign: the campaign with most leads in the queue.
        key: opens everything.
        client_key: opens the leads of another client than the campaign's.
    """

    settings: Settings
    store: Store
    artefact: Artefact
    tables: Tables
    campaign: str
    key: str
    client_key: str


TICKS = itertools.count(1)


def read_ticking_clock() -> datetime:
    """A clock that stands at noon and moves on by a millisecond whenever it is read, by whichever test."""
    return WEDNESDAY_NOON + timedelta(milliseconds=next(TICKS))


@pytest.fixture(scope="session")
def world() -> Iterator[World]:
    """The operation, trained on at noon and queued."""
    with tempfile.TemporaryDirectory(prefix="callworth-", ignore_cleanup_errors=True) as home:
        settings = Settings(Path(home))
        store = open_store(settings)
        _fill_store(store)
        tables = read_tables(store)
        artefact = register_artefact(settings, fit_artefact(tables, WEDNESDAY_NOON))
        promote_version(settings, artefact.version)
        fill_queue(store, artefact, WEDNESDAY_NOON, arrived_at=WEDNESDAY_NOON)
        with store.transaction() as connection:
            campaign = connection.scalar(sa.text("SELECT mode() WITHIN GROUP (ORDER BY campaign_id) FROM call_queue"))
            other = connection.scalar(
                sa.text(
                    "SELECT min(client_id) FROM campaigns WHERE client_id <> (SELECT client_id FROM campaigns m"
                    " WHERE m.campaign_id = :campaign LIMIT 1)"
                ),
                {"campaign": campaign},
            )
            key = new_key(connection, "tests", at=WEDNESDAY_NOON)
            client_key = new_key(connection, "another client", other, at=WEDNESDAY_NOON)
        yield World(settings, store, artefact, tables, str(campaign), key, client_key)
        store.close()


@pytest.fixture
def desk(world: World) -> Iterator[Desk]:
    """A desk with the champion loaded; leases of earlier tests are over."""
    with world.store.transaction() as connection:
        connection.exec_driver_sql("UPDATE call_queue SET leased_by = NULL, leased_until = NULL, snoozed_until = NULL")
    desk = Desk(world.settings, world.store, read_ticking_clock)
    desk.champion.refresh()
    yield desk
    desk.close()


@pytest.fixture(scope="session")
def service(world: World) -> Any:
    """The BentoML service at a ticking clock."""
    keep_files_at_home(world.settings)
    return make_service(world.settings, world.store, clock=read_ticking_clock)


@pytest.fixture(scope="session")
def open_client() -> Any:
    """Open a client that speaks to an application without a network."""
    with warnings.catch_warnings():
        warnings.simplefilter("ignore")  # starlette would rather have a successor of httpx
        from starlette.testclient import TestClient

    def make(app: Any, **options: Any) -> TestClient:
        return TestClient(app, **options)

    return make


@pytest.fixture(scope="session")
def visitor(service: Any, open_client: Any) -> Iterator[TestClient]:
    """A client without a key; the service is ready."""
    with open_client(service.to_asgi(), client=("192.0.2.1", 50_000)) as client:
        for _ in range(300):
            if client.get("/readyz").status_code == 200:
                break
            threading.Event().wait(0.1)
        yield client


@pytest.fixture
def bearer(world: World) -> dict[str, str]:
    """The header with the key that opens everything."""
    return {"Authorization": f"Bearer {world.key}"}


@pytest.fixture
def other_client(world: World) -> dict[str, str]:
    """The header with a key of another client than the campaign's."""
    return {"Authorization": f"Bearer {world.client_key}"}


@pytest.fixture
def queued_lead(world: World) -> str:
    """A lead of the campaign that stands in the queue and may be called at noon; each test is given another one."""
    statement = sa.text("""
        SELECT q.lead_id FROM call_queue q WHERE q.campaign_id = :campaign
          AND NOT EXISTS (SELECT FROM calls c WHERE c.lead_id = q.lead_id AND c.known_at >= :noon)
        ORDER BY q.lead_id""")
    with world.store.transaction() as connection:
        leads = connection.execute(statement, {"campaign": world.campaign, "noon": WEDNESDAY_NOON}).scalars().all()
        answers = may_call(connection, leads, WEDNESDAY_NOON)
    return str(answers["lead_id"][answers["allowed"]].iloc[0])


@pytest.fixture
def make_report(world: World, queued_lead: str) -> Any:
    """Make the report of a call to the queued lead."""
    agent = world.tables["agents"]["agent_id"][0].as_py()

    def make(call_id: str, **changes: Any) -> dict[str, Any]:
        return {
            "call_id": call_id,
            "lead_id": queued_lead,
            "agent_id": agent,
            "occurred_at": "2026-06-17T09:58:00Z",
            "talk_seconds": 120,
            "disposition": "callback",
        } | changes

    return make


LONG_AGO = datetime(2025, 1, 1, tzinfo=UTC)
DEFAULTS: dict[str, dict[str, Any]] = {
    "clients": {"client_id": "n", "name": "Client", "currency": "DKK", "time_zone": "Europe/Copenhagen"},
    "companies": {"company_id": "c", "client_id": "n"},
    "contacts": {"contact_id": "p", "company_id": "c", "phone_valid": True},
    "campaigns": {"campaign_id": "k", "client_id": "n", "name": "Campaign", "calls_without_consent": True},
    "leads": {"campaign_id": "k", "company_id": "c", "contact_id": "p"},
    "lead_stages": {"stage": "lost"},
    "calls": {"talk_seconds": 0, "disposition": "no_answer"},
    "deals": {"amount_minor": 100_000, "currency": "DKK"},
}


@pytest.fixture
def put(store: Store) -> Callable[..., None]:
    """Write contract rows into an empty store, where the client, company, contact and campaign of one lead are."""

    def put_rows(table: str, *rows: dict[str, Any]) -> None:
        filled = [DEFAULTS[table] | {"occurred_at": LONG_AGO, "known_at_assumed": False} | row for row in rows]
        with store.transaction() as connection:
            for row in filled:
                row.setdefault("known_at", row["occurred_at"])
                names = ", ".join(row), ", ".join(f":{name}" for name in row)
                connection.execute(sa.text(f"INSERT INTO {table} ({names[0]}) VALUES ({names[1]})"), row)

    for table in ("clients", "companies", "contacts", "campaigns"):
        put_rows(table, {})
    return put_rows


def _fill_store(store: Store) -> None:
    simulation = simulate(leads=2_000, months=24, end=WEDNESDAY_NOON, seed=11, scenario="steady")
    frames = {}
    for number, (name, frame) in enumerate(simulation.tables.items()):
        first = number * FIRST_ROW_OF_A_TABLE  # each row has a number of its own
        frames[name] = frame.set_index(frame.index + first)
    with store.transaction() as connection:
        lock_merges(connection)
        merge_rows(connection, frames, import_id=None, arrived_at=WEDNESDAY_NOON)
