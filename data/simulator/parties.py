"""The contract tables of who calls, for whom, and who is called."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.contract.codes import DECISION_LEVELS
from data.simulator.arrays import name_rows
from data.simulator.frames import lay_out
from data.simulator.names import (
    INDUSTRIES,
    REGIONS,
    TITLES,
    draw_company_names,
    draw_person_names,
    make_addresses,
    make_domains,
)
from data.simulator.numbers import draw_cvr_numbers, draw_phone_numbers

if TYPE_CHECKING:
    import pandas as pd

    from data.simulator.arrays import Ints, Words
    from data.simulator.campaigns import Setup
    from data.simulator.clock import Calendar
    from data.simulator.leads import Leads
    from data.simulator.scenario import Scenario

CLIENT_NAMES = ("Nordlys Energi", "Åkande Software", "Fjord Forsikring", "Bølge Logistik", "Kløver Kontor")


def list_clients(scenario: Scenario, calendar: Calendar) -> pd.DataFrame:
    """The contract table ``clients``."""
    count = scenario.market.clients
    names = [CLIENT_NAMES[n % len(CLIENT_NAMES)] + (f" {n}" if n >= len(CLIENT_NAMES) else "") for n in range(count)]
    return lay_out(
        "clients",
        {
            "client_id": name_rows("c", np.arange(count)),
            "name": names,
            "country": ["DK"] * count,
            "currency": ["DKK"] * count,
            "time_zone": ["Europe/Copenhagen"] * count,
            "shares_training": np.arange(count) % 4 != 3,
            "occurred_at": np.full(count, calendar.midnight[0]),
        },
    )


def list_agents(generator: np.random.Generator, setup: Setup, calendar: Calendar) -> pd.DataFrame:
    """The contract table ``agents``."""
    count = len(setup.skill)
    return lay_out(
        "agents",
        {
            "agent_id": name_rows("a", np.arange(count)),
            "name": draw_person_names(generator, count),
            "languages": generator.choice(np.array(["da", "da en", "da en de", "da sv"]), count),
            "occurred_at": np.full(count, calendar.midnight[0]),
        },
    )


def list_companies(generator: np.random.Generator, calendar: Calendar, setup: Setup, leads: Leads) -> pd.DataFrame:
    """The contract table ``companies``, each known two hours before its first lead."""
    _, lead = np.unique(leads.company, return_index=True)
    count, employees = len(lead), leads.employees[lead]
    names = draw_company_names(generator, leads.industry[lead])
    revenue = employees * np.exp(generator.normal(14.0, 0.5, count))
    age = generator.geometric(0.06, count)
    return lay_out(
        "companies",
        {
            "company_id": name_rows("k", np.arange(count)),
            "client_id": name_rows("c", setup.client[leads.campaign[lead]]),
            "registration_id": draw_cvr_numbers(generator, count),
            "country": ["DK"] * count,
            "name": names,
            "domain": make_domains(names),
            "industry": INDUSTRIES[leads.industry[lead]],
            "employees": employees,
            "revenue_minor": np.round(revenue / 1000).astype(np.int64) * 100_000,
            "region": REGIONS[leads.region[lead]],
            "founded_year": np.maximum(2024 - age, 1850),
            "sole_proprietor": leads.sole[lead],
            "advertising_protected": leads.shielded[lead],
            "occurred_at": _created(calendar, leads)[lead] - 7200,
        },
    )


def list_contacts(
    generator: np.random.Generator, calendar: Calendar, leads: Leads, companies: pd.DataFrame
) -> pd.DataFrame:
    """The contract table ``contacts``, one for each lead, known an hour before it."""
    count = len(leads)
    names = draw_person_names(generator, count)
    domains = companies["domain"].to_numpy()[leads.company].tolist()
    checked = generator.random(count) < 0.7
    return lay_out(
        "contacts",
        {
            "contact_id": name_rows("p", np.arange(count)),
            "company_id": name_rows("k", leads.company),
            "name": names,
            "title": TITLES[leads.level, generator.integers(0, TITLES.shape[1], count)],
            "decision_level": np.array(DECISION_LEVELS)[leads.level],
            "email": _number_addresses(names, domains),
            "phone": draw_phone_numbers(generator, count),
            "phone_valid": [True if known else None for known in checked],
            "do_not_call": leads.unwanted,
            "robinson": leads.robinson,
            "language": np.where(generator.random(count) < 0.96, "da", "en"),
            "occurred_at": _created(calendar, leads) - 3600,
        },
    )


def _number_addresses(names: Words, domains: list[str]) -> list[str]:
    """Addresses, with a number for the second person of one name at a company."""
    seen: dict[str, int] = {}
    addresses = make_addresses(names, domains)
    for place, address in enumerate(addresses):
        seen[address] = seen.get(address, 0) + 1
        if seen[address] > 1:
            addresses[place] = address.replace("@", f"{seen[address]}@")
    return addresses


def _created(calendar: Calendar, leads: Leads) -> Ints:
    return calendar.seconds(leads.created_day, leads.created_second)
