"""Simulated companies and people, some of them recorded twice, among others that only look so.

Everything is simulated: names from :mod:`benchmarks.party_names`, numbers and addresses drawn. Recorded twice is a
share of the companies and of the people at each, the name changed as in :mod:`benchmarks.misspelling`, the
registration number missing or with a slip, the domain missing, near or another, the telephone the same, moved or
missing, the title another. One in a hundred changed jobs and kept the telephone. Beside them stand companies that are
none: other trades under nearly the same name, branches by town, holdings and sister companies at one telephone, equal
names in other regions, the same company at another client; and people: relatives at one company, junior and senior,
colleagues whose names and e-mails differ by a letter, and all the namesakes that frequent names make.
"""

from __future__ import annotations

from collections import defaultdict
from dataclasses import dataclass, field
from itertools import combinations
from typing import TYPE_CHECKING, Any

import numpy as np
import pandas as pd

from benchmarks.misspelling import COMPANY_CHANGES, PERSON_CHANGES, change_name, respell, slip
from benchmarks.party_names import FIRST, FORMS, TOWNS, TRADES, draw_company, draw_first, draw_last, pick, pick_evenly
from data.simulator.numbers import break_cvr_number, draw_cvr_numbers, draw_phone_numbers

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

Row = dict[str, Any]
Pairs = set[tuple[str, str]]

BEGAN = pd.Timestamp("2024-01-01", tz="UTC")
TWICE, LOOKS_SO = 0.06, 0.12
JUNIOR, RELATED, ALIKE = 0.01, 0.04, 0.06
TITLES = ("Direktør", "Indkøbschef", "Bogholder", "CEO", "Salgschef", "Projektleder", "Ejer")
NEAR_NAMES = (("Holm", "Holt"), ("Jensen", "Jansen"), ("Hansen", "Hanson"), ("Petersen", "Pedersen"), ("Lund", "Lundh"))
INDUSTRIES = ("Bygge og anlæg", "Handel", "Rådgivning", "Industri", "It", "Transport", "Sundhed")
SISTERS = ("Holding", "Ejendomme", "Invest")


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


def make_parties(count: int, seed: int) -> Parties:
    """Simulate companies and people; the same seed makes the same.

    Args:
        count: of different companies, before those that are recorded twice or look so.
        seed: of chance.
    """
    chance = np.random.default_rng(seed)
    numbers = [str(number) for number in draw_cvr_numbers(chance, 2 * count)]
    parties = Parties(chance, numbers, [str(phone) for phone in draw_phone_numbers(chance, 8 * count)])
    companies = [_add_other_company(parties) for _ in range(count)]
    for company in companies:
        _add_people(parties, company)
        if parties.happens(TWICE):
            _record_twice(parties, company)
        if parties.happens(LOOKS_SO):
            _add_look_alike(parties, company)
    _change_jobs(parties, companies)
    return parties


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


def _add_other_company(parties: Parties, **given: Any) -> Row:
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


def _add_people(parties: Parties, company: Row) -> None:
    """One to three people, some of whom look like one another, and some of whom are recorded twice."""
    chance = parties.chance
    for _ in range(1 + int(chance.integers(3))):
        first, last, kind = draw_first(chance), draw_last(chance), chance.random()
        person = parties.add_person(company, f"{first} {last}{' sen.' if kind < JUNIOR else ''}")
        if kind < JUNIOR:
            parties.add_person(company, f"{first} {last} jun.")
        elif kind < RELATED:
            other = pick_evenly(chance, [name for name in FIRST if name not in first])
            parties.add_person(company, f"{other} {last}", phone=person["phone"])
        elif kind < ALIKE:
            for name in pick_pair(chance, last):
                mail = write_email(np.random.default_rng(0), f"{first} {name}", company["domain"])
                parties.add_person(company, f"{first} {name}", email=mail)
        if kind >= JUNIOR and parties.happens(TWICE):
            _record_person_twice(parties, person, company)


def pick_pair(chance: Generator, without: str) -> tuple[str, str]:
    """Two surnames that differ by a letter."""
    among = [pair for pair in NEAR_NAMES if not set(pair) & set(without.replace("-", " ").split())]
    return among[int(chance.integers(len(among)))]


def _record_person_twice(parties: Parties, person: Row, company: Row, **given: Any) -> Row:
    """The person once more, the name written otherwise, e-mail missing or another, telephone kept, moved or missing."""
    chance, kind = parties.chance, parties.chance.random()
    name = change_name(chance, person["name"], PERSON_CHANGES)
    domain = company["domain"]
    other = f"{write_email(chance, person['name'], domain)}" if kind < 0.15 and domain else None
    if kind > 0.7:
        other = write_email(chance, person["name"], pick_evenly(chance, ["gmail.com", "hotmail.com", "mail.dk"]))
    moved = chance.random()
    phone = person["phone"] if moved < 0.55 else parties.phones.pop() if moved < 0.8 else None
    title = person["title"] if parties.happens(0.7) else pick_evenly(chance, TITLES)
    values = {"email": other, "phone": phone, "title": title, "entity": person["entity"]}
    return parties.add_person(company, name, **values | given)


def _record_twice(parties: Parties, company: Row) -> None:
    """The company once more, at times with one of its people or somebody else there."""
    chance = parties.chance
    twin = dict(company) | {"entity": company["entity"], "name": change_name(chance, company["name"], COMPANY_CHANGES)}
    number, domain, place = chance.random(), chance.random(), chance.random()
    if company["registration_id"] is not None:
        twin["registration_id"] = break_cvr_number(company["registration_id"]) if number < 0.1 else None
    elif number < 0.3:
        twin["registration_id"] = parties.numbers.pop()
    if company["domain"] is not None and company["domain"] != "gmail.com":
        twin["domain"] = _change_domain(parties, company, domain)
    twin["region"] = company["region"] if place < 0.85 else None if place < 0.95 else pick_evenly(chance, list(TOWNS))
    twin["industry"] = company["industry"] if place < 0.7 else None if place < 0.9 else pick(chance, INDUSTRIES)
    twin["employees"] = None if parties.happens(0.4) else round(company["employees"] * chance.uniform(0.75, 1.3))
    twin["founded_year"] = company["founded_year"] if parties.happens(0.5) else None
    twin.pop("company_id")
    recorded = parties.add_company(**twin)
    people = [row for row in parties.contacts[-12:] if row["company_id"] == company["company_id"]]
    if parties.happens(0.6):
        _record_person_twice(parties, people[int(chance.integers(len(people)))], recorded)
    elif parties.happens(0.75):
        phone = company["switchboard"] if parties.happens(0.5) else parties.phones.pop()
        parties.add_person(recorded, f"{draw_first(chance)} {draw_last(chance)}", phone=phone)


def _change_domain(parties: Parties, company: Row, kind: float) -> str | None:
    if kind < 0.4:
        return None
    stem = str(company["domain"]).rpartition(".")[0]
    if kind < 0.7:
        return f"{stem}.{pick_evenly(parties.chance, ['com', 'eu', 'net'])}"
    if kind < 0.88:
        return stem.replace("-", "") + ".dk" if "-" in stem else slip(parties.chance, stem) + ".com"
    return f"{pick_evenly(parties.chance, TRADES).lower().replace('ø', 'oe')}-{len(parties.companies)}.dk"


def _add_look_alike(parties: Parties, company: Row) -> None:
    """Another company, which looks as if it were this one."""
    chance, kind = parties.chance, parties.chance.random()
    client, region, bare = company["client_id"], company["region"], company["bare"]
    words = bare.split()
    if kind < 0.3:
        sibling = pick_evenly(chance, [trade for trade in TRADES if trade != words[-1]])
        name = " ".join([*(words[:-1] or words), sibling])
        other = _add_other_company(parties, client_id=client, region=region, name=name)
    elif kind < 0.5:
        town = pick_evenly(chance, [town for towns in TOWNS.values() for town in towns])
        other = _add_other_company(parties, client_id=client, name=f"{words[0]} {pick(chance, TRADES)} {town}")
    elif kind < 0.75:
        sister = f"{bare} {pick_evenly(chance, SISTERS)}"
        other = _add_other_company(
            parties, client_id=client, region=region, name=sister, switchboard=company["switchboard"]
        )
    elif kind < 0.85:
        elsewhere = pick_evenly(chance, [one for one in TOWNS if one != region])
        other = _add_other_company(parties, client_id=client, region=elsewhere, name=bare)
    else:
        other = _add_other_company(parties, client_id="m" if client == "n" else "n", region=region, name=bare)
    parties.add_person(other, f"{draw_first(chance)} {draw_last(chance)}")


def _change_jobs(parties: Parties, companies: list[Row]) -> None:
    """Some people are recorded at their new company as well, with the telephone that they kept."""
    client = {row["company_id"]: row["client_id"] for row in companies}
    for person in parties.contacts[:]:
        if person["phone"] is None or person["company_id"] not in client or not parties.happens(0.01):
            continue
        company = companies[int(parties.chance.integers(len(companies)))]
        if company["client_id"] == client[person["company_id"]]:
            mail = write_email(parties.chance, person["name"], company["domain"])
            _record_person_twice(parties, person, company, email=mail, phone=person["phone"])


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
