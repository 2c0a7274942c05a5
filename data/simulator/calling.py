"""Calling: attempts at a lead until it books a meeting, refuses, or the attempts are used up.

The policy looks at no value: a lead is called when its rest is over, first attempts mostly in the morning.
What comes of an attempt depends on the lead's hidden state, its number, the hour and the agent alone, so
that the number of attempts until a booking has an exact distribution (:func:`attempt_chances`).
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.simulator.arrays import NEVER, draw_codes, logistic
from data.simulator.leads import take_leads

if TYPE_CHECKING:
    from data.simulator.arrays import Floats, Ints, Words
    from data.simulator.campaigns import Setup
    from data.simulator.clock import Calendar
    from data.simulator.leads import Leads
    from data.simulator.scenario import Scenario

FIRST_HOUR = 9
FIRST_MIX = np.array([3, 3, 2, 1, 1, 1, 1]) / 12
LATER_MIX = np.array([2, 2, 2, 1, 2, 2, 1]) / 12
"""Share of first and of later attempts by hour, from 9 to 16."""

TALKS = np.array(["meeting_booked", "not_interested", "do_not_call", "interested", "callback", "information_sent"])
BOOKED, REFUSED, STOPPED = 0, 1, 2
MISSES = np.array(["no_answer", "busy", "voicemail", "gatekeeper", "wrong_person"])
MISS_MIX = np.array([[0.55, 0.08, 0.22, 0.15, 0.0], [0.35, 0.06, 0.14, 0.15, 0.3]])
"""What a call is coded as that reached nobody: usual contacts, and those with a wrong title."""


@dataclass(frozen=True)
class Calls:
    """Calls made; shape (calls,)."""

    lead: Ints
    day: Ints
    hour: Ints
    agent: Ints
    disposition: Words


@dataclass(frozen=True)
class CallingPaths:
    """How the calling of each lead went; shape (leads,) unless said otherwise.

    Attributes:
        limit: attempts at most.
        planned: shape (leads, most attempts + 1), day of each attempt as planned at the one before, or NEVER.
        booked_tick: calling tick of the booking call, NEVER without one.
        concluded_day: day on which calling ended in a loss, NEVER without.
        reason: index of the call outcome that ended it: REFUSED, STOPPED, or -1 for a lead not reached.
    """

    limit: Ints
    planned: Ints
    booked_tick: Ints
    concluded_day: Ints
    reason: Ints


def weights_to_shares(weights: tuple[float, ...]) -> Floats:
    """Weights that add up to 1."""
    return np.asarray(weights) / sum(weights)


def contact_chances(leads: Leads, setup: Setup) -> Floats:
    """P(reached) of each lead at each hour, shape (leads, hours); 0 for a dead number."""
    chance = logistic(leads.contact[:, None] + setup.hour[leads.industry])
    return chance * ~leads.dead[:, None]


def talk_chances(scenario: Scenario, leads: Leads, setup: Setup, skill: Floats) -> Floats:
    """P(each outcome of a conversation), shape (leads, talks), with an agent of each lead's given skill."""
    calling, need = scenario.calling, leads.need
    decides = np.array([0.25, 0.0, -0.8])[leads.level]
    title = calling.wrong_title_effect * leads.wrong_title
    variant = calling.variant_effect * (leads.variant - 0.5)
    booking = calling.booking + calling.need_on_booking * need + 0.5 * setup.effect[leads.campaign]
    logits = np.column_stack(
        [
            booking + decides + title + variant + skill,
            calling.refusal + calling.need_on_refusal * need,
            np.full(len(need), calling.stop),
            calling.interest + 0.5 * need + 0.3 * title,
            0.15 * need + 0.6,
            0.05 * need + 0.3,
        ]
    )
    odds = np.exp(logits)
    return np.asarray(odds / odds.sum(axis=1, keepdims=True))


def attempt_chances(scenario: Scenario, leads: Leads, setup: Setup) -> tuple[Floats, Floats]:
    """P(an attempt books a meeting) and P(it leaves the lead open for another).

    The mean over the campaign's team, as each call goes to any of its agents with equal chance.

    Returns:
        Two arrays of shape (leads, 2): the first attempt, and each later one.
    """
    talks = np.zeros((len(leads), len(TALKS)))
    for agent, skill in enumerate(setup.skill):
        talks += setup.team[leads.campaign, agent, None] * talk_chances(
            scenario, leads, setup, np.full(len(leads), skill)
        )
    talks /= setup.team.sum(axis=1)[leads.campaign, None]
    reached = contact_chances(leads, setup) @ np.column_stack([FIRST_MIX, LATER_MIX])
    callable_now = ~leads.protected[:, None]
    book = callable_now * reached * talks[:, [BOOKED]]
    stop = reached * talks[:, [REFUSED, STOPPED]].sum(axis=1, keepdims=True)
    dead = leads.dead[:, None] * scenario.calling.invalid_number_share
    return book, callable_now * (1 - stop - dead) - book


def make_calls(
    generator: np.random.Generator, scenario: Scenario, calendar: Calendar, setup: Setup, leads: Leads
) -> tuple[Calls, CallingPaths]:
    """Call every lead, attempt by attempt, until the end of the history."""
    count, limit = len(leads), setup.attempt_limit[leads.campaign]
    first = weights_to_shares(scenario.calling.first_call_weights)
    tick = leads.created_tick + 1 + generator.choice(len(first), size=count, p=first)
    planned = np.full((count, int(limit.max()) + 1), NEVER, dtype=np.int64)
    planned[:, 0] = calendar.calling.days_at(tick)
    booked, concluded = np.full(count, NEVER), np.full(count, NEVER)
    reason = np.full(count, -1)
    concluded[leads.protected] = planned[leads.protected, 0]
    chance, made = contact_chances(leads, setup), []
    active = np.flatnonzero(~leads.protected)
    for attempt in range(int(limit.max())):
        active = active[planned[active, attempt] <= calendar.end_day]
        calls, talk = _attempt(generator, scenario, setup, leads, active, attempt, planned[active, attempt], chance)
        made.append(calls)
        booked[active[talk == BOOKED]] = tick[active[talk == BOOKED]]
        refused = (talk == REFUSED) | (talk == STOPPED)
        reason[active[refused]] = talk[refused]
        over = refused | (calls.disposition == "invalid_number")
        over |= (talk != BOOKED) & (attempt + 1 >= limit[active])
        concluded[active[over]] = planned[active[over], attempt]
        active = active[~over & (talk != BOOKED)]
        tick[active] += draw_gaps(generator, scenario, len(active))
        planned[active, attempt + 1] = calendar.calling.days_at(tick[active])
    return join_calls(made), CallingPaths(limit, planned, booked, concluded, reason)


def draw_gaps(generator: np.random.Generator, scenario: Scenario, count: int) -> Ints:
    """Ticks of the calling clock between two attempts, 2 or more."""
    gap = weights_to_shares(scenario.calling.gap_weights)
    return 2 + generator.choice(len(gap), size=count, p=gap).astype(np.int64)


def draw_agents(generator: np.random.Generator, setup: Setup, campaign: Ints) -> Ints:
    """Any agent of each campaign's team, with equal chance."""
    return np.argmax(setup.team[campaign] * generator.random((len(campaign), len(setup.skill))), axis=1)


def join_calls(parts: list[Calls]) -> Calls:
    """Calls one after the other."""
    names = ("lead", "day", "hour", "agent", "disposition")
    return Calls(**{name: np.concatenate([getattr(part, name) for part in parts]) for name in names})


def _attempt(
    generator: np.random.Generator,
    scenario: Scenario,
    setup: Setup,
    leads: Leads,
    active: Ints,
    attempt: int,
    day: Ints,
    chance: Floats,
) -> tuple[Calls, Ints]:
    """One attempt at each active lead: the calls, and the talk of each, -1 where nobody was reached."""
    mix = FIRST_MIX if attempt == 0 else LATER_MIX
    hour = generator.choice(len(mix), size=len(active), p=mix).astype(np.int64)
    agent = draw_agents(generator, setup, leads.campaign[active])
    reached = generator.random(len(active)) < chance[active, hour]
    talks = talk_chances(scenario, take_leads(leads, active), setup, setup.skill[agent])
    talk = np.where(reached, draw_codes(generator, talks), -1)
    miss = MISSES[draw_codes(generator, MISS_MIX[leads.wrong_title[active].astype(np.int64)])]
    says_dead = leads.dead[active] & (generator.random(len(active)) < scenario.calling.invalid_number_share)
    silent = np.where(says_dead, "invalid_number", np.where(leads.dead[active], "no_answer", miss))
    disposition = np.where(reached, TALKS[np.maximum(talk, 0)], silent)
    return Calls(active, day, hour, agent, disposition), talk
