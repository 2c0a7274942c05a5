"""The truth: P(won by as_of + days) of every open lead, given its hidden state at as_of.

The hidden state is need, line, title, contact and campaign effect, how far the lead has come and what is
already planned for it (its next attempt, its meeting). How the market and the season will go belongs to the
scenario, and is known to the truth as well.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

from data.simulator import winning
from data.simulator.arrays import NEVER, name_rows
from data.simulator.calling import attempt_chances
from data.simulator.sales import STAGES, show_chances, stage_chances

if TYPE_CHECKING:
    from data.simulator.arrays import Floats, Ints
    from data.simulator.calling import CallingPaths
    from data.simulator.campaigns import Setup
    from data.simulator.clock import Calendar
    from data.simulator.leads import Leads
    from data.simulator.sales import SalesPaths
    from data.simulator.scenario import Scenario

HORIZONS = np.array([30, 60, 90, 120, 180, 365])
CALLING, BOOKED, MISSED, REBOOKED, CASE = range(5)


@dataclass(frozen=True)
class States:
    """Where leads stand at moments at which they are open; shape (rows,).

    Attributes:
        lead: the lead.
        day: first day that is not over yet.
        as_of: seconds since 1970.
        phase: CALLING, BOOKED, MISSED, REBOOKED or CASE.
        attempts: made so far.
        planned_day: day of the next attempt, meeting or call after a missed meeting.
        stage: of the case, -1 without.
        stage_tick: sales tick at which the stage was entered.
    """

    lead: Ints
    day: Ints
    as_of: Ints
    phase: Ints
    attempts: Ints
    planned_day: Ints
    stage: Ints
    stage_tick: Ints


def concluded_days(calling: CallingPaths, sales: SalesPaths) -> Ints:
    """Day on which each lead was won or lost, NEVER while open."""
    day = calling.concluded_day.copy()
    day[sales.lead] = np.minimum(sales.won_day, sales.lost_day)
    return day


def find_states(calendar: Calendar, leads: Leads, calling: CallingPaths, sales: SalesPaths) -> States:
    """Every open lead at its creation and at each month's end."""
    everyone = np.arange(len(leads))
    created = calendar.seconds(leads.created_day, leads.created_second) + 1
    moments = [(everyone[created <= calendar.end_second], leads.created_day, created)]
    concluded = concluded_days(calling, sales)
    for month_day in calendar.month_days:
        rows = np.flatnonzero((leads.created_day < month_day) & (concluded >= month_day))
        day = np.full(len(leads), month_day)
        moments.append((rows, day, np.full(len(leads), calendar.midnight[month_day])))
    lead = np.concatenate([rows for rows, _, _ in moments])
    day = np.concatenate([days[rows] for rows, days, _ in moments])
    as_of = np.concatenate([seconds[rows] for rows, _, seconds in moments])
    order = np.lexsort([as_of, lead])
    return _place(calling, sales, len(leads), lead[order], day[order], as_of[order])


def _place(calling: CallingPaths, sales: SalesPaths, leads: int, lead: Ints, day: Ints, as_of: Ints) -> States:
    attempts = (calling.planned[lead] < day[:, None]).sum(axis=1)
    planned = calling.planned[lead, np.minimum(attempts, calling.limit[lead])]
    phase, stage, tick = np.full(len(lead), CALLING), np.full(len(lead), -1), np.full(len(lead), NEVER)
    sale_of = np.full(leads, -1)
    sale_of[sales.lead] = np.arange(len(sales.lead))
    sale = sale_of[lead]
    booked = (sale >= 0) & (planned == NEVER)
    row, now = sale[booked], day[booked]
    first, second, followed = sales.meeting_day[row, 0], sales.meeting_day[row, 1], sales.followed_day[row]
    opened = sales.start_day[row, 0]
    conditions = [opened < now, first >= now, followed >= now]
    phase[booked] = np.select(conditions, [CASE, BOOKED, MISSED], REBOOKED)
    planned[booked] = np.select(conditions, [np.full(len(row), NEVER), first, followed], second)
    entered = (sales.start_day[row] < now[:, None]).sum(axis=1) - 1
    stage[booked] = entered
    tick[booked] = sales.start_tick[row, np.maximum(entered, 0)]
    return States(lead, day, as_of, phase, attempts, planned, stage, tick)


def compute_truth(
    scenario: Scenario,
    calendar: Calendar,
    setup: Setup,
    leads: Leads,
    calling: CallingPaths,
    sales: SalesPaths,
) -> pd.DataFrame:
    """P(won by as_of + days) of all states of :func:`find_states`.

    Returns:
        Columns lead_id, as_of (UTC), days and probability; a row per open lead, as-of and horizon.
    """
    states = find_states(calendar, leads, calling, sales)
    passing = stage_chances(scenario, leads, setup)
    won = np.zeros((len(states.lead), len(HORIZONS)))
    for size in range(len(scenario.sales.size_slowness)):
        of_size = leads.size[states.lead] == size
        before = np.flatnonzero(of_size & (states.phase != CASE))
        won[before] = _won_before_case(scenario, calendar, setup, leads, calling, states, size, before)
        for stage in range(STAGES):
            rows = np.flatnonzero(of_size & (states.phase == CASE) & (states.stage == stage))
            if len(rows):
                ways = passing[states.lead[rows], stage:].prod(axis=1)
                won[rows] = ways[:, None] * _won_in_stage(scenario, calendar, states, size, stage, rows)
    return _lay_out(states, won)


def _won_in_stage(scenario: Scenario, calendar: Calendar, states: States, size: int, stage: int, rows: Ints) -> Floats:
    day = states.day[rows]
    elapsed = calendar.sales.ticks[day - 1] - states.stage_tick[rows]
    curve = winning.won_from_stage(scenario, calendar, size, stage, np.maximum(elapsed, 0), day)
    return curve[:, HORIZONS - 1]


def _won_before_case(
    scenario: Scenario,
    calendar: Calendar,
    setup: Setup,
    leads: Leads,
    calling: CallingPaths,
    states: States,
    size: int,
    rows: Ints,
) -> Floats:
    """P(won by each horizon) of leads whose first meeting has not been held."""
    lead, phase = states.lead[rows], states.phase[rows]
    targets = states.day[rows, None] + HORIZONS - 1
    days = len(calendar.midnight)
    on_time = states.planned_day[rows] < days
    tick = calendar.calling.ticks[np.minimum(states.planned_day[rows], days - 1)]
    show = show_chances(scenario, leads)[lead]
    passing = stage_chances(scenario, leads, setup)[lead].prod(axis=1)
    again = scenario.sales.rebooked_share * show * passing
    ways = np.column_stack([show * passing, (1 - show) * again])
    tables = winning.meeting_tables(scenario, winning.signed_by_day(scenario, calendar, size))
    at = tick[:, None], targets
    won = np.zeros(targets.shape)
    if (waiting := phase == CALLING).any():
        attempt = _booking_curve(scenario, setup, leads, calling, states, rows[waiting])
        won[waiting] = winning.won_from_attempts(
            scenario, tables, attempt, tick[waiting], targets[waiting], ways[waiting]
        )
    first = ways[:, :1] * tables["held"][at] + ways[:, 1:] * tables["missed"][at]
    later = np.where(
        (phase == MISSED)[:, None], again[:, None] * tables["booked"][at], ways[:, :1] * tables["held"][at]
    )
    won = np.where((phase == CALLING)[:, None], won, np.where((phase == BOOKED)[:, None], first, later))
    return np.asarray(won * on_time[:, None])


def _booking_curve(
    scenario: Scenario, setup: Setup, leads: Leads, calling: CallingPaths, states: States, rows: Ints
) -> Floats:
    """P(booked at the m-th attempt from now), shape (rows, most attempts)."""
    book, stay = attempt_chances(scenario, leads, setup)
    lead, made = states.lead[rows], states.attempts[rows]
    curve = np.zeros((len(rows), int(calling.limit.max())))
    open_share = np.ones(len(rows))
    for ahead in range(curve.shape[1]):
        later = (made + ahead > 0).astype(np.int64)
        allowed = made + ahead < calling.limit[lead]
        curve[:, ahead] = open_share * book[lead, later] * allowed
        open_share = open_share * stay[lead, later]
    return curve


def _lay_out(states: States, won: Floats) -> pd.DataFrame:
    count = len(HORIZONS)
    return pd.DataFrame(
        {
            "lead_id": pd.Series(name_rows("l", states.lead)).repeat(count).reset_index(drop=True),
            "as_of": pd.to_datetime(np.repeat(states.as_of, count), unit="s", utc=True).as_unit("us"),
            "days": np.tile(HORIZONS, len(states.lead)),
            "probability": won.ravel(),
        }
    )
