from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import Any

import pandas as pd
import pytest
import sqlalchemy as sa

from data.errors import BadInput
from data.scores import read_scores
from serving.ranking import fill_queue, rank_scores
from training import ask_open_leads, score_questions

NOON = datetime(2026, 6, 17, 10, 0, tzinfo=UTC)


def test_the_queue_holds_every_open_lead_with_the_score_computed_offline(world: Any) -> None:
    offline = score_questions(world.tables, ask_open_leads(world.tables, NOON), world.artefact).scores
    logged = read_scores(world.store, NOON, NOON + timedelta(microseconds=1), question="pipeline")
    pd.testing.assert_series_equal(logged["lead_id"], offline["lead_id"].sort_values(ignore_index=True))
    for name in ("probability", "probability_90_days", "probability_180_days"):
        online = logged.set_index("lead_id")[name]
        assert (online == offline.set_index("lead_id")[name][online.index]).all()
    assert (logged["model_version"] == world.artefact.version).all()


def test_filling_again_changes_nothing_and_drops_who_is_not_open(world: Any) -> None:
    with world.store.transaction() as connection:
        queued = count_queue(connection)
        connection.execute(
            sa.text(
                "INSERT INTO call_queue SELECT 'no longer open', campaign_id, :at, model_version, probability,"
                " expected_value_minor FROM call_queue LIMIT 1"
            ),
            {"at": NOON},
        )
    assert len(fill_queue(world.store, world.artefact, NOON, arrived_at=NOON)) == queued
    with world.store.transaction() as connection:
        assert count_queue(connection) == queued
        assert not connection.scalar(sa.text("SELECT count(*) FROM call_queue WHERE lead_id = 'no longer open'"))


@pytest.mark.parametrize(("hours", "reason"), [(1, "is yet to come"), (-1, "learned from what was known by 2026")])
def test_no_score_is_given_with_hindsight(world: Any, hours: int, reason: str) -> None:
    with pytest.raises(BadInput, match=reason):
        fill_queue(world.store, world.artefact, NOON + timedelta(hours=hours), arrived_at=NOON)


def count_queue(connection: sa.Connection) -> int:
    return int(connection.scalar(sa.text("SELECT count(*) FROM call_queue")) or 0)


def test_without_amounts_the_probability_ranks() -> None:
    scores = pd.DataFrame(
        {"probability": [0.1, 0.2, 0.3], "expected_value_minor": pd.array([None, 500_000, None], "Int64")}
    )
    assert rank_scores(scores).tolist() == [100_000, 500_000, 300_000]
