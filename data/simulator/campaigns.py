"""What the agency set up: clients, campaigns, bought lists and the agents who call."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.simulator.names import INDUSTRIES

if TYPE_CHECKING:
    from data.simulator.arrays import Flags, Floats, Ints
    from data.simulator.clock import Calendar
    from data.simulator.scenario import Scenario

LIST_TICKS = 60
"""A campaign buys a new list each quarter, in ticks of the calling clock."""
CALLS_PER_LEAD = 7.5
CALLS_PER_AGENT_DAY = 36


@dataclass(frozen=True)
class Setup:
    """Campaigns, lists and agents, and what is hidden about them.

    Attributes:
        client: shape (campaigns,).
        first_tick: shape (campaigns,), calling tick from which leads are created.
        last_tick: shape (campaigns,), calling tick of the last ones.
        attempt_limit: shape (campaigns,).
        needs_consent: shape (campaigns,), no call without a given consent.
        price: shape (campaigns,), hidden factor on deal amounts.
        effect: shape (campaigns,), hidden log effect on the share of leads won.
        fit: shape (campaigns, industries), hidden fit of product and industry, in logits of need.
        team: shape (campaigns, agents), who calls for which campaign.
        skill: shape (agents,), hidden, in logits of booking.
        hour: shape (industries, hours), hidden effect of the hour on contact, in logits.
        list_campaign: shape (lists,).
        list_tick: shape (lists,), first tick at which its leads are created.
        list_supplier: shape (lists,).
        badness: shape (suppliers,), hidden factor on dead numbers and wrong titles, 1 on average.
    """

    client: Ints
    first_tick: Ints
    last_tick: Ints
    attempt_limit: Ints
    needs_consent: Flags
    price: Floats
    effect: Floats
    fit: Floats
    team: Flags
    skill: Floats
    hour: Floats
    list_campaign: Ints
    list_tick: Ints
    list_supplier: Ints
    badness: Floats


def set_up_campaigns(generator: np.random.Generator, scenario: Scenario, calendar: Calendar, leads: int) -> Setup:
    """Draw campaigns, lists and a staff large enough for the expected number of calls."""
    market, count = scenario.market, scenario.market.campaigns
    ticks = int(calendar.calling.ticks[calendar.end_day - 1])
    start = np.where(np.arange(count) < 3, 0.0, generator.uniform(0, 0.5, count))
    length = np.where(np.arange(count) < 3, 1.0, generator.uniform(0.4, 1.0, count))
    first = 3 + (start * (ticks - 10)).astype(np.int64)
    last = np.minimum(first + (length * ticks).astype(np.int64), ticks - 1)
    agents = max(3, round(leads * CALLS_PER_LEAD / ticks / CALLS_PER_AGENT_DAY))
    lists = [
        (campaign, tick) for campaign in range(count) for tick in range(first[campaign], last[campaign] + 1, LIST_TICKS)
    ]
    list_campaign, list_tick = np.array(lists, dtype=np.int64).T
    supplier = generator.integers(0, market.suppliers, len(lists))
    return Setup(
        client=np.arange(count) % market.clients,
        first_tick=first,
        last_tick=last,
        attempt_limit=generator.choice(np.array(scenario.calling.attempt_limits), count),
        needs_consent=np.arange(count) == count - 1,
        price=np.exp(generator.normal(0, scenario.money.price_log_sd, count)),
        effect=market.campaign_sd * _standardise(generator.normal(size=count)),
        fit=generator.normal(0, scenario.need.fit_sd, (count, len(INDUSTRIES))),
        team=_draw_teams(generator, count, agents),
        skill=scenario.calling.agent_sd * _standardise(generator.normal(size=agents)),
        hour=generator.normal(0, scenario.calling.hour_sd, (len(INDUSTRIES), 7)),
        list_campaign=list_campaign,
        list_tick=list_tick,
        list_supplier=supplier,
        badness=_spread_badness(market.suppliers),
    )


def _standardise(values: Floats) -> Floats:
    """Mean 0 and standard deviation 1, so that a spread named in a scenario is had by a few campaigns too."""
    spread = values.std() or 1.0
    return np.asarray((values - values.mean()) / spread)


def _draw_teams(generator: np.random.Generator, campaigns: int, agents: int) -> Flags:
    order = generator.random((campaigns, agents)).argsort(axis=1)
    return np.asarray(order < max(2, agents // 2))


def _spread_badness(suppliers: int) -> Floats:
    badness = np.geomspace(0.3, 3.0, suppliers) if suppliers > 1 else np.ones(1)
    return np.asarray(badness / badness.mean())
