"""Contract tables in memory."""

from __future__ import annotations

from datetime import UTC, datetime

import pandas as pd
import pyarrow as pa
import pytest

from data.contract import CONTRACT
from data.frames import arrow_schema, empty_table, to_arrow

MOMENT = datetime(2025, 1, 1, 12, tzinfo=UTC)


def test_a_frame_gets_the_contract_s_columns_and_types() -> None:
    frame = pd.DataFrame({"call_id": ["x"], "talk_seconds": [3], "occurred_at": [pd.Timestamp(MOMENT)]})
    table = to_arrow("calls", frame)
    assert table.schema == arrow_schema(CONTRACT["calls"])
    (row,) = table.to_pylist()
    assert (row["call_id"], row["talk_seconds"], row["lead_id"], row["superseded_at"]) == ("x", 3, None, None)
    assert row["occurred_at"] == row["known_at"] == MOMENT


def test_other_zones_and_units_become_utc_microseconds() -> None:
    local = pd.Series([pd.Timestamp("2025-01-01 13:00", tz="Europe/Copenhagen").as_unit("ns")])
    table = to_arrow("calls", pd.DataFrame({"occurred_at": local}))
    assert table["occurred_at"].type == pa.timestamp("us", tz="UTC")
    assert table["occurred_at"].to_pylist() == [MOMENT]


def test_a_column_that_the_table_does_not_have_is_refused() -> None:
    with pytest.raises(KeyError, match="table calls has no nonsense"):
        to_arrow("calls", pd.DataFrame({"nonsense": [1]}))


@pytest.mark.parametrize("name", CONTRACT)
def test_an_empty_table_has_the_schema(name: str) -> None:
    assert empty_table(name).schema == arrow_schema(CONTRACT[name])
    assert empty_table(name).num_rows == 0
