"""Money: deals and their reversal, agents' hours, and booked costs."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

import numpy as np

from data.simulator.arrays import name_rows
from data.simulator.frames import NO_TIME, join_columns, lay_out

if TYPE_CHECKING:
    import pandas as pd

    from data.simulator.arrays import Ints, Words
    from data.simulator.campaigns import Setup
    from data.simulator.clock import Calendar
    from data.simulator.leads import Leads
    from data.simulator.meetings import MeetingTimes
    from data.simulator.sales import SalesPaths
    from data.simulator.scenario import Scenario
    from data.simulator.timetable import DialledCalls

DAY = 86_400


def list_deals(
    generator: np.random.Generator, setup: Setup, leads: Leads, sales: SalesPaths, times: MeetingTimes
) -> pd.DataFrame:
    """The contract table ``deals``; the first client does not tell its margins."""
    row = np.flatnonzero(times.won != NO_TIME)
    lead, amount = sales.lead[row], times.amount[row]
    margin = np.round(amount * generator.uniform(0.35, 0.6, len(row)) / 100).astype(np.int64) * 100
    tells = setup.client[leads.campaign[lead]] > 0
    return lay_out(
        "deals",
        {
            "deal_id": name_rows("d", lead),
            "lead_id": name_rows("l", lead),
            "opportunity_id": name_rows("o", lead),
            "amount_minor": amount,
            "currency": ["DKK"] * len(row),
            "margin_minor": [int(value) if told else None for value, told in zip(margin, tells, strict=True)],
            "occurred_at": times.won[row],
        },
    )


def list_deal_reversals(
    generator: np.random.Generator, scenario: Scenario, sales: SalesPaths, times: MeetingTimes
) -> pd.DataFrame:
    """The contract table ``deal_reversals``: a few deals are taken back, half of them wholly."""
    back = (times.won != NO_TIME) & (generator.random(len(times.won)) < scenario.money.reversed_share)
    row = np.flatnonzero(back)
    share = np.where(generator.random(len(row)) < 0.5, 1.0, generator.uniform(0.1, 0.9, len(row)))
    return lay_out(
        "deal_reversals",
        {
            "deal_reversal_id": name_rows("r", sales.lead[row]),
            "deal_id": name_rows("d", sales.lead[row]),
            "amount_minor": np.round(times.amount[row] * share / 100).astype(np.int64) * 100,
            "occurred_at": times.won[row] + generator.integers(14 * DAY, 90 * DAY, len(row)),
        },
    )


def list_agent_hours(
    generator: np.random.Generator, scenario: Scenario, calendar: Calendar, leads: Leads, calls: DialledCalls
) -> pd.DataFrame:
    """The contract table ``agent_hours``: paid time follows the calls of agent, campaign and day."""
    campaign = leads.campaign[calls.lead]
    code = (calls.day * 1000 + campaign) * 10_000 + calls.agent
    found, place = np.unique(code, return_inverse=True)
    made = np.bincount(place)
    day, agent, worked_for = found // 10_000_000, found % 10_000, found // 10_000 % 1000
    paid = made * scenario.money.paid_seconds_per_call * generator.uniform(0.85, 1.15, len(found))
    worked = np.clip(np.round(paid / 300).astype(np.int64) * 300, 300, 43_200)
    rate = scenario.money.hourly_rate * (1 + 0.05 * (np.arange(agent.max(initial=0) + 1) % 5 - 2))
    return lay_out(
        "agent_hours",
        {
            "agent_hours_id": name_rows("h", np.arange(len(found))),
            "agent_id": name_rows("a", agent),
            "campaign_id": name_rows("g", worked_for),
            "worked_seconds": worked,
            "hourly_rate_minor": np.round(rate * 100).astype(np.int64)[agent],
            "occurred_at": calendar.seconds(day, np.full(len(day), 9 * 3600)),
        },
    )


def list_costs(scenario: Scenario, calendar: Calendar, setup: Setup, lists: pd.DataFrame) -> pd.DataFrame:
    """The contract table ``costs``: all categories but hours, which come from ``agent_hours``."""
    parts = [
        _list_prices(setup, lists),
        _technology(scenario, calendar, setup),
        _management(scenario, calendar, setup),
        _training(scenario, calendar, setup),
        _other(scenario, calendar),
    ]
    columns = join_columns(parts)
    count = len(columns["category"])
    names = name_rows("e", np.arange(count))
    return lay_out("costs", {"cost_id": names, "currency": ["DKK"] * count, **columns})


def _cost_rows(category: str, client: Ints, amount: Ints, second: Ints, **more: Words) -> dict[str, Any]:
    nobody = np.full(len(client), None, dtype=object)
    return {
        "client_id": name_rows("c", client),
        "campaign_id": more.get("campaign", nobody).astype(object),
        "agent_id": more.get("agent", nobody).astype(object),
        "category": np.full(len(client), category),
        "amount_minor": amount,
        "occurred_at": second,
    }


def _list_prices(setup: Setup, lists: pd.DataFrame) -> dict[str, Any]:
    campaign = setup.list_campaign
    second = lists["occurred_at"].to_numpy(dtype="datetime64[s]").astype(np.int64)
    amount = lists["price_minor"].to_numpy(dtype=np.int64)
    return _cost_rows("data", setup.client[campaign], amount, second, campaign=name_rows("g", campaign))


def _month_starts(calendar: Calendar) -> Ints:
    """Eight o'clock on the first day of the history and of each later month."""
    days = np.concatenate([[0], calendar.month_days])
    return calendar.seconds(days, np.full(len(days), 8 * 3600))


def _technology(scenario: Scenario, calendar: Calendar, setup: Setup) -> dict[str, Any]:
    months, clients = _month_starts(calendar), scenario.market.clients
    month = scenario.money.technology_per_agent_month * len(setup.skill) / clients
    client = np.repeat(np.arange(clients), len(months))
    return _cost_rows("technology", client, np.full(len(client), round(month) * 100), np.tile(months, clients))


def _management(scenario: Scenario, calendar: Calendar, setup: Setup) -> dict[str, Any]:
    months = _month_starts(calendar)
    first = calendar.midnight[calendar.calling.days_at(setup.first_tick)]
    last = calendar.midnight[calendar.calling.days_at(setup.last_tick)]
    runs = (months > first[:, None] - 31 * DAY) & (months < last[:, None] + 90 * DAY)
    campaign, month = np.nonzero(runs)
    amount = np.full(len(campaign), round(scenario.money.management_per_campaign_month) * 100)
    names = name_rows("g", campaign)
    return _cost_rows("project_management", setup.client[campaign], amount, months[month], campaign=names)


def _training(scenario: Scenario, calendar: Calendar, setup: Setup) -> dict[str, Any]:
    """Each agent is trained once for every client that they call for; the cost of it is split among those."""
    serves = np.zeros((scenario.market.clients, len(setup.skill)), dtype=bool)
    np.logical_or.at(serves, setup.client, setup.team)
    client, agent = np.nonzero(serves)
    share = scenario.money.training_per_agent / serves.sum(axis=0)[agent]
    amount = np.round(share).astype(np.int64) * 100
    second = calendar.seconds(np.zeros(len(client), dtype=np.int64), 9 * 3600 + 60 * agent)
    return _cost_rows("training", client, amount, second, agent=name_rows("a", agent))


def _other(scenario: Scenario, calendar: Calendar) -> dict[str, Any]:
    quarters = _month_starts(calendar)[::3]
    client = np.repeat(np.arange(scenario.market.clients), len(quarters))
    second = np.tile(quarters, scenario.market.clients)
    return _cost_rows("other", client, np.full(len(client), 300_000), second)
