from __future__ import annotations

from typing import TYPE_CHECKING, Any

import sqlalchemy as sa

from serving.kept_leads import KEPT_FOR, find_kept_lead, refresh_lead
from serving.ranking import fill_queue

if TYPE_CHECKING:
    from serving.desk import Desk


def test_features_are_kept_for_a_day_and_for_their_version(world: Any, desk: Desk, queued_lead: str) -> None:
    at, version = desk.clock(), world.artefact.version
    assert refresh_lead(desk, queued_lead, world.artefact, question="rep", at=at)
    with world.store.transaction() as connection:
        kept = find_kept_lead(connection, queued_lead, version, at)
        assert kept is not None
        assert len(kept.row) == len(world.artefact.schema.names)
        assert find_kept_lead(connection, queued_lead, version, kept.as_of + KEPT_FOR) is None
        assert find_kept_lead(connection, queued_lead, "another", at) is None


def test_a_newer_score_of_the_list_ends_them(world: Any, desk: Desk, queued_lead: str) -> None:
    at, version = desk.clock(), world.artefact.version
    refresh_lead(desk, queued_lead, world.artefact, question="rep", at=at)
    fill_queue(world.store, world.artefact, desk.clock(), arrived_at=desk.clock())
    with world.store.transaction() as connection:
        assert find_kept_lead(connection, queued_lead, version, at) is None


def test_a_lead_that_is_not_known_has_no_score(world: Any, desk: Desk) -> None:
    assert not refresh_lead(desk, "nobody", world.artefact, question="rep", at=desk.clock())
    with world.store.transaction() as connection:
        assert not connection.scalar(sa.text("SELECT count(*) FROM lead_features WHERE lead_id = 'nobody'"))
