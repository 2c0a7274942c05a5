from __future__ import annotations

from datetime import UTC, datetime
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.scores import log_scores, repeat_score
from serving.kept_leads import refresh_lead
from serving.past_scores import SHOWN, find_last_probabilities, find_score, list_scores

if TYPE_CHECKING:
    import sqlalchemy as sa

    from serving.desk import Desk


def test_newest_first_each_once(world: Any, desk: Desk, queued_lead: str) -> None:
    for _ in range(SHOWN + 2):
        refresh_lead(desk, queued_lead, world.artefact, question="list", at=desk.clock())
    with world.store.transaction() as connection:
        current = find_score(connection, queued_lead, desk.judge)
        assert current is not None
        repeat_score(
            connection, queued_lead, current.as_of, current.model_version, question="rep", arrived_at=desk.clock()
        )
        history = list_scores(connection, queued_lead, desk.judge)
    assert history[0] == current
    assert len(history) == SHOWN
    assert [score.as_of for score in history] == sorted({score.as_of for score in history}, reverse=True)


def test_each_score_is_held_against_the_one_that_its_version_gave_before(world: Any, desk: Desk) -> None:
    won = world.tables["deals"]["lead_id"][0].as_py()  # no other test scores it
    thresholds = world.artefact.scale.thresholds
    low, high = thresholds[19] + 1e-9, thresholds[79] + 1e-9  # 20 and 80
    given = [("a", 0, low), ("a", 1, high), ("b", 2, low), ("a", 3, high), ("a", 4, low)]
    with world.store.transaction() as connection:
        for version, day, probability in given:
            _log(connection, won, world.artefact.version if version == "a" else "another", day, probability)
        history = list_scores(connection, won, desk.judge)
        moments = [_day(day) for _, day, _ in given]
        before = [find_last_probabilities(connection, [(won, world.artefact.version, moment)]) for moment in moments]
        foreign = find_last_probabilities(connection, [(won, world.artefact.version, moments[4])], "another")
        connection.rollback()
    assert [(score.score, score.trend) for score in history] == [
        (20, "down"),
        (80, "steady"),
        (None, None),
        (80, "up"),
        (20, None),
    ]
    assert [found.get(won) for found in before] == [None, low, high, high, high]
    assert foreign == {}


def _day(day: int) -> datetime:
    return datetime(2026, 1, 1 + day, tzinfo=UTC)


def _log(connection: sa.Connection, lead_id: str, version: str, day: int, probability: float) -> None:
    scores = pd.DataFrame(
        {"lead_id": [lead_id], "as_of": [_day(day)], "probability": probability, "features_hash": "x"}
    )
    log_scores(connection, scores, question="list", model_version=version, arrived_at=_day(day))


def test_nobody_has_no_score_before(world: Any) -> None:
    with world.store.transaction() as connection:
        assert find_last_probabilities(connection, []) == {}


def test_a_lead_outside_the_queue_has_none(world: Any) -> None:
    with world.store.transaction() as connection:
        assert find_score(connection, "nobody", None) is None
        assert list_scores(connection, "nobody", None) == []
