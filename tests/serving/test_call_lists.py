from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import sqlalchemy as sa

from data.gate import may_call
from serving.call_lists import SHOWN, count_outdated, read_call_lists
from serving.desk import Desk


def test_every_lead_shown_may_be_called_then(world: Any, desk: Desk) -> None:
    night = datetime(2026, 6, 17, 23, 0, tzinfo=UTC)
    desk.clock = lambda: night
    lists = read_call_lists(desk, None)
    assert any(found.leads for found in lists)
    with world.store.transaction() as connection:
        for found in lists:
            assert found.waiting
            assert found.at == datetime(2026, 6, 18, 6, 0, tzinfo=UTC)
            assert len(found.leads) <= SHOWN
            assert may_call(connection, [lead.lead_id for lead in found.leads], found.at)["allowed"].all()
            values = [lead.expected_value_minor for lead in found.leads]
            assert values == sorted(values, reverse=True)


def test_a_client_sees_its_own_campaigns(world: Any, desk: Desk) -> None:
    clients = world.tables["campaigns"].to_pandas().set_index("campaign_id")["client_id"]
    everything = read_call_lists(desk, None)
    for client in clients.unique():
        own = [found.campaign_id for found in read_call_lists(desk, client)]
        assert own == [found.campaign_id for found in everything if clients[found.campaign_id] == client]


def test_every_lead_shown_has_its_company(world: Any, desk: Desk) -> None:
    companies = world.tables["companies"].to_pandas().set_index("company_id")["name"]
    companies_of = world.tables["leads"].to_pandas().set_index("lead_id")["company_id"]
    for found in read_call_lists(desk, None):
        assert found.companies == {lead.lead_id: companies[companies_of[lead.lead_id]] for lead in found.leads}


def test_leads_ranked_by_another_version_are_counted(world: Any, desk: Desk) -> None:
    clients = world.tables["campaigns"].to_pandas().set_index("campaign_id")["client_id"]
    own = clients[world.campaign]
    other = next(client for client in clients if client != own)
    assert count_outdated(desk, None) == 0
    rename = sa.text("UPDATE call_queue SET model_version = :to WHERE campaign_id = :campaign")
    with world.store.transaction() as connection:
        changed = connection.execute(rename, {"campaign": world.campaign, "to": "older"}).rowcount
    try:
        assert [count_outdated(desk, client) for client in (None, own, other)] == [changed, changed, 0]
        assert count_outdated(Desk(world.settings, world.store), None) == 0  # no model is loaded
    finally:
        with world.store.transaction() as connection:
            connection.execute(rename, {"campaign": world.campaign, "to": world.artefact.version})
