"""The call features as someone would write them by hand in DuckDB: one query, and nothing around it."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pyarrow as pa

if TYPE_CHECKING:
    import pandas as pd

    from data.frames import Tables

TABLES = ("leads", "campaigns", "clients", "calls")
"""What the query reads: the last for the calls, the others for the time zone."""

QUERY = """
WITH dialled AS (
    SELECT lead_id, c.occurred_at, talk_seconds, disposition,
           greatest(c.occurred_at, c.known_at) AS begins_at, coalesce(c.superseded_at, 'infinity') AS ends_at,
           timezone(time_zone, c.occurred_at) AS local_at,
           disposition IN ('callback', 'information_sent', 'interested', 'meeting_booked', 'not_interested',
                           'do_not_call') AS connected,
           row_number() OVER (PARTITION BY lead_id ORDER BY c.occurred_at, c.known_at, call_id) AS place
    FROM calls c JOIN leads USING (lead_id) JOIN campaigns USING (campaign_id) JOIN clients USING (client_id)),
answers AS (
    SELECT question,
           count(*) AS calls,
           count(*) FILTER (occurred_at >= as_of - INTERVAL 7 DAY) AS calls_last_7_days,
           count(*) FILTER (occurred_at >= as_of - INTERVAL 30 DAY) AS calls_last_30_days,
           count(*) FILTER (connected) AS connects,
           count(*) FILTER (connected) / count(*) AS contact_rate,
           count(*) - coalesce(list_position(list_sort(list(place)), max(place) FILTER (connected)), 0)
               AS unanswered_in_a_row,
           sum(talk_seconds) AS talk_seconds,
           max(talk_seconds) AS longest_talk_seconds,
           avg(talk_seconds) FILTER (connected) AS mean_talk_seconds,
           arg_max(talk_seconds, place) AS last_talk_seconds,
           arg_max(disposition, place) AS last_disposition,
           arg_max(disposition, place) FILTER (connected) AS last_connect_disposition,
           count(*) FILTER (disposition IN ('no_answer', 'busy', 'voicemail')) AS no_answers,
           count(*) FILTER (disposition IN ('invalid_number', 'wrong_person')) AS wrong_numbers,
           count(*) FILTER (disposition = 'gatekeeper') AS gatekeepers,
           count(*) FILTER (disposition IN ('information_sent', 'interested', 'meeting_booked')) AS interested_calls,
           count(*) FILTER (disposition = 'not_interested') AS not_interested_calls,
           epoch(any_value(as_of) - max(occurred_at)) / 3600 AS hours_since_last_call,
           epoch(any_value(as_of) - max(occurred_at) FILTER (connected)) / 86400 AS days_since_last_connect,
           epoch(max(occurred_at) - min(occurred_at)) / 86400 / nullif(count(*) - 1, 0) AS mean_days_between_calls,
           count(*) FILTER (hour(local_at) < 12) / count(*) AS morning_share_of_calls,
           count(*) FILTER (isodow(local_at) <= 2) / count(*) AS early_week_share_of_calls,
           arg_max(hour(local_at), place) FILTER (connected) AS last_connect_hour
    FROM questions JOIN dialled USING (lead_id)
    WHERE begins_at < as_of AND as_of <= ends_at
    GROUP BY question)
SELECT answers.* EXCLUDE (question) FROM questions LEFT JOIN answers USING (question) ORDER BY question"""


def query_calls(tables: Tables, questions: pd.DataFrame) -> pd.DataFrame:
    """Compute the call features by the query.

    Args:
        tables: at least :data:`TABLES`; of each lead, campaign and client one version.
        questions: ``lead_id`` and ``as_of``.

    Returns:
        One row per question in the same order; a count is missing where nothing happened.
    """
    numbered = questions.assign(question=np.arange(len(questions)))
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name in TABLES:
            connection.register(name, tables[name])
        connection.register("questions", pa.Table.from_pandas(numbered, preserve_index=False))
        frame: pd.DataFrame = connection.sql(QUERY).to_arrow_table().to_pandas()
    return frame
