"""What is recorded of simulated companies and people, and what of it is one."""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.misspelling import respell
from benchmarks.party_names import FORMS, TOWNS, draw_company, pick, pick_evenly

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

Row = dict[str, Any]
Pairs = set[tuple[str, str]]

BEGAN = pd.Timestamp("2024-01-01", tz="UTC")
TITLES = ("Direktør", "Indkøbschef", "Bogholder", "CEO", "Salgschef", "Projektleder", "Ejer")
INDUSTRIES = ("Bygge og anlæg", "Handel", "Rådgivning", "Industri", "It", "Transport", "Sundhed")


@dataclass
class Parties:
    """What is recorded, and what of it is one.

    Attributes:
        chance: of this world.
        companies: contract rows, each with ``entity``: who it really is.
        contacts: the same of people.
    """

    chance: Generator
    numbers: list[str]
    phones: list[str]
    companies: list[Row] = field(default_factory=list)
    contacts: list[Row] = field(default_factory=list)
    taken: set[str | None] = field(default_factory=set)

    def happens(self, share: float) -> bool:
        """Whether something happens that happens in a share of the cases."""
        return bool(self.chance.random() < share)

    def add_company(self, **row: Any) -> Row:
        """Record a company."""
        row = {"company_id": f"k{len(self.companies)}", "entity": f"k{len(self.companies)}"} | row
        self.companies.append(row)
        return row

    def add_person(self, company: Row, name: str, **row: Any) -> Row:
        """Record a person at a company, by default with an e-mail and a telephone, the switchboard's or their own."""
        key = f"p{len(self.contacts)}"
        own = {"contact_id": key, "company_id": company["company_id"], "name": name, "entity": key}
        number = self.chance.random()
        phone = company["switchboard"] if number < 0.25 else self.phones.pop() if number < 0.85 else None
        mail = write_email(self.chance, name, company["domain"]) if self.happens(0.8) else None
        self.contacts.append(own | {"title": pick(self.chance, TITLES), "phone": phone, "email": mail} | row)
        return self.contacts[-1]

    def frames(self) -> tuple[pd.DataFrame, pd.DataFrame]:
        """Companies and contacts as frames, in an order that has nothing to do with what is one."""
        told = []
        for rows in (self.companies, self.contacts):
            frame = pd.DataFrame(rows)
            hours = pd.to_timedelta(self.chance.permutation(len(frame)), unit="h")
            told.append(
                frame.assign(occurred_at=BEGAN + hours).drop(columns=["entity", "switchboard", "bare"], errors="ignore")
            )
        companies, contacts = told
        return companies, contacts

    def pairs(self) -> tuple[Pairs, Pairs]:
        """What is one and shares no exact key: pairs of companies and of people, the lesser id first."""
        client = {row["company_id"]: row["client_id"] for row in self.companies}
        keyed = ("registration_id", "domain")
        companies = _pair(self.companies, lambda row: row["client_id"], "company_id", keyed)
        contacts = _pair(self.contacts, lambda row: client[row["company_id"]], "contact_id", ("email",))
        return companies, contacts


def write_email(chance: Generator, name: str, domain: str | None) -> str | None:
    """An e-mail at a domain, in one of the usual patterns."""
    if domain is None:
        return None
    words = respell(np.random.default_rng(0), name).lower().replace("-", " ").replace(".", "").split()
    first, last = words[0], words[-1]
    patterns = [f"{first}.{last}", f"{first}.{last}", f"{first[0]}{last[:2]}", first, f"{first[0]}.{last}"]
    return f"{pick_evenly(chance, patterns)}@{domain}"


def write_domain(name: str, end: str = "dk") -> str:
    """The domain that a name would have."""
    letters = respell(np.random.default_rng(0), name).lower().replace("&", "og").replace(" ", "-")
    return f"{letters}.{end}"


def add_other_company(parties: Parties, **given: Any) -> Row:
    """A company of its own: nothing of it belongs to another."""
    chance = parties.chance
    region = given.pop("region", None) or pick(chance, list(TOWNS))
    name = given.pop("name", None) or draw_company(chance, region)
    domain = write_domain(name) if parties.happens(0.75) else "gmail.com" if parties.happens(0.2) else None
    if domain in parties.taken and domain != "gmail.com":
        domain = write_domain(f"{name} {len(parties.companies)}")
    parties.taken.add(domain)
    own = {
        "client_id": "n" if parties.happens(0.8) else "m",
        "country": "DK" if parties.happens(0.9) else None,
        "name": f"{name} {pick_evenly(chance, FORMS)}".strip(),
        "registration_id": parties.numbers.pop() if parties.happens(0.6) else None,
        "domain": domain,
        "region": region if parties.happens(0.9) else None,
        "industry": pick(chance, INDUSTRIES),
        "employees": int(np.exp(chance.normal(2.3, 1.2))) + 1,
        "founded_year": 2025 - int(chance.exponential(17)) if parties.happens(0.7) else None,
        "switchboard": parties.phones.pop(),
        "bare": name,
    }
    return parties.add_company(**own | given)


def _pair(rows: list[Row], client: Callable[[Row], str], key: str, exact: tuple[str, ...]) -> Pairs:
    one: dict[tuple[str, str], list[Row]] = defaultdict(list)
    for row in rows:
        one[client(row), row["entity"]].append(row)
    return {
        (min(first[key], second[key]), max(first[key], second[key]))
        for group in one.values()
        for first, second in combinations(group, 2)
        if not any(_is_same(first[name], second[name]) for name in exact)
    }


def _is_same(first: str | None, second: str | None) -> bool:
    return first is not None and first != "gmail.com" and first == second
