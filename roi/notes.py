"""What a reader must know beside the figures: what was left out, what is undefined, what rests on little."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from roi.allocation import NOT_ALLOCATED, largest_remainder
from roi.costs import SECONDS_PER_HOUR
from roi.measures import DIVISORS

if TYPE_CHECKING:
    from collections.abc import Iterator, Mapping

    from roi.table import Sums
    from roi.window import Window

SMALL = 20
"""A ratio that rests on fewer than this is marked."""

NAMED_AT_MOST = 5

RATES = ("contact_rate", "show_rate", "cpl_minor", "cpa_minor")
"""Ratios whose denominator counts cases, so that few of them say little."""


def list_notes(connection: Any, window: Window, groups: Mapping[str, Sums], total: Sums) -> list[str]:
    """Sentences about missing, left-out and unallocated rows, undefined ratios and small denominators."""
    return [
        *_note_missing(connection, window, total),
        *_note_left_out(connection, window),
        *_note_not_allocated(window, groups),
        *_note_undefined(groups, total),
        *_note_small(groups, total),
    ]


def _note_missing(connection: Any, window: Window, total: Sums) -> Iterator[str]:
    if not any(total.values()):
        yield "Nothing happened in this window: all figures are zero and all ratios undefined."
    if not total["calls"]:
        if _count(connection, "SELECT count(*) FROM cells"):
            yield "No calls were made in this window."
        else:
            yield "There is no call data: no contact rate, no talk time, and no costs shared by calls."
    if reversals := _count(connection, "SELECT count(*) FROM outcomes WHERE inside AND event = 'reversal'"):
        yield f"Revenue is reduced by {reversals} reversals; the deals still count as deals."
    if window.by == "month" and not window.is_cohort and window.start is not None:
        months = "SELECT count(*) FROM pipeline WHERE counted AND credit_at < ?"
        if before := _count(connection, months, window.start):
            yield f"{before} open opportunities from before the window stand in their own, earlier months."


def _note_left_out(connection: Any, window: Window) -> Iterator[str]:
    """Rows that a figure leaves out, each kind counted."""
    if count := _count(connection, "SELECT count(*) FROM pipeline WHERE probability IS NULL"):
        yield f"{count} open opportunities have no close probability and are not in the weighted pipeline."
    if count := _count(connection, "SELECT count(*) FROM pipeline WHERE amount_minor IS NULL"):
        yield f"{count} open opportunities have no amount and are not in the weighted pipeline."
    without_case = """SELECT count(*) FROM (SELECT lead_id FROM probabilities EXCEPT
        (SELECT lead_id FROM ended UNION SELECT lead_id FROM open_cases))"""
    if count := _count(connection, without_case):
        yield f"{count} open leads with a close probability have no opportunity and are not in the pipeline."
    fate = "left out of the cohort" if window.is_cohort else "belonging to no group of leads"
    for name, query in UNKNOWN_LEADS.items():
        if count := _count(connection, query):
            yield f"{count} {name} name a lead that is not known at the end of the window: {fate}."
    if count := _count(connection, "SELECT count(*) FROM charges WHERE unknown_lead"):
        yield f"{count} costs name a lead that is not known: shared as if they named none."
    outside = _count(connection, "SELECT coalesce(sum(fine), 0) FROM costed WHERE NOT inside")
    if outside := largest_remainder([outside], SECONDS_PER_HOUR)[0]:
        yield f"Costs of {_write_money(outside)} fall on leads outside the cohort and are not counted."


UNKNOWN_LEADS = {
    "calls": "SELECT coalesce(sum(calls), 0) FROM cells WHERE campaign_id IS NULL",
    "later events": "SELECT count(*) FROM outcomes WHERE NOT known_lead",
}


def _note_not_allocated(window: Window, groups: Mapping[str, Sums]) -> Iterator[str]:
    names = ("calls", "qualified_leads", "meetings_booked", "opportunities", "deals")
    sums = groups.get(NOT_ALLOCATED)
    if sums is None:
        return
    parts = [f"{sums[name]} {name.replace('_', ' ')}" for name in names if sums[name]]
    for name, what in (
        ("revenue_minor", "revenue"),
        ("weighted_pipeline_minor", "pipeline"),
        ("cost_minor", "cost"),
    ):
        parts += [f"{what} of {_write_money(sums[name])}"] if sums[name] else []
    if parts:
        yield f"Not allocated to any {window.by}, and shown as such: {', '.join(parts)}."


def _note_undefined(groups: Mapping[str, Sums], total: Sums) -> Iterator[str]:
    for ratio, (divisor, columns) in DIVISORS.items() if groups else ():
        without = [key for key, sums in groups.items() if not _add(sums, columns)]
        if not _add(total, columns):
            yield f"{ratio} is undefined: there are no {divisor}."
        elif without:
            yield f"{ratio} is undefined in {_name_groups(without)}: no {divisor} there."


def _note_small(groups: Mapping[str, Sums], total: Sums) -> Iterator[str]:
    for ratio in RATES:
        divisor, columns = DIVISORS[ratio]
        few = [key for key, sums in groups.items() if 0 < _add(sums, columns) < SMALL]
        if 0 < _add(total, columns) < SMALL:
            yield f"{ratio} rests on fewer than {SMALL} {divisor} in all: {_add(total, columns)}."
        elif few:
            yield f"{ratio} rests on fewer than {SMALL} {divisor} in {_name_groups(few)}."


def _name_groups(keys: list[str]) -> str:
    named = ", ".join(keys[:NAMED_AT_MOST])
    more = len(keys) - NAMED_AT_MOST
    return f"{named} and {more} more" if more > 0 else named


def _add(sums: Sums, columns: tuple[str, ...]) -> int:
    return sum(sums[column] for column in columns)


def _count(connection: Any, query: str, *values: object) -> int:
    return int(connection.execute(query, list(values)).fetchone()[0])


def _write_money(minor: int) -> str:
    """Minor units as units, two decimals, in integers throughout."""
    sign = "-" if minor < 0 else ""
    return f"{sign}{abs(minor) // 100:,}.{abs(minor) % 100:02d}"
