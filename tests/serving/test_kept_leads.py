from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd
import pytest
import sqlalchemy as sa

from features import FeatureSchema, encode_matrix
from features.schema import Column
from serving.kept_leads import KEPT_FOR, decode_row, find_kept_lead, refresh_lead
from serving.ranking import fill_queue

if TYPE_CHECKING:
    from serving.desk import Desk

SCHEMA = FeatureSchema((Column("calls", "number"), Column("stage", "category", ("new", "won"))))


@pytest.mark.parametrize(
    ("row", "values"),
    [((3.0, 1.0), [3.0, "won"]), ((0.0, 0.0), [0.0, "new"]), ((np.nan, np.nan), [np.nan, None])],
)
def test_a_row_is_decoded_into_what_it_was_encoded_from(row: tuple[float, ...], values: list[Any]) -> None:
    decoded = decode_row(np.array(row), SCHEMA)
    pd.testing.assert_frame_equal(decoded, pd.DataFrame([values], columns=["calls", "stage"], dtype="object"))
    np.testing.assert_array_equal(encode_matrix(decoded, SCHEMA)[0], np.array(row))


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
