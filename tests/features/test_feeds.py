"""Feeds: one prepared query, other rows each time."""

from __future__ import annotations

import duckdb
import pyarrow as pa
import pytest

from data.errors import BadInput
from data.frames import empty_table
from features.feeds import Feed, feed_schemas, narrow_table


def test_prepared_query_sees_the_rows_held_now():
    schema = pa.schema([("n", pa.int64())])
    feed = Feed(schema)
    with duckdb.connect() as connection:
        connection.register("numbers", feed)
        connection.execute("PREPARE total AS SELECT count(*), sum(n)::BIGINT FROM numbers")
        seen = []
        for values in ([1, 2], [10]):
            feed.table = pa.table({"n": values}, schema=schema)
            seen += connection.execute("EXECUTE total").fetchall()
        feed.clear()
        seen += connection.execute("EXECUTE total").fetchall()
    assert seen == [(2, 3), (1, 10), (0, None)]


def test_tables_are_narrowed_to_what_is_read():
    schema = feed_schemas()["contacts"]
    narrow = narrow_table("contacts", empty_table("contacts"), schema)
    assert narrow.schema == schema
    assert not {"name", "email", "phone", "title"} & set(narrow.column_names)


def test_table_without_a_column_is_refused():
    calls = empty_table("calls").drop_columns(["talk_seconds"])
    with pytest.raises(BadInput, match="calls has no column talk_seconds"):
        narrow_table("calls", calls, feed_schemas()["calls"])
