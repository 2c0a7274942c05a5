from __future__ import annotations

from typing import Any

import pytest

from data.errors import BadInput
from serving.faults import NotFound
from serving.known_leads import require_agent, require_campaign, require_lead


def test_a_key_of_a_client_opens_its_own_leads(world: Any) -> None:
    clients = world.tables["campaigns"].to_pandas().set_index("campaign_id")["client_id"]
    lead = world.tables["leads"].slice(0, 1).to_pylist()[0]
    own = clients[lead["campaign_id"]]
    other = next(client for client in clients if client != own)
    with world.store.transaction() as connection:
        assert require_lead(connection, lead["lead_id"], None) == lead["campaign_id"]
        assert require_lead(connection, lead["lead_id"], own) == lead["campaign_id"]
        require_campaign(connection, lead["campaign_id"], own)
        with pytest.raises(NotFound):
            require_lead(connection, lead["lead_id"], other)
        with pytest.raises(NotFound):
            require_campaign(connection, lead["campaign_id"], other)


@pytest.mark.parametrize("wrong", ["", "nobody", "' OR TRUE --", "æøå"])
def test_what_is_not_known(world: Any, wrong: str) -> None:
    with world.store.transaction() as connection:
        with pytest.raises(NotFound, match="import it first"):
            require_lead(connection, wrong, None)
        with pytest.raises(NotFound, match="import it first"):
            require_campaign(connection, wrong, None)
        with pytest.raises(BadInput, match="import the agents first"):
            require_agent(connection, wrong)
