"""Leads: companies, persons and the hidden state that drives what becomes of them."""

from __future__ import annotations

from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np

from data.simulator.arrays import draw_codes
from data.simulator.campaigns import LIST_TICKS
from data.simulator.names import INDUSTRIES, REGIONS

if TYPE_CHECKING:
    from data.simulator.arrays import Flags, Floats, Ints
    from data.simulator.campaigns import Setup
    from data.simulator.clock import Calendar
    from data.simulator.scenario import Scenario

SECOND_LEAD_SHARE = 0.25
"""Leads at a company where another lead of the same client is worked."""
SIZE_STEPS = (20, 100)
"""Employees from which a company is of middle and of large size."""


@dataclass(frozen=True)
class Leads:
    """Leads in order of creation; shape (leads,) unless said otherwise.

    Attributes:
        campaign: campaign of each lead.
        list: list it came from.
        company: its company, counted from 0; companies belong to one client.
        created_day: day of creation.
        created_tick: the same day on the calling clock.
        created_second: local seconds after midnight.
        industry: of the company.
        region: of the company.
        employees: of the company.
        size: sales pace class of the company: 0 small, 1 middle, 2 large.
        level: decision level of the title, in the contract's order.
        variant: message variant, 0 or 1.
        shielded: the company is protected from advertising.
        unwanted: the person is on the house's own do-not-call list.
        robinson: the person is on the Robinson list.
        sole: sole proprietor.
        dead: hidden; nobody answers at the number.
        wrong_title: hidden; the person decides nothing, whatever the title says.
        nurtured: gets e-mails and invitations beside the calls, which helps.
        need: hidden, in logits; mean about 0.
        company_need: hidden part of ``need`` that leads of one company share.
        contact: hidden, logit of being reached by a call.
    """

    campaign: Ints
    list: Ints
    company: Ints
    created_day: Ints
    created_tick: Ints
    created_second: Ints
    industry: Ints
    region: Ints
    employees: Ints
    size: Ints
    level: Ints
    variant: Ints
    shielded: Flags
    unwanted: Flags
    robinson: Flags
    sole: Flags
    dead: Flags
    wrong_title: Flags
    nurtured: Flags
    need: Floats
    company_need: Floats
    contact: Floats

    def __len__(self) -> int:
        return len(self.campaign)

    @property
    def protected(self) -> Flags:
        """May not be called at all, by a fact that the source knows."""
        return self.shielded | self.unwanted | (self.robinson & self.sole)


def draw_leads(
    generator: np.random.Generator, scenario: Scenario, calendar: Calendar, setup: Setup, count: int
) -> Leads:
    """Create leads through the campaigns' time, with their hidden state."""
    campaign, tick = _draw_creation(generator, setup, count)
    company = _share_companies(generator, setup.client[campaign])
    firms = int(company.max()) + 1
    industry = generator.integers(0, len(INDUSTRIES), firms)[company]
    employees = np.clip(np.exp(generator.normal(3.4, 1.2, firms)), 1, 5000).astype(np.int64)[company]
    company_need = generator.normal(0, scenario.need.company_sd, firms)[company]
    lists = _find_lists(setup, campaign, tick)
    level = draw_codes(generator, np.tile([0.5, 0.35, 0.15], (count, 1)))
    nurtured = generator.random(count) < scenario.need.nurture_share
    own = generator.normal(0, scenario.need.lead_sd, count)
    size_effect = scenario.need.size_effect * np.log(employees / 30)
    nurture = scenario.need.nurture_effect * (nurtured - scenario.need.nurture_share)
    need = company_need + own + setup.fit[campaign, industry] + size_effect + nurture
    badness = setup.badness[setup.list_supplier[lists]]
    return Leads(
        campaign=campaign,
        list=lists,
        company=company,
        created_day=calendar.calling.days_at(tick),
        created_tick=tick,
        created_second=generator.integers(7 * 3600, 8 * 3600 + 1800, count),
        industry=industry,
        region=generator.integers(0, len(REGIONS), firms)[company],
        employees=employees,
        size=np.searchsorted(SIZE_STEPS, employees, side="right").astype(np.int64),
        level=level,
        variant=generator.integers(0, 2, count),
        shielded=(generator.random(firms) < 0.015)[company],
        unwanted=generator.random(count) < 0.005,
        robinson=generator.random(count) < 0.03,
        sole=employees < 3,
        dead=generator.random(count) < np.minimum(scenario.faults.dead_number * badness, 0.9),
        wrong_title=(generator.random(count) < np.minimum(scenario.faults.wrong_title * badness, 0.9)) & (level < 2),
        nurtured=nurtured,
        need=need,
        company_need=company_need,
        contact=scenario.calling.contact
        + scenario.calling.need_on_contact * need
        + generator.normal(0, scenario.calling.contact_sd, count)
        + np.array([-0.15, 0.1, 0.1])[level],
    )


def take_leads(leads: Leads, rows: Ints) -> Leads:
    """Some of the leads, in the given order."""
    return Leads(**{name: values[rows] for name, values in vars(leads).items()})


def _draw_creation(generator: np.random.Generator, setup: Setup, count: int) -> tuple[Ints, Ints]:
    """Campaign and calling tick of each lead, in order of time."""
    length = setup.last_tick - setup.first_tick + 1
    weight = length * generator.uniform(0.6, 1.4, len(length))
    campaign = generator.choice(len(length), size=count, p=weight / weight.sum())
    tick = setup.first_tick[campaign] + np.floor(generator.random(count) * length[campaign]).astype(np.int64)
    order = np.argsort(tick, kind="stable")
    return campaign[order].astype(np.int64), tick[order]


def _share_companies(generator: np.random.Generator, client: Ints) -> Ints:
    """A company for each lead; a part of the leads joins the company of the client's lead before them."""
    joins = generator.random(len(client)) < SECOND_LEAD_SHARE
    order = np.argsort(client, kind="stable")
    opens = ~joins[order] | np.concatenate([[True], np.diff(client[order]) != 0])
    company = np.empty(len(client), dtype=np.int64)
    company[order] = opens.cumsum() - 1
    return company


def _find_lists(setup: Setup, campaign: Ints, tick: Ints) -> Ints:
    first_list = np.searchsorted(setup.list_campaign, campaign)
    found: Ints = (first_list + (tick - setup.first_tick[campaign]) // LIST_TICKS).astype(np.int64)
    return found
