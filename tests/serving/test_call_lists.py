from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

from data.gate import may_call
from serving.call_lists import SHOWN, read_call_lists

if TYPE_CHECKING:
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
