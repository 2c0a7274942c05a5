"""Feature rows kept for the service."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from typing import TYPE_CHECKING

import numpy as np

from data.kept_features import drop_features, keep_features, read_features

if TYPE_CHECKING:
    from data.store import Store

NOW = datetime(2025, 6, 3, 9, 0, tzinfo=UTC)


def test_rows_come_back_to_the_bit_until_they_age(store: Store) -> None:
    matrix = np.array([[0.1 + 0.2, np.nan, -0.0], [1e-308, np.inf, 2**53 + 1.0]])
    clocks = {"as_of": NOW, "expires_at": NOW + timedelta(hours=1)}
    with store.transaction() as connection:
        keep_features(connection, ["b", "a"], matrix, model_version="1", **clocks)
        found = read_features(connection, ["a", "b", "c"], model_version="1", at=NOW)
        assert set(found) == {"a", "b"}
        assert found["b"].tobytes() == matrix[0].tobytes()
        assert found["a"].tobytes() == matrix[1].tobytes()
        assert read_features(connection, ["a"], model_version="2", at=NOW) == {}
        assert read_features(connection, ["a"], model_version="1", at=NOW + timedelta(hours=1)) == {}


def test_newer_rows_take_the_place_of_older_and_can_be_dropped(store: Store) -> None:
    clocks = {"as_of": NOW, "expires_at": NOW + timedelta(hours=1)}
    with store.transaction() as connection:
        keep_features(connection, ["a", "b"], np.zeros((2, 1)), model_version="1", **clocks)
        keep_features(connection, ["a"], np.ones((1, 1)), model_version="2", **clocks)
        keep_features(connection, [], np.zeros((0, 1)), model_version="2", **clocks)
        assert read_features(connection, ["a"], model_version="1", at=NOW) == {}
        assert read_features(connection, ["a"], model_version="2", at=NOW)["a"].tolist() == [1.0]
        drop_features(connection, ["a", "nobody"])
        assert list(read_features(connection, ["a", "b"], model_version="1", at=NOW)) == ["b"]
