"""Companies and people who are recorded once more, as they are in practice: written otherwise, moved, incomplete."""

from __future__ import annotations

from typing import TYPE_CHECKING, Any

from benchmarks.misspelling import COMPANY_CHANGES, PERSON_CHANGES, change_name, slip
from benchmarks.party_names import TOWNS, TRADES, draw_first, draw_last, pick, pick_evenly
from benchmarks.recorded_parties import INDUSTRIES, TITLES, write_email
from data.simulator.numbers import break_cvr_number

if TYPE_CHECKING:
    from benchmarks.recorded_parties import Parties, Row


def record_person_twice(parties: Parties, person: Row, company: Row, **given: Any) -> Row:
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


def record_twice(parties: Parties, company: Row) -> None:
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
        record_person_twice(parties, people[int(chance.integers(len(people)))], recorded)
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


def change_jobs(parties: Parties, companies: list[Row]) -> None:
    """Some people are recorded at their new company as well, with the telephone that they kept."""
    client = {row["company_id"]: row["client_id"] for row in companies}
    for person in parties.contacts[:]:
        if person["phone"] is None or person["company_id"] not in client or not parties.happens(0.01):
            continue
        company = companies[int(parties.chance.integers(len(companies)))]
        if company["client_id"] == client[person["company_id"]]:
            mail = write_email(parties.chance, person["name"], company["domain"])
            record_person_twice(parties, person, company, email=mail, phone=person["phone"])
