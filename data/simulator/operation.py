"""The operation: draws its parts one after the other and lays down what it would have recorded."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING, TypeAlias

import numpy as np

from data.contract import CONTRACT
from data.errors import BadInput
from data.simulator import handovers, journal, meetings, money, parties, touches, worklists
from data.simulator.calling import join_calls, make_calls
from data.simulator.campaigns import set_up_campaigns
from data.simulator.clock import make_calendar
from data.simulator.faults import plant_faults
from data.simulator.frames import keep_history
from data.simulator.leads import draw_leads
from data.simulator.sales import sell
from data.simulator.scenario import Scenario, read_scenario
from data.simulator.timetable import dial_calls, list_calls
from data.simulator.truth import compute_truth

if TYPE_CHECKING:
    import datetime as dt

    import pandas as pd

    from data.simulator.calling import CallingPaths
    from data.simulator.campaigns import Setup
    from data.simulator.clock import Calendar
    from data.simulator.leads import Leads
    from data.simulator.sales import SalesPaths
    from data.simulator.timetable import DialledCalls

    Chance: TypeAlias = dict[str, np.random.Generator]
    Recorded: TypeAlias = dict[str, pd.DataFrame]

PARTS = (
    "setup",
    "leads",
    "calls",
    "sales",
    "times",
    "endings",
    "parties",
    "worklists",
    "touches",
    "money",
    "faults",
    "handovers",
)
"""Each part has its own stream of chance, so that a change of one leaves the others as they were."""


@dataclass(frozen=True)
class Simulation:
    """What was recorded, and what nobody could know.

    Attributes:
        tables: contract table to frame with the contract's columns; everything occurred before the end.
        truth: lead_id, as_of, days and probability: the true P(won by as_of + days) of each open lead; as_of
            is one second after its creation and, while it is open, midnight (Copenhagen) at each month's end.
        faults: table, key and fault of each planted data fault.
    """

    tables: dict[str, pd.DataFrame]
    truth: pd.DataFrame
    faults: pd.DataFrame


def simulate(*, leads: int, months: int, end: dt.datetime, seed: int, scenario: str | Scenario) -> Simulation:
    """Simulate a telemarketing operation.

    Args:
        leads: how many are created.
        months: length of the history.
        end: where it stops; with time zone.
        seed: the same seed gives the same operation.
        scenario: a scenario, its name, or the path of its TOML file.

    Raises:
        BadInput: the scenario is not known, or a number makes no operation.
    """
    _check(leads, months, end, seed)
    world = scenario if isinstance(scenario, Scenario) else read_scenario(scenario)
    streams = np.random.SeedSequence(seed).spawn(len(PARTS))
    chance = {part: np.random.default_rng(stream) for part, stream in zip(PARTS, streams, strict=True)}
    course = _run(chance, world, make_calendar(world, end, months), leads)
    end_second = course.calendar.end_second
    drawn = {**_record_parties(chance, course), **_record_work(chance, course), **_record_money(chance, course)}
    tables = {name: keep_history(drawn[name], end_second) for name in CONTRACT if name in drawn}
    truth = compute_truth(world, course.calendar, course.setup, course.leads, course.calling, course.sales)
    faults = plant_faults(chance["faults"], world, course.leads, tables, end_second)
    return Simulation(tables, truth, faults)


@dataclass(frozen=True)
class Course:
    """All that happens, seen and unseen, before it is written down."""

    scenario: Scenario
    calendar: Calendar
    setup: Setup
    leads: Leads
    calling: CallingPaths
    sales: SalesPaths
    calls: DialledCalls
    times: meetings.MeetingTimes
    endings: journal.Endings


def _run(chance: Chance, scenario: Scenario, calendar: Calendar, count: int) -> Course:
    setup = set_up_campaigns(chance["setup"], scenario, calendar, count)
    leads = draw_leads(chance["leads"], scenario, calendar, setup, count)
    attempts, calling = make_calls(chance["calls"], scenario, calendar, setup, leads)
    sales, follow_ups = sell(chance["sales"], scenario, calendar, setup, leads, calling)
    calls = dial_calls(chance["times"], calendar, leads, join_calls([attempts, follow_ups]))
    times = meetings.set_meeting_times(chance["times"], scenario, calendar, setup, leads, sales)
    endings = journal.find_endings(chance["endings"], calendar, leads, calling, sales, calls, times)
    return Course(scenario, calendar, setup, leads, calling, sales, calls, times, endings)


def _record_parties(chance: Chance, course: Course) -> Recorded:
    scenario, calendar, setup, leads = course.scenario, course.calendar, course.setup, course.leads
    around, companies = chance["touches"], parties.list_companies(chance["parties"], calendar, setup, leads)
    return {
        "clients": parties.list_clients(scenario, calendar),
        "companies": companies,
        "contacts": parties.list_contacts(chance["parties"], calendar, leads, companies),
        "agents": parties.list_agents(chance["parties"], setup, calendar),
        "consents": touches.list_consents(around, calendar, setup, leads, course.calls, course.endings),
        "trigger_signals": touches.list_trigger_signals(around, scenario, calendar, leads, course.endings),
        "touches": touches.list_touches(around, scenario, calendar, leads, course.endings),
    }


def _record_work(chance: Chance, course: Course) -> Recorded:
    scenario, calendar, setup, leads = course.scenario, course.calendar, course.setup, course.leads
    sales, calls, times = course.sales, course.calls, course.times
    stages = meetings.list_opportunity_stages(chance["times"], scenario, setup, leads, sales, times)
    return {
        "campaigns": worklists.list_campaigns(scenario, calendar, setup),
        "leads": worklists.list_leads(chance["worklists"], scenario, calendar, leads),
        "lead_stages": journal.list_lead_stages(calendar, leads, sales, calls, times, course.endings),
        "handover_answers": handovers.list_handover_answers(chance["handovers"], leads, calls, course.endings),
        "calls": list_calls(calls),
        "meetings": meetings.list_meetings(sales, calls, times),
        "meeting_outcomes": meetings.list_meeting_outcomes(chance["times"], sales, times),
        "opportunities": meetings.list_opportunities(sales, times),
        "opportunity_stages": stages,
    }


def _record_money(chance: Chance, course: Course) -> Recorded:
    scenario, calendar, setup, leads = course.scenario, course.calendar, course.setup, course.leads
    lists = worklists.list_lists(chance["worklists"], scenario, calendar, setup, leads)
    hours = money.list_agent_hours(chance["money"], scenario, calendar, leads, course.calls)
    return {
        "lists": lists,
        "agent_hours": hours,
        "deals": money.list_deals(chance["money"], setup, leads, course.sales, course.times),
        "deal_reversals": money.list_deal_reversals(chance["money"], scenario, course.sales, course.times),
        "costs": money.list_costs(scenario, calendar, setup, lists),
    }


def _check(leads: int, months: int, end: dt.datetime, seed: int) -> None:
    if leads < 1:
        raise BadInput(f"{leads} leads make no operation; ask for 1 or more.")
    if not 6 <= months <= 120:
        raise BadInput(f"{months} months cannot be simulated; ask for 6 to 120.")
    if seed < 0:
        raise BadInput(f"the seed {seed} is below 0; take 0 or more.")
    if end.tzinfo is None:
        raise BadInput(f"the end {end.isoformat()} has no time zone; add one, for example +00:00.")
