"""The journal of each lead: its stages, and why it was lost."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.contract.codes import CONNECTS
from data.simulator.arrays import NEVER, draw_codes, name_rows
from data.simulator.calling import STOPPED
from data.simulator.frames import NO_TIME, join_columns, lay_out

if TYPE_CHECKING:
    import pandas as pd

    from data.simulator.arrays import Ints, Words
    from data.simulator.calling import CallingPaths
    from data.simulator.clock import Calendar
    from data.simulator.leads import Leads
    from data.simulator.meetings import MeetingTimes
    from data.simulator.sales import SalesPaths
    from data.simulator.timetable import DialledCalls

REFUSALS = np.array(["no_need", "no_budget", "timing", "competitor", "no_authority"])
REFUSAL_MIX = np.array([[0.45, 0.15, 0.2, 0.12, 0.08], [0.3, 0.05, 0.1, 0.05, 0.5]])
"""Why a conversation ended in a no: usual contacts, and those with a wrong title."""
SALES_REASONS = np.array(["no_need", "no_budget", "timing", "competitor", "price"])
SALES_MIX = np.array(
    [
        [0.4, 0.15, 0.3, 0.1, 0.05],
        [0.25, 0.15, 0.2, 0.3, 0.1],
        [0.05, 0.25, 0.15, 0.2, 0.35],
        [0.0, 0.15, 0.15, 0.3, 0.4],
        [0.0, 0.4, 0.4, 0.1, 0.1],
    ]
)
"""Why a case was lost, by the stage it was in; the last row is a signature that did not come."""


@dataclass(frozen=True)
class Endings:
    """How leads ended, shape (leads,): seconds since 1970 or NO_TIME, and the reason of the lost."""

    won: Ints
    lost: Ints
    reason: Words


def first_seconds(lead: Ints, second: Ints, count: int) -> Ints:
    """The first of each lead's moments, NO_TIME for leads without one. Moments must be in order of time."""
    found = np.full(count, NO_TIME)
    found[lead[::-1]] = second[::-1]
    return found


def find_qualified(calls: DialledCalls, count: int) -> Ints:
    """When each lead was qualified, shape (count,): after its first conversation that went well, or NO_TIME."""
    warm = np.isin(calls.disposition, ["interested", "meeting_booked"])
    first = first_seconds(calls.lead[warm], calls.end[warm], count)
    return _after(first, 20)


def find_endings(
    generator: np.random.Generator,
    calendar: Calendar,
    leads: Leads,
    calling: CallingPaths,
    sales: SalesPaths,
    calls: DialledCalls,
    times: MeetingTimes,
) -> Endings:
    """When and why each lead was won or lost, before the end or after it."""
    count = len(leads)
    last_call = np.full(count, NO_TIME)
    last_call[calls.lead] = calls.end
    refused = np.where(
        calling.reason == STOPPED,
        "consent_withdrawn",
        REFUSALS[draw_codes(generator, REFUSAL_MIX[leads.wrong_title.astype(np.int64)])],
    )
    reason = np.where(calling.reason >= 0, refused, np.where(leads.protected, "other", "unreachable"))
    ended = calling.concluded_day < NEVER
    at_nine = calendar.seconds(calling.concluded_day, np.full(count, 9 * 3600))
    # A call planned for the last day may not have been made before the end.
    by_call = np.where(last_call >= at_nine, last_call + 40, NO_TIME)
    lost = np.where(ended, np.where(leads.protected, at_nine, by_call), NO_TIME)
    won, sale_lost = times.won, times.lost
    by_phone = (sales.lost_day == sales.followed_day) & (sales.followed_day < NEVER)
    follow_end = last_call[sales.lead]
    followed = by_phone & (follow_end >= calendar.seconds(sales.followed_day, np.full(len(by_phone), 9 * 3600)))
    lost[sales.lead] = np.where(by_phone, np.where(followed, follow_end + 40, NO_TIME), sale_lost)
    worked = sales.start_day[:, 0] < NEVER
    drawn = SALES_REASONS[draw_codes(generator, SALES_MIX[np.maximum(sales.stage_lost, 0)])]
    reason[sales.lead] = np.where(worked, drawn, "timing")
    signed = np.full(count, NO_TIME)
    signed[sales.lead] = won
    return Endings(signed, lost, np.where(lost == NO_TIME, "", reason))


def list_lead_stages(
    calendar: Calendar,
    leads: Leads,
    sales: SalesPaths,
    calls: DialledCalls,
    times: MeetingTimes,
    endings: Endings,
) -> pd.DataFrame:
    """The contract table ``lead_stages``."""
    count = len(leads)
    connect = np.isin(calls.disposition, CONNECTS)
    booked = calls.disposition == "meeting_booked"
    opened = np.full(count, NO_TIME)
    opened[sales.lead] = times.opened
    stages = {
        "new": calendar.seconds(leads.created_day, leads.created_second),
        "contacted": _after(first_seconds(calls.lead[connect], calls.end[connect], count), 10),
        "qualified": find_qualified(calls, count),
        "meeting": _after(first_seconds(calls.lead[booked], calls.end[booked], count), 30),
        "opportunity": opened,
        "won": endings.won,
        "lost": endings.lost,
    }
    parts = [_stage_rows(stage, second, endings.reason) for stage, second in stages.items()]
    return lay_out("lead_stages", join_columns(parts))


def _after(second: Ints, delay: int) -> Ints:
    return np.where(second == NO_TIME, NO_TIME, second + delay)


def _stage_rows(stage: str, second: Ints, reason: Words) -> dict[str, object]:
    lead = np.flatnonzero(second != NO_TIME)
    names = name_rows("l", lead)
    reasons = reason[lead].astype(object) if stage == "lost" else np.full(len(lead), None, dtype=object)
    return {
        "lead_stage_id": np.char.add(names, f"-{stage}"),
        "lead_id": names,
        "stage": np.full(len(lead), stage),
        "lost_reason": reasons,
        "occurred_at": second[lead],
    }
