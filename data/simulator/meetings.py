"""Meetings and cases in clock time, and the contract tables of meetings and opportunities."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.contract.codes import OPPORTUNITY_STAGES
from data.simulator.arrays import NEVER, logistic, name_rows
from data.simulator.frames import NO_TIME, join_columns, lay_out
from data.simulator.sales import STAGES, stage_chances

if TYPE_CHECKING:
    import pandas as pd

    from data.simulator.arrays import Flags, Floats, Ints, Words
    from data.simulator.campaigns import Setup
    from data.simulator.clock import Calendar
    from data.simulator.leads import Leads
    from data.simulator.sales import SalesPaths
    from data.simulator.scenario import Scenario
    from data.simulator.timetable import DialledCalls

HOUR = 3600


@dataclass(frozen=True)
class MeetingTimes:
    """Moments of each booked lead in seconds since 1970, NO_TIME where there is none; shape (booked leads,).

    Attributes:
        starts: shape (rows, 2), of the first and the second meeting.
        outcome: shape (rows, 2), when it was clear what became of it.
        opened: when sales took the case over.
        entered: shape (rows, stages), when each stage of the case was entered.
        won: signature.
        lost: loss in sales, or of a missed second meeting.
        amount: what the deal is worth if it comes, in øre.
    """

    starts: Ints
    outcome: Ints
    opened: Ints
    entered: Ints
    won: Ints
    lost: Ints
    amount: Ints


def set_meeting_times(
    generator: np.random.Generator,
    scenario: Scenario,
    calendar: Calendar,
    setup: Setup,
    leads: Leads,
    sales: SalesPaths,
) -> MeetingTimes:
    """Draw hours and amounts; later stages of a day come at later hours."""
    count = len(sales.lead)
    second = generator.integers(9 * 4, 15 * 4, (count, 2)) * 900
    starts = _moments(calendar, sales.meeting_day, second)
    outcome = np.where(starts == NO_TIME, NO_TIME, starts + generator.integers(30, 60, (count, 2)) * 60)
    opened = np.where(sales.held[:, 0], outcome[:, 0], np.where(sales.held[:, 1], outcome[:, 1], NO_TIME))
    opened = np.where(opened == NO_TIME, NO_TIME, opened + 600)
    minute = generator.integers(0, 3000, (count, STAGES + 1))
    entered = _moments(calendar, sales.start_day, (10 + np.arange(STAGES + 1)) * HOUR + minute)
    entered[:, 0] = opened
    lost_hour = 11 + np.clip(sales.stage_lost, 0, STAGES)
    case_lost = _moments(calendar, sales.lost_day, lost_hour * HOUR + generator.integers(0, 3000, count))
    missed = (sales.lost_day == sales.meeting_day[:, 1]) & ~sales.held.any(axis=1)
    won = np.where(sales.won_day < NEVER, entered[:, STAGES], NO_TIME)
    return MeetingTimes(
        starts=starts,
        outcome=outcome,
        opened=opened,
        entered=entered[:, :STAGES],
        won=won,
        lost=np.where(missed & (case_lost != NO_TIME), outcome[:, 1] + 60, case_lost),
        amount=_draw_amounts(generator, scenario, setup, leads, sales.lead),
    )


def list_meetings(sales: SalesPaths, calls: DialledCalls, times: MeetingTimes) -> pd.DataFrame:
    """The contract table ``meetings``, one row for each call that booked one."""
    booking = np.flatnonzero(calls.disposition == "meeting_booked")
    lead = calls.lead[booking]
    row = np.searchsorted(sales.lead, lead)
    _, first = np.unique(lead, return_index=True)
    turn = np.ones(len(lead), dtype=np.int64)
    turn[first] = 0
    return lay_out(
        "meetings",
        {
            "meeting_id": _meeting_names(lead, turn),
            "lead_id": name_rows("l", lead),
            "call_id": calls.number[booking],
            "starts_at": times.starts[row, turn],
            "occurred_at": calls.end[booking] + 30,
        },
    )


def list_meeting_outcomes(generator: np.random.Generator, sales: SalesPaths, times: MeetingTimes) -> pd.DataFrame:
    """The contract table ``meeting_outcomes``."""
    row, turn = np.nonzero(times.outcome != NO_TIME)
    missed = np.where(generator.random(len(row)) < 0.7, "no_show", "cancelled")
    return lay_out(
        "meeting_outcomes",
        {
            "meeting_id": _meeting_names(sales.lead[row], turn),
            "outcome": np.where(sales.held[row, turn], "held", missed),
            "occurred_at": times.outcome[row, turn],
        },
    )


def list_opportunities(sales: SalesPaths, times: MeetingTimes) -> pd.DataFrame:
    """The contract table ``opportunities``."""
    row = np.flatnonzero(times.opened != NO_TIME)
    return lay_out(
        "opportunities",
        {
            "opportunity_id": name_rows("o", sales.lead[row]),
            "lead_id": name_rows("l", sales.lead[row]),
            "currency": ["DKK"] * len(row),
            "occurred_at": times.opened[row],
        },
    )


def list_opportunity_stages(
    generator: np.random.Generator,
    scenario: Scenario,
    setup: Setup,
    leads: Leads,
    sales: SalesPaths,
    times: MeetingTimes,
) -> pd.DataFrame:
    """The contract table ``opportunity_stages``; sellers hope for more than comes."""
    passing = stage_chances(scenario, leads, setup)[sales.lead]
    parts = []
    for stage in range(STAGES):
        hope = scenario.sales.seller_optimism + generator.normal(0, scenario.sales.seller_noise, len(passing))
        chance = passing[:, stage:].prod(axis=1)
        stated = np.round(logistic(np.log(chance / (1 - chance)) + hope) * 20) / 20
        guess = times.amount * np.exp(generator.normal(0.12, 0.08 * (STAGES - stage), len(passing)))
        amount = np.round(guess / 100_000).astype(np.int64) * 100_000
        reached = times.entered[:, stage] != NO_TIME
        parts.append(_stage_rows(sales, reached, OPPORTUNITY_STAGES[stage], amount, stated, times.entered[:, stage]))
    ones = np.ones(len(passing))
    parts.append(_stage_rows(sales, times.won != NO_TIME, "won", times.amount, ones, times.won))
    lost = (times.lost != NO_TIME) & (times.opened != NO_TIME)
    parts.append(_stage_rows(sales, lost, "lost", times.amount, 0 * ones, times.lost))
    return lay_out("opportunity_stages", join_columns(parts))


def _stage_rows(
    sales: SalesPaths, reached: Flags, stage: str, amount: Ints, stated: Floats, second: Ints
) -> dict[str, object]:
    case = name_rows("o", sales.lead[reached])
    return {
        "opportunity_stage_id": np.char.add(case, f"-{stage}"),
        "opportunity_id": case,
        "stage": np.full(len(case), stage),
        "amount_minor": amount[reached],
        "stated_probability": stated[reached],
        "occurred_at": second[reached],
    }


def _draw_amounts(generator: np.random.Generator, scenario: Scenario, setup: Setup, leads: Leads, lead: Ints) -> Ints:
    money = scenario.money
    size = (leads.employees[lead] / 30) ** money.size_exponent
    spread = np.exp(generator.normal(0, money.deal_log_sd, len(lead)))
    amount = money.deal_median * setup.price[leads.campaign[lead]] * size * spread
    return np.round(amount / 100).astype(np.int64) * 10_000


def _moments(calendar: Calendar, day: Ints, second: Ints) -> Ints:
    """Seconds since 1970; NO_TIME for days past the last one."""
    return np.where(day < len(calendar.midnight), calendar.seconds(day, second), NO_TIME)


def _meeting_names(lead: Ints, turn: Ints) -> Words:
    return np.char.add(name_rows("m", lead), np.array(["", "b"])[turn])
