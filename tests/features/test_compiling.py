"""The compiled queries, run by hand on rows made for them."""

from __future__ import annotations

import duckdb
import pytest

from features import FEATURES
from features.compiling import compile_query
from features.sources import LEAD_STAGES, MEETING_OUTCOMES, SOURCES

STAGES = """
    CREATE TABLE questions AS SELECT * FROM (VALUES (0, 'lead', TIMESTAMP '2025-01-10'))
        AS rows (question, key, as_of);
    CREATE TABLE lead_stages AS SELECT 'lead' AS lead_id, 's1' AS lead_stage_id, 'new' AS stage,
        TIMESTAMP '{occurred_at}' AS occurred_at, TIMESTAMP '{known_at}' AS known_at,
        {superseded_at}::TIMESTAMP AS superseded_at;
"""


@pytest.mark.parametrize(
    ("occurred_at", "known_at", "superseded_at", "visible"),
    [
        ("2025-01-09", "2025-01-09", "NULL", True),
        ("2025-01-10", "2025-01-09", "NULL", False),
        ("2025-01-09", "2025-01-10", "NULL", False),
        ("2025-01-09", "2025-01-09", "'2025-01-09 23:00'", False),
        ("2025-01-09", "2025-01-09", "'2025-01-10'", True),
        ("2025-01-09", "2025-01-09", "'2025-01-11'", True),
    ],
)
def test_visibility(occurred_at, known_at, superseded_at, visible):
    query = compile_query(LEAD_STAGES, [FEATURES["stage"]])
    with duckdb.connect() as connection:
        connection.execute(STAGES.format(occurred_at=occurred_at, known_at=known_at, superseded_at=superseded_at))
        assert connection.execute(query.text).fetchall() == ([(0, "new")] if visible else [])


def test_a_source_through_another_table_reads_both():
    query = compile_query(MEETING_OUTCOMES, [FEATURES["meetings_held"]])
    assert query.columns == {
        "meeting_outcomes": ("known_at", "meeting_id", "occurred_at", "outcome", "superseded_at"),
        "meetings": ("known_at", "lead_id", "meeting_id", "occurred_at", "superseded_at"),
    }


@pytest.mark.parametrize("source", SOURCES, ids=lambda source: source.table)
def test_the_result_has_a_column_for_each_feature(source):
    features = [feature for feature in FEATURES.values() if feature.source is source]
    names = compile_query(source, features).schema.names
    assert names[0] == "question"
    assert names[len(names) - len(features) :] == [feature.name for feature in features]
