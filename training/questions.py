"""The questions that the product is asked, and what became of each: the rows that a model learns from."""

from __future__ import annotations

from typing import TYPE_CHECKING

import duckdb

from data.frames import empty_table

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from data.frames import Tables

FULL_QUESTIONS = 12
"""So many first questions of a lead count in full, each later one less, that much-called leads do not dominate."""

SOURCES = ("leads", "lead_stages", "deals", "calls")

# When something is seen: once it has happened and is known.
SEEN = "greatest(occurred_at, known_at)"
VISIBLE = f"{SEEN} < {{at}} AND (superseded_at IS NULL OR superseded_at >= {{at}})"

# An outcome counts as it stands at the cut; it was seen when its first version was, even if that was corrected since.
OUTCOMES = f"""
    outcomes AS (
        SELECT lead_id, deal_id AS outcome_id, 'won' AS outcome, occurred_at, known_at, superseded_at FROM deals
        UNION ALL
        SELECT lead_id, lead_stage_id, 'lost', occurred_at, known_at, superseded_at FROM lead_stages
        WHERE stage = 'lost'),
    standing AS (
        SELECT lead_id, outcome_id, outcome, occurred_at FROM outcomes WHERE {VISIBLE.format(at="$cut")}),
    first_seen AS (
        SELECT outcome, outcome_id, min({SEEN}) AS seen_at FROM outcomes GROUP BY ALL)"""

LEAD_TIMES = f"""
    {OUTCOMES},
    created AS (
        SELECT lead_id, min({SEEN}) AS created_at FROM leads WHERE {SEEN} < $cut GROUP BY lead_id),
    closed AS (
        SELECT lead_id, max(outcome) AS outcome, min(seen_at) AS seen_at, min(occurred_at) AS closed_at
        FROM standing JOIN first_seen USING (outcome, outcome_id) GROUP BY lead_id),
    lives AS (
        SELECT lead_id, created_at, coalesce(outcome, 'open') AS outcome, seen_at, closed_at
        FROM created LEFT JOIN closed USING (lead_id))"""


def ask_questions(tables: Tables, cut: datetime) -> pd.DataFrame:
    """Every question the product would have been asked before ``cut``, with its outcome as known at ``cut``.

    A lead is asked about at its creation and at each change of stage (question ``rep``), before each call
    (``list``) and at the end of each month (``pipeline``), while it was open and known to be.

    Args:
        tables: leads, lead_stages, deals and calls.
        cut: nothing that happened or became known at or after it is used.

    Returns:
        One row per question, ordered by as_of and lead_id: ``lead_id``, ``as_of``, ``question``, ``outcome`` (won, lost
        or open at the cut), ``days`` (from as_of to the outcome, or to the cut where it is open; float) and
        ``weight`` (1 for the lead's first questions, 12 over its number for each later one, so that much-called leads
        do not dominate). It is known when the question is asked: one over all questions of the lead would tell how
        long the lead will live, and made the probability of new leads a third of the truth in simulation.
    """
    return _query(
        tables,
        cut,
        f"""
        WITH {LEAD_TIMES}, moments AS (
            SELECT lead_id, created_at + INTERVAL 1 MICROSECOND AS as_of, 'rep' AS question FROM lives
            UNION ALL
            SELECT lead_id, {SEEN} + INTERVAL 1 MICROSECOND, 'rep' FROM lead_stages WHERE {SEEN} < $cut
            UNION ALL
            SELECT lead_id, occurred_at, 'list' FROM calls WHERE {SEEN} < $cut
            UNION ALL
            SELECT lead_id, unnest(generate_series(
                       date_trunc('month', created_at) + INTERVAL 1 MONTH, coalesce(seen_at, $cut), INTERVAL 1 MONTH)),
                   'pipeline'
            FROM lives),
        asked AS (
            SELECT lead_id, as_of, min(question) AS question FROM moments JOIN lives USING (lead_id)
            WHERE as_of > created_at AND as_of < $cut AND NOT EXISTS (
                SELECT 1 FROM outcomes o WHERE o.lead_id = moments.lead_id AND {VISIBLE.format(at="as_of")})
            GROUP BY lead_id, as_of)
        SELECT lead_id, as_of, question, outcome,
               greatest(epoch(coalesce(closed_at, $cut)) - epoch(as_of), 0) / 86400 AS days,
               least(1.0, {FULL_QUESTIONS} / row_number() OVER (PARTITION BY lead_id ORDER BY as_of)) AS weight
        FROM asked JOIN lives USING (lead_id)
        ORDER BY as_of, lead_id""",
    )


def ask_open_leads(tables: Tables, as_of: datetime) -> pd.DataFrame:
    """The leads that are known and open at a moment: ``lead_id``, ``as_of``, ordered by lead_id."""
    query = f"WITH {LEAD_TIMES} SELECT lead_id, $cut::TIMESTAMPTZ AS as_of FROM lives WHERE outcome = 'open' ORDER BY 1"
    return _query(tables, as_of, query)


def read_outcomes(tables: Tables, cut: datetime) -> pd.DataFrame:
    """What became of each lead known at ``cut``: lead_id, created_at, outcome, seen_at, closed_at."""
    return _query(tables, cut, f"WITH {LEAD_TIMES} SELECT * FROM lives ORDER BY created_at, lead_id")


def _query(tables: Tables, cut: datetime, query: str) -> pd.DataFrame:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        for name in SOURCES:
            connection.register(name, tables.get(name, empty_table(name)))
        frame: pd.DataFrame = connection.execute(query, {"cut": cut}).df()
    return frame
