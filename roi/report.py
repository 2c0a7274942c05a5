"""The ROI report: from contract tables and close probabilities to a table that adds up."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, Any

import pandas as pd

from data.visible import open_visible
from roi.activity import count_calls, sum_activity
from roi.allocation import NOT_ALLOCATED
from roi.costs import charge_costs, sum_costs
from roi.currency import find_currency
from roi.leads import place_leads
from roi.notes import list_notes
from roi.outcomes import gather_outcomes, sum_outcomes
from roi.pipeline import gather_pipeline, register_probabilities, sum_pipeline
from roi.table import TOTAL, add_groups, make_frame, make_row, sum_groups
from roi.window import check_window

if TYPE_CHECKING:
    from datetime import datetime

    from data.frames import Tables
    from roi.activity import Fact
    from roi.window import Window

READ = (
    "agent_hours",
    "calls",
    "campaigns",
    "clients",
    "costs",
    "deal_reversals",
    "deals",
    "lead_stages",
    "leads",
    "lists",
    "meeting_outcomes",
    "meetings",
    "opportunities",
    "opportunity_stages",
)
"""The tables that ROI reads; ``agents`` is not among them, since names are personal."""

LABELS = {"campaign": "campaigns", "client": "clients", "list": "lists"}
"""Dimension to the table that names its groups; agents' names are personal and stay out of reports."""


@dataclass(frozen=True, eq=False)
class RoiReport:
    """Costs, income and ROI by group.

    Attributes:
        window: what was asked.
        rows: one row per group with the columns of :func:`roi.measures.describe_measures`, sorted by key.
        total: the same columns for all groups together: sums of all rows, ratios computed from these sums;
            a ratio that is undefined is None.
        currency: ISO 4217 code of all amounts, or None where there are none and the clients differ.
        notes: sentences about what is missing, left out, not allocated, undefined or rests on little.
    """

    window: Window
    rows: pd.DataFrame
    total: pd.Series
    currency: str | None
    notes: tuple[str, ...]

    def as_json(self) -> dict[str, Any]:
        """The report as plain values, ready for ``json.dumps``; an undefined ratio is None."""
        start = self.window.start
        return {
            "by": self.window.by,
            "basis": self.window.basis,
            "start": None if start is None else start.isoformat(),
            "end": self.window.end.isoformat(),
            "currency": self.currency,
            "rows": [_make_plain(row) for row in self.rows.to_dict("records")],
            "total": _make_plain(self.total.to_dict()),
            "notes": list(self.notes),
        }


def build_roi(
    tables: Tables,
    probabilities: pd.DataFrame,
    *,
    by: str,
    start: datetime | None,
    end: datetime,
    basis: str = "period",
) -> RoiReport:
    """Measure the chain from calls to money, by group, as visible at ``end``.

    ROI = (revenue - cost) ÷ cost, once with deals closed and once with the weighted pipeline added. All
    additive columns add up to the total to the minor unit. How costs reach a group is said in
    :func:`roi.costs.charge_costs`, who has the credit for an outcome in :func:`roi.credit.credit_agents`.

    Args:
        tables: contract tables.
        probabilities: ``lead_id`` (text) and ``probability`` (share): close probability of open leads as of
            ``end``. An open opportunity without one is left out of the pipeline, and a note says so.
        by: "campaign", "segment", "agent", "month" (in the client's time zone), "client" or "list".
        start: first moment that counts, with a time zone; None from the beginning.
        end: first moment that no longer counts, with a time zone; also the as-of.
        basis: "period" counts what happened in the window; "cohort" takes the leads created in it and all
            that came of them until ``end`` (by month: of the lead's creation).

    Raises:
        BadInput: an unknown dimension or basis, a window that is none, bad probabilities, or amounts in
            more than one currency.
    """
    window = check_window(by, start, end, basis)
    with open_visible(tables, READ, end) as connection:
        register_probabilities(connection, probabilities)
        groups = sum_groups(_gather_facts(connection, window))
        total = add_groups(groups)
        labels = _read_labels(connection, window)
        rows = [make_row(window, key, labels.get(key, key), sums) for key, sums in groups.items()]
        return RoiReport(
            window=window,
            rows=make_frame(rows),
            total=pd.Series(make_row(window, TOTAL, "total", total), dtype=object),
            currency=find_currency(connection),
            notes=tuple(list_notes(connection, window, groups, total)),
        )


def _gather_facts(connection: Any, window: Window) -> list[Fact]:
    place_leads(connection, window)
    count_calls(connection, window)
    gather_outcomes(connection, window)
    gather_pipeline(connection, window)
    charge_costs(connection, window)
    return [
        *sum_activity(connection),
        *sum_outcomes(connection),
        *sum_pipeline(connection),
        *sum_costs(connection),
    ]


def _read_labels(connection: Any, window: Window) -> dict[str, str]:
    """Group key to name; ``not allocated`` and keys without a visible row name themselves."""
    if window.by not in LABELS:
        return {}
    query = f"SELECT {window.by}_id, name FROM {LABELS[window.by]} WHERE {window.by}_id <> '{NOT_ALLOCATED}'"
    return dict(connection.execute(query).fetchall())


def _make_plain(row: dict[Any, Any]) -> dict[str, Any]:
    return {str(name): None if pd.isna(value) else _unwrap(value) for name, value in row.items()}


def _unwrap(value: Any) -> Any:
    return value.item() if hasattr(value, "item") else value
