"""Scenarios: every rate and effect of a simulated operation, named in a TOML file."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass, fields
from pathlib import Path
from typing import TYPE_CHECKING, Any, get_type_hints

from data.errors import BadInput

if TYPE_CHECKING:
    from collections.abc import Mapping

SHELF = Path(__file__).parent / "scenarios"


@dataclass(frozen=True)
class Market:
    """Clients and campaigns, and how the market moves."""

    clients: int
    campaigns: int
    suppliers: int
    campaign_sd: float  # of the log effect of a campaign on its share of leads won
    log_trend_per_month: float  # of the share of ready customers who sign
    fall_share: float  # of wins lost from fall_months_before_end on
    fall_months_before_end: float
    log_closing_speed_per_month: float


@dataclass(frozen=True)
class Season:
    """Where the year stands still or slows down; speeds are shares of a normal working day."""

    closed_weeks: tuple[int, ...]  # ISO weeks without calls
    july_speed: float
    christmas_speed: float


@dataclass(frozen=True)
class Need:
    """The hidden need of a lead, in logits, and what can be seen of it."""

    company_sd: float
    lead_sd: float
    fit_sd: float  # of the fit between a campaign's product and an industry
    size_effect: float  # per unit of log(employees / 50)
    nurture_share: float
    nurture_effect: float
    view_noise: float  # sd of the noise in numeric attributes
    signals_per_lead: float
    touches_per_lead: float


@dataclass(frozen=True)
class Calling:
    """Attempts and conversations; logits unless named otherwise."""

    attempt_limits: tuple[int, ...]  # one is drawn for each campaign
    rest_hours: int
    gap_weights: tuple[float, ...]  # of 2, 3, 4 ... working days between two attempts
    first_call_weights: tuple[float, ...]  # of 1, 2, 3 ... working days from creation
    contact: float
    contact_sd: float
    need_on_contact: float
    hour_sd: float  # of an hour's effect on contact, by industry
    booking: float
    need_on_booking: float
    refusal: float
    need_on_refusal: float
    stop: float  # "do not call me again"
    interest: float
    variant_effect: float
    agent_sd: float
    wrong_title_effect: float
    invalid_number_share: float  # calls to a dead line that say so


@dataclass(frozen=True)
class Sales:
    """From the booked meeting to the signature; stages in the order of the contract."""

    delay_days: tuple[int, ...]  # first and last working day of a meeting after its booking
    show: float
    need_on_show: float
    rebooked_share: float
    stage_logits: tuple[float, ...]
    stage_days: tuple[float, ...]  # mean, in working days
    stage_log_sd: float
    size_slowness: tuple[float, ...]  # factor on stage_days for small, middle and large companies
    need_on_stage: float
    seller_optimism: float
    seller_noise: float


@dataclass(frozen=True)
class Money:
    """Amounts in DKK without VAT."""

    deal_median: float
    deal_log_sd: float
    price_log_sd: float  # between campaigns
    size_exponent: float
    reversed_share: float
    hourly_rate: float
    paid_seconds_per_call: float
    technology_per_agent_month: float
    management_per_campaign_month: float
    training_per_agent: float
    price_per_record: float


@dataclass(frozen=True)
class Faults:
    """Shares of rows with a planted fault."""

    invalid_cvr: float
    impossible_phone: float
    missing_title: float
    wrong_title: float  # of a mean supplier's contacts
    dead_number: float  # of a mean supplier's contacts
    duplicate: float
    late_call: float
    unknown_lead: float
    negative_talk: float
    missing_outcome: float
    stale_next_action: float


@dataclass(frozen=True)
class Scenario:
    """One world. Every value comes from its TOML file or from the scenario that it builds on."""

    name: str
    market: Market
    season: Season
    need: Need
    calling: Calling
    sales: Sales
    money: Money
    faults: Faults


SECTIONS: dict[str, type[Any]] = {
    "market": Market,
    "season": Season,
    "need": Need,
    "calling": Calling,
    "sales": Sales,
    "money": Money,
    "faults": Faults,
}


def list_scenarios() -> tuple[str, ...]:
    """The names of the scenarios that callworth brings, sorted."""
    return tuple(sorted(file.name.removesuffix(".toml") for file in SHELF.iterdir() if file.suffix == ".toml"))


def read_scenario(name: str | Path) -> Scenario:
    """Read a scenario by its name, or your own by its path.

    Args:
        name: one of :func:`list_scenarios`, or the path of a TOML file. A file may say
            ``based_on = "steady"`` and then names only what differs.

    Raises:
        BadInput: there is no such scenario, or a key is unknown, missing or of the wrong type.
    """
    if isinstance(name, str) and name in list_scenarios():
        text = (SHELF / f"{name}.toml").read_text(encoding="utf-8")
    elif Path(name).suffix == ".toml" and Path(name).is_file():
        text = Path(name).read_text(encoding="utf-8")
    else:
        known = ", ".join(list_scenarios())
        raise BadInput(f"there is no scenario {str(name)!r}; take one of {known}, or the path of a TOML file.")
    try:
        content = tomllib.loads(text)
    except tomllib.TOMLDecodeError as error:
        raise BadInput(f"the scenario {name} is not valid TOML: {error}.") from error
    return build_scenario(Path(name).stem, content)


def build_scenario(name: str, content: Mapping[str, Any]) -> Scenario:
    """Make a scenario of the content of its file.

    Raises:
        BadInput: a key is unknown, missing or of the wrong type.
    """
    known = (*SECTIONS, "based_on")
    if unknown := sorted(set(content) - set(known)):
        raise BadInput(f"the scenario {name} has the unknown key {unknown[0]}; known are {', '.join(known)}.")
    ground = read_scenario(str(content["based_on"])) if "based_on" in content else None
    sections = {
        section: _build_section(name, section, content.get(section, {}), getattr(ground, section, None))
        for section in SECTIONS
    }
    return Scenario(name=name, **sections)


def _build_section(name: str, section: str, values: Mapping[str, Any], ground: Any) -> Any:
    names = [field.name for field in fields(SECTIONS[section])]
    if unknown := sorted(set(values) - set(names)):
        raise BadInput(f"the scenario {name} has the unknown key {section}.{unknown[0]}; known are {', '.join(names)}.")
    full = {key: values.get(key, getattr(ground, key, None)) for key in names}
    if missing := [key for key in names if full[key] is None]:
        raise BadInput(f"the scenario {name} lacks {section}.{missing[0]}; give it, or say what it is based_on.")
    hints = get_type_hints(SECTIONS[section])
    return SECTIONS[section](**{key: _convert(f"{name}: {section}.{key}", full[key], hints[key]) for key in names})


def _convert(where: str, value: Any, hint: Any) -> Any:
    several = hint in (tuple[int, ...], tuple[float, ...])
    whole = hint in (int, tuple[int, ...])
    items = list(value) if isinstance(value, (list, tuple)) else [value]
    numbers = all(isinstance(item, int if whole else (int, float)) and item is not True for item in items)
    if several != isinstance(value, (list, tuple)) or not numbers or not items:
        kind = ("a list of " if several else "") + ("whole numbers" if whole else "numbers")
        raise BadInput(f"the scenario {where} is {value!r}; it must be {kind}.")
    converted = tuple(int(item) if whole else float(item) for item in items)
    return converted if several else converted[0]
