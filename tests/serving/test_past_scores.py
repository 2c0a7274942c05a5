from __future__ import annotations

from typing import TYPE_CHECKING, Any

from data.scores import repeat_score
from serving.kept_leads import refresh_lead
from serving.past_scores import SHOWN, find_score, list_scores

if TYPE_CHECKING:
    from serving.desk import Desk


def test_newest_first_each_once(world: Any, desk: Desk, queued_lead: str) -> None:
    for _ in range(SHOWN + 2):
        refresh_lead(desk, queued_lead, world.artefact, question="list", at=desk.clock())
    with world.store.transaction() as connection:
        current = find_score(connection, queued_lead)
        assert current is not None
        repeat_score(
            connection, queued_lead, current.as_of, current.model_version, question="rep", arrived_at=desk.clock()
        )
        history = list_scores(connection, queued_lead)
    assert history[0] == current
    assert len(history) == SHOWN
    assert [score.as_of for score in history] == sorted({score.as_of for score in history}, reverse=True)


def test_a_lead_outside_the_queue_has_none(world: Any) -> None:
    with world.store.transaction() as connection:
        assert find_score(connection, "nobody") is None
        assert list_scores(connection, "nobody") == []
