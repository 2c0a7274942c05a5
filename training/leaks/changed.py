"""Attributes that change once a lead is closed: what stands there on closed leads was not known before."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import duckdb
import numpy as np
import pandas as pd
from scipy.stats import gamma

from features.attributes import declare_attributes
from training.leaks.chance import Share
from training.leaks.contrast import format_percent
from training.leaks.leak import Finding

if TYPE_CHECKING:
    from collections.abc import Sequence
    from datetime import datetime

    from numpy.typing import NDArray

    from data.frames import Tables
    from features import Attribute

KIND = "changed after closing"
DAY = 86_400
WINDOW = pd.Timedelta(days=90)
"""After closing; exports come in at least as often."""
CHANGED = 0.2
"""Changed on so large a share of the closed leads."""
TIMES, SURELY_TIMES = 5, 2
"""So many times as often as in as long a time while open, and surely so many."""
LEAST_CLOSED = 40
"""Leads closed since rows began to change; where there are fewer, those closed in the 90 days before count too."""

# Every change of a lead's row, with what differs from the row before it; only leads that changed at all are unpacked.
_CHANGES = """
WITH begun AS (
    SELECT lead_id, attributes, greatest(occurred_at, known_at) AS begins_at, known_at FROM leads
    WHERE greatest(occurred_at, known_at) < $cut),
several AS (SELECT lead_id FROM begun GROUP BY lead_id HAVING count(*) > 1),
unpacked AS (
    SELECT lead_id, begins_at, known_at, coalesce({values}, []) AS held FROM begun SEMI JOIN several USING (lead_id)),
pairs AS (
    SELECT lead_id, begins_at, held, lag(held) OVER (PARTITION BY lead_id ORDER BY begins_at, known_at) AS before
    FROM unpacked)
SELECT lead_id, begins_at, list_transform(range(1, {count} + 1),
           lambda place: coalesce(held[place], '') <> coalesce(before[place], '')) AS changed
FROM pairs WHERE before IS NOT NULL ORDER BY begins_at, lead_id"""


@dataclass(frozen=True)
class _Changes:
    """Changes of rows.

    Attributes:
        lead_id: whose row changed (n,).
        at: when the new row began (n,).
        changed: which attributes differ (n, attributes).
    """

    lead_id: pd.Series[str]
    at: pd.Series[pd.Timestamp]
    changed: NDArray[np.bool_]


def find_changed(
    tables: Tables, lives: pd.DataFrame, attributes: Sequence[Attribute], cut: datetime, alpha: float
) -> dict[str, Finding]:
    """Find the attributes that change within 90 days of closing more often than open leads' rate explains.

    Args:
        tables: ``leads`` with all versions; those that began at or after ``cut`` are not looked at.
        lives: of :func:`training.questions.read_outcomes` at ``cut``.
        attributes: those to look at.
        cut: the moment of training.
        alpha: chance of a wrong answer for each attribute.

    Returns:
        Column of the attribute to what was found.
    """
    changes = _read_changes(tables, attributes, cut)
    closed = _choose_closed(changes, lives)
    if len(closed) < LEAST_CLOSED:
        return {}
    ends = changes.lead_id.map(lives.set_index("lead_id")["closed_at"])
    open_then = (ends.isna() | (changes.at < ends)).to_numpy()
    after = (changes.lead_id.isin(closed.index) & (changes.at >= ends) & (changes.at < ends + WINDOW)).to_numpy()
    followed = np.minimum((pd.Timestamp(cut) - closed).dt.total_seconds().to_numpy() / DAY, WINDOW.days)
    open_days = max(_count_open_days(lives, changes.at.iloc[0], cut), 1.0)
    found = {}
    for attribute, changed in zip(attributes, changes.changed.T, strict=True):
        share = Share(changes.lead_id[changed & after].nunique() / len(closed), len(closed))
        count = int((changed & open_then).sum())
        usual = _expect(count / open_days, followed)
        most = _expect(float(gamma.isf(alpha, count + 1)) / open_days, followed)
        surely = share.lower(alpha) >= SURELY_TIMES * most
        if share.value >= max(CHANGED, TIMES * usual) and surely:
            found[attribute.column] = Finding(KIND, _tell(share.value, usual))
    return found


def _choose_closed(changes: _Changes, lives: pd.DataFrame) -> pd.Series[pd.Timestamp]:
    """When leads were closed that could have changed afterwards, by lead."""
    closed = lives[lives["closed_at"].notna()].set_index("lead_id")["closed_at"]
    if not len(changes.at):
        return closed[:0]
    first, last = changes.at.iloc[0], changes.at.iloc[-1]
    recent = closed[(closed >= first) & (closed < last)]
    return recent if len(recent) >= LEAST_CLOSED else closed[(closed >= first - WINDOW) & (closed < last)]


def _expect(rate: float, days: NDArray[np.float64]) -> float:
    """Share of leads that change at least once in so many days, at a rate per day."""
    return float((1 - np.exp(-rate * days)).mean())


def _read_changes(tables: Tables, attributes: Sequence[Attribute], cut: datetime) -> _Changes:
    source, _ = declare_attributes(attributes)
    columns = ["lead_id", "attributes", "occurred_at", "known_at"]
    with duckdb.connect() as connection:
        connection.execute("SET TimeZone = 'UTC'")
        connection.register("leads", tables["leads"].select(columns))
        query = _CHANGES.format(values=dict(source.derived)["attribute_values"], count=len(attributes))
        frame = connection.execute(query, {"cut": cut}).df()
    changed = np.array(frame["changed"].tolist(), dtype=bool).reshape(len(frame), len(attributes))
    return _Changes(frame["lead_id"], frame["begins_at"], changed)


def _count_open_days(lives: pd.DataFrame, first: pd.Timestamp, cut: datetime) -> float:
    """Days that leads were open, in all, from when rows began to change until the cut."""
    begins = lives["created_at"].where(lives["created_at"] > first, first)
    ends = lives["closed_at"].fillna(pd.Timestamp(cut))
    return float((ends - begins).dt.total_seconds().clip(lower=0).sum() / DAY)


def _tell(share: float, usual: float) -> str:
    return (
        f"changes within {WINDOW.days} days after closing on {format_percent(share)} of leads, and in as long a time "
        f"while open on {format_percent(usual)}; it is known only after the outcome"
    )
