"""The scores that were given, by calendar month in UTC."""

from __future__ import annotations

import re
from typing import TYPE_CHECKING

import duckdb

from data.errors import BadInput
from data.frames import empty_table

if TYPE_CHECKING:
    from datetime import datetime

    import pandas as pd

    from data.frames import Tables

MONTH = re.compile(r"\d{4}-(0[1-9]|1[0-2])")

# A score belongs to its as-of, whenever it was computed: it uses nothing that came after, nor does its model.
SEEN = """
    seen AS (
        SELECT score_id, lead_id, occurred_at AS as_of, known_at, question, model_version, probability,
               probability_90_days, probability_180_days, strftime(occurred_at, '%Y-%m') AS month
        FROM scores
        WHERE occurred_at <= $as_of AND (superseded_at IS NULL OR superseded_at >= $as_of))"""


def require_month(month: str) -> str:
    """The month, if it is one.

    Raises:
        BadInput: it is not written as YYYY-MM.

    >>> require_month("2026-3")
    Traceback (most recent call last):
    data.errors.BadInput: the month '2026-3' is not a month; write it as YYYY-MM, for example 2026-03.
    """
    if not MONTH.fullmatch(month):
        raise BadInput(f"the month '{month}' is not a month; write it as YYYY-MM, for example 2026-03.")
    return month


def read_last_scores(tables: Tables, month: str, as_of: datetime) -> pd.DataFrame:
    """The last score of each lead in a month, ordered by lead.

    Args:
        tables: ``scores`` is read.
        month: YYYY-MM, UTC.
        as_of: a score of a later moment is not seen.

    Returns:
        ``lead_id``, ``as_of``, ``month``, ``question``, ``model_version`` and the three probabilities; ``given``, how
        many scores the lead had in the month.

    Raises:
        BadInput: no score was given in that month, or it is no month.
    """
    last = "row_number() OVER (PARTITION BY lead_id ORDER BY as_of DESC, known_at DESC, score_id DESC) = 1"
    scores = _query(
        tables,
        f"""
        WITH {SEEN} SELECT *, count(*) OVER (PARTITION BY lead_id) AS given FROM seen
        WHERE month = $month QUALIFY {last} ORDER BY lead_id""",
        {"as_of": as_of, "month": require_month(month)},
    )
    if scores.empty:
        raise BadInput(f"no scores were logged in {month}; {_name_months(tables, as_of)}.")
    return scores


def read_first_scores(tables: Tables, as_of: datetime) -> pd.DataFrame:
    """The first score of each lead in each month, ordered by as-of and lead; columns as in :func:`read_last_scores`.

    Promises are judged on the first: that a score is the last one of a lead says that the lead closed soon after.
    """
    first = "row_number() OVER (PARTITION BY lead_id, month ORDER BY as_of, known_at, score_id) = 1"
    query = f"""
        WITH {SEEN} SELECT *, count(*) OVER (PARTITION BY lead_id, month) AS given FROM seen
        QUALIFY {first} ORDER BY as_of, lead_id"""
    return _query(tables, query, {"as_of": as_of})


def _name_months(tables: Tables, as_of: datetime) -> str:
    months = _query(tables, f"WITH {SEEN} SELECT DISTINCT month FROM seen ORDER BY month", {"as_of": as_of})["month"]
    return f"months with scores are {', '.join(months)}" if len(months) else "no month has any: score leads first"


def _query(tables: Tables, query: str, given: dict[str, object]) -> pd.DataFrame:
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("scores", tables.get("scores", empty_table("scores")))
        frame: pd.DataFrame = connection.execute(query, given).df()
    return frame
