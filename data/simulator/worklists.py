"""The contract tables of what is worked: campaigns, lists and leads with what the source knows of them."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

from data.simulator.arrays import logistic, name_rows
from data.simulator.frames import NO_TIME, lay_out
from data.simulator.names import INDUSTRIES

if TYPE_CHECKING:
    import pandas as pd

    from data.simulator.arrays import Floats, Ints
    from data.simulator.campaigns import Setup
    from data.simulator.clock import Calendar
    from data.simulator.leads import Leads
    from data.simulator.scenario import Scenario

PRODUCTS = ("Elaftale", "Lønsystem", "Erhvervsforsikring", "Pakkelevering", "Kontorkaffe", "Ladestandere")
SUPPLIERS = ("Bisbase", "Erhvervsdata", "Listehuset", "Kontaktkæden", "Billige Adresser")
SIZE_BANDS = np.array(["1-19", "20-99", "100+"])
DAY = 86_400


def list_campaigns(scenario: Scenario, calendar: Calendar, setup: Setup) -> pd.DataFrame:
    """The contract table ``campaigns``; a campaign that still creates leads at the end has no end."""
    count = len(setup.client)
    runs_on = setup.last_tick >= setup.last_tick.max()
    last_day = calendar.calling.days_at(setup.last_tick)
    first_day = np.maximum(calendar.calling.days_at(setup.first_tick) - 2, 0)
    zero = np.zeros(count, dtype=np.int64)
    product = [PRODUCTS[number % len(PRODUCTS)] for number in range(count)]
    return lay_out(
        "campaigns",
        {
            "campaign_id": name_rows("g", np.arange(count)),
            "client_id": name_rows("c", setup.client),
            "name": [f"{name} {number}" for number, name in enumerate(product, start=1)],
            "product": product,
            "ends_at": np.where(runs_on, NO_TIME, calendar.seconds(last_day, zero) + 90 * DAY),
            "deal_amount_minor": _in_minor(setup.price * scenario.money.deal_median),
            "calls_without_consent": ~setup.needs_consent,
            "attempt_limit": setup.attempt_limit,
            "rest_hours": np.full(count, scenario.calling.rest_hours),
            "occurred_at": calendar.seconds(first_day, zero + 7 * 3600),
        },
    )


def list_lists(
    generator: np.random.Generator, scenario: Scenario, calendar: Calendar, setup: Setup, leads: Leads
) -> pd.DataFrame:
    """The contract table ``lists``; bad suppliers are cheap."""
    count = len(setup.list_campaign)
    used = np.bincount(leads.list, minlength=count)
    records = np.round(used * generator.uniform(1.0, 1.3, count)).astype(np.int64)
    quality = setup.badness[setup.list_supplier]
    price = scenario.money.price_per_record * np.clip(1.4 - 0.3 * quality, 0.5, 1.5)
    day = np.maximum(calendar.calling.days_at(setup.list_tick) - 1, 0)
    return lay_out(
        "lists",
        {
            "list_id": name_rows("i", np.arange(count)),
            "client_id": name_rows("c", setup.client[setup.list_campaign]),
            "name": [f"Liste {number}" for number in range(1, count + 1)],
            "supplier": [_supplier_name(number) for number in setup.list_supplier],
            "price_minor": _in_minor(np.asarray(records * price, dtype=np.float64)),
            "records": records,
            "occurred_at": calendar.seconds(day, np.full(count, 8 * 3600)),
        },
    )


def list_leads(generator: np.random.Generator, scenario: Scenario, calendar: Calendar, leads: Leads) -> pd.DataFrame:
    """The contract table ``leads``, as it was known at creation: no column tells what came later."""
    count = len(leads)
    created = calendar.seconds(leads.created_day, leads.created_second)
    segment = np.char.add(np.char.add(INDUSTRIES[leads.industry], ", "), SIZE_BANDS[leads.size])
    number = np.arange(count)
    return lay_out(
        "leads",
        {
            "lead_id": name_rows("l", number),
            "campaign_id": name_rows("g", leads.campaign),
            "company_id": name_rows("k", leads.company),
            "contact_id": name_rows("p", number),
            "list_id": name_rows("i", leads.list),
            "segment": segment,
            "message_variant": np.array(["A", "B"])[leads.variant],
            "next_action": ["review after a year"] * count,
            "next_action_at": created + 365 * DAY,
            "attributes": _draw_attributes(generator, scenario, leads),
            "occurred_at": created,
        },
    )


def _draw_attributes(generator: np.random.Generator, scenario: Scenario, leads: Leads) -> list[str]:
    """Noisy views of the hidden need, and columns that say nothing, as JSON objects."""
    count, noise = len(leads), scenario.need.view_noise
    growth = 100 * (0.04 + 0.06 * (leads.company_need + generator.normal(0, noise, count)))
    visits = generator.poisson(np.exp(0.4 + 0.5 * (leads.need + generator.normal(0, noise, count))))
    leaves = generator.random(count) < logistic(-1.0 + 0.9 * leads.need)
    supplier = np.where(leaves, "aftale udløber", np.where(generator.random(count) < 0.6, "tilfreds", "ukendt"))
    system = generator.choice(np.array(["Navision", "e-conomic", "SAP", "andet"]), count)
    batch = generator.integers(1, 1000, count)
    columns = zip(growth.round(1).tolist(), visits.tolist(), supplier, system, batch.tolist(), strict=True)
    return [
        f'{{"growth_percent": {a}, "web_visits": {b}, "supplier_status": "{c}", "erp": "{d}", "batch": {e}}}'
        for a, b, c, d, e in columns
    ]


def _supplier_name(number: int) -> str:
    name = SUPPLIERS[number % len(SUPPLIERS)]
    return name if number < len(SUPPLIERS) else f"{name} {number}"


def _in_minor(amount: Floats) -> Ints:
    """Kroner, rounded to whole ones, in øre."""
    return np.round(amount).astype(np.int64) * 100
