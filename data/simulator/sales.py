"""Sales: from the booked meeting to the signature, stage by stage.

A stage takes a whole number of ticks of the sales clock, drawn before it is known whether the case goes on or
is lost, so that time spent in a stage says how long is left and nothing about which way it goes.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.simulator.arrays import NEVER, logistic
from data.simulator.calling import Calls, draw_agents, draw_gaps

if TYPE_CHECKING:
    from data.simulator.arrays import Flags, Floats, Ints
    from data.simulator.calling import CallingPaths
    from data.simulator.campaigns import Setup
    from data.simulator.clock import Calendar
    from data.simulator.leads import Leads
    from data.simulator.scenario import Scenario

STAGES = 4
LONGEST_STAGE = 260
"""Ticks of the sales clock, about a year."""


@dataclass(frozen=True)
class SalesPaths:
    """How the sales of each booked lead went; shape (booked leads,) unless said otherwise.

    Attributes:
        lead: the lead of each row.
        meeting_day: shape (rows, 2), day of the first and the second meeting; NEVER if there is none.
        held: shape (rows, 2), whether it was held.
        followed_day: day of the call after a missed first meeting, NEVER if it was held.
        start_tick: shape (rows, stages + 1), sales tick of entering each stage, and of signing; or NEVER.
        start_day: the same as days.
        won_day: day of signing, NEVER without.
        lost_day: day of loss, NEVER without.
        stage_lost: stage in which it was lost, STAGES for a signature that did not come, -1 otherwise.
    """

    lead: Ints
    meeting_day: Ints
    held: Flags
    followed_day: Ints
    start_tick: Ints
    start_day: Ints
    won_day: Ints
    lost_day: Ints
    stage_lost: Ints


def show_chances(scenario: Scenario, leads: Leads) -> Floats:
    """P(a booked meeting is held) of each lead."""
    return logistic(scenario.sales.show + scenario.sales.need_on_show * leads.need)


def stage_chances(scenario: Scenario, leads: Leads, setup: Setup) -> Floats:
    """P(a stage leads on to the next) of each lead, shape (leads, stages)."""
    shift = scenario.sales.need_on_stage * leads.need + 0.5 * setup.effect[leads.campaign]
    return logistic(np.asarray(scenario.sales.stage_logits) + shift[:, None])


def stage_duration_shares(scenario: Scenario) -> Floats:
    """P(a stage takes d ticks), a lognormal cut into whole ticks: shape (size classes, stages, ticks)."""
    ticks = np.arange(LONGEST_STAGE + 1)
    sales = scenario.sales
    mean = np.multiply.outer(np.asarray(sales.size_slowness), np.asarray(sales.stage_days))
    middle = np.log(mean) - sales.stage_log_sd**2 / 2
    distance = (np.log(np.maximum(ticks, 0.5)) - middle[..., None]) / sales.stage_log_sd
    density = np.exp(-(distance**2) / 2) / np.maximum(ticks, 1) * (ticks > 0)
    return np.asarray(density / density.sum(axis=-1, keepdims=True))


def sell(
    generator: np.random.Generator,
    scenario: Scenario,
    calendar: Calendar,
    setup: Setup,
    leads: Leads,
    calling: CallingPaths,
) -> tuple[SalesPaths, Calls]:
    """Hold the booked meetings and work the cases that come of them.

    Returns:
        The paths, and the calls that followed missed meetings.
    """
    lead = np.flatnonzero(calling.booked_tick < NEVER)
    count, first, last = len(lead), *(int(days) for days in scenario.sales.delay_days)
    show = show_chances(scenario, leads)[lead, None] > generator.random((count, 2))
    delays = generator.integers(first, last + 1, (count, 2))
    first_tick = calling.booked_tick[lead] + delays[:, 0]
    follow_tick = first_tick + draw_gaps(generator, scenario, count)
    agrees = generator.random(count) < scenario.sales.rebooked_share
    days = calendar.calling.days_at
    followed = np.where(show[:, 0], NEVER, days(follow_tick))
    second = np.where(show[:, 0] | ~agrees, NEVER, days(follow_tick + delays[:, 1]))
    meeting = np.column_stack([days(first_tick), second])
    opened = np.where(show[:, 0], meeting[:, 0], np.where(show[:, 1], second, NEVER))
    ended = np.where(show[:, 0], NEVER, np.where(agrees, np.where(show[:, 1], NEVER, second), followed))
    paths = _work_cases(generator, scenario, calendar, setup, leads, lead, opened)
    held = show & (meeting < NEVER)
    calls = _follow_up(generator, setup, leads, lead, followed, agrees, calendar.end_day)
    lost_day = np.minimum(paths["lost_day"], ended)
    return SalesPaths(lead, meeting, held, followed, **{**paths, "lost_day": lost_day}), calls


def _work_cases(
    generator: np.random.Generator,
    scenario: Scenario,
    calendar: Calendar,
    setup: Setup,
    leads: Leads,
    lead: Ints,
    opened: Ints,
) -> dict[str, Ints]:
    """Stages of each case from the day it was opened."""
    passes = stage_chances(scenario, leads, setup)[lead] > generator.random((len(lead), STAGES))
    shares = stage_duration_shares(scenario)
    durations = np.column_stack(
        [_draw_durations(generator, shares[:, stage].cumsum(axis=1), leads.size[lead]) for stage in range(STAGES)]
    )
    days = len(calendar.midnight)
    opened_tick = np.where(opened < days, calendar.sales.ticks[np.minimum(opened, days - 1)], NEVER)
    ends = opened_tick[:, None] + durations.cumsum(axis=1)
    reached = np.column_stack([opened < days, passes.cumprod(axis=1) > 0]) & (opened < days)[:, None]
    start_tick = np.where(reached, np.column_stack([opened_tick, ends]), NEVER)
    start_day = calendar.sales.days_at(start_tick)
    start_day = np.where(reached & (start_day < days), start_day, NEVER)
    start_day[:, 0] = np.where(opened < days, opened, NEVER)
    signed = start_day[:, STAGES]
    signs = generator.random(len(lead)) < calendar.signing[np.minimum(signed, days - 1)]
    failing = np.where(passes.all(axis=1), -1, np.argmin(passes, axis=1))
    lost_day = calendar.sales.days_at(np.take_along_axis(ends, np.maximum(failing, 0)[:, None], axis=1)[:, 0])
    lost_day = np.where((failing >= 0) & (opened < days) & (lost_day < days), lost_day, NEVER)
    unsigned = (signed < NEVER) & ~signs
    return {
        "start_tick": start_tick,
        "start_day": start_day,
        "won_day": np.where((signed < NEVER) & signs, signed, NEVER),
        "lost_day": np.where(unsigned, signed, lost_day),
        "stage_lost": np.where(unsigned, STAGES, failing),
    }


def _draw_durations(generator: np.random.Generator, cumulated: Floats, size: Ints) -> Ints:
    chance = generator.random(len(size))
    ticks = np.zeros(len(size), dtype=np.int64)
    for group, row in enumerate(cumulated):
        ticks[size == group] = np.searchsorted(row[:-1], chance[size == group], side="right")
    return ticks


def _follow_up(
    generator: np.random.Generator,
    setup: Setup,
    leads: Leads,
    lead: Ints,
    followed: Ints,
    agrees: Flags,
    end_day: int,
) -> Calls:
    called = followed <= end_day
    rows = lead[called]
    disposition = np.where(agrees[called], "meeting_booked", "not_interested")
    hour = generator.integers(0, 7, len(rows))
    return Calls(rows, followed[called], hour, draw_agents(generator, setup, leads.campaign[rows]), disposition)
