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

from typing import TYPE_CHECKING

import numpy as np

from benchmarks.look_alikes import add_look_alike, pick_pair
from benchmarks.party_names import FIRST, draw_first, draw_last, pick_evenly
from benchmarks.recorded_parties import Parties, add_other_company, write_email
from benchmarks.recorded_twice import change_jobs, record_person_twice, record_twice
from data.simulator.numbers import draw_cvr_numbers, draw_phone_numbers

if TYPE_CHECKING:
    from benchmarks.recorded_parties import Row

TWICE, LOOKS_SO = 0.06, 0.12
JUNIOR, RELATED, ALIKE = 0.01, 0.04, 0.06


def make_parties(count: int, seed: int) -> Parties:
    """Simulate companies and people; the same seed makes the same.

    Args:
        count: of different companies, before those that are recorded twice or look so.
        seed: of chance.
    """
    chance = np.random.default_rng(seed)
    numbers = [str(number) for number in draw_cvr_numbers(chance, 2 * count)]
    parties = Parties(chance, numbers, [str(phone) for phone in draw_phone_numbers(chance, 8 * count)])
    companies = [add_other_company(parties) for _ in range(count)]
    for company in companies:
        _add_people(parties, company)
        if parties.happens(TWICE):
            record_twice(parties, company)
        if parties.happens(LOOKS_SO):
            add_look_alike(parties, company)
    change_jobs(parties, companies)
    return parties


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
            record_person_twice(parties, person, company)
