"""What people, companies and titles are called in Denmark."""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from data.simulator.arrays import Ints, Words


def _words(text: str) -> Words:
    return np.array(text.split())


FIRST_NAMES = _words(
    "Søren Jørgen Bjørn Åse Mette Kåre Lærke Rasmus Pernille Gøran Kirsten Åge Signe Torben Dorthe "
    "Jens Malene Jakob Bodil Øjvind Sanne Anders Freja Niels Ida Kjeld Trine Børge Asbjørn Camilla "
    "Hanne Mads Maja Thøger"
)
LAST_NAMES = _words(
    "Sørensen Jørgensen Møller Kjær Østergaard Nørgaard Ågård Bæk Lærke Højlund Jensen Hansen "
    "Kristensen Dahl Bjerregaard Skovgaard Thøgersen Damgaard Holm Lund Winther Frøslev Krogh Brandt "
    "Søndergaard Vestergaard Åkjær Græsborg Friis Bruun"
)
PLACES = _words(
    "Ærø Østerbro Nørresundby Åbyhøj Sønderborg Køge Næstved Hjørring Thisted Svendborg Vejle "
    "Kolding Viborg Silkeborg Ringsted Farsø Skærbæk Løgstør Grenå Odense"
)
INDUSTRIES = np.array(["Bygge og anlæg", "Transport", "Industri", "Handel", "Rådgivning", "It", "Fødevarer", "Sundhed"])
TRADES = np.array(["Byg", "Logistik", "Værktøj", "Engros", "Rådgivning", "Data", "Mølle", "Pleje"])
REGIONS = np.array(["Hovedstaden", "Sjælland", "Syddanmark", "Midtjylland", "Nordjylland"])
TITLES = np.array(
    [
        ["Direktør", "Adm. direktør", "Indkøbschef", "Økonomichef", "CEO"],
        ["Afdelingsleder", "Projektleder", "Indkøber", "Driftsleder", "It-ansvarlig"],
        ["Assistent", "Receptionist", "Bogholder", "Konsulent", "Elev"],
    ]
)
"""Titles by decision level, in the contract's order of levels."""

ASCII = str.maketrans({"æ": "ae", "ø": "oe", "å": "aa", " ": "-", ".": "", "&": "og"})


def draw_person_names(generator: np.random.Generator, count: int) -> Words:
    """First and last names."""
    first, last = generator.choice(FIRST_NAMES, size=count), generator.choice(LAST_NAMES, size=count)
    return np.char.add(np.char.add(first, " "), last)


def draw_company_names(generator: np.random.Generator, industry: Ints) -> Words:
    """Company names that fit their industry, one per entry of ``industry``."""
    count = len(industry)
    stems = np.concatenate([LAST_NAMES, PLACES])
    forms = generator.choice(np.array([" ApS", " A/S", " & Søn ApS"]), size=count, p=[0.6, 0.3, 0.1])
    stem = np.char.add(generator.choice(stems, size=count), " ")
    return np.char.add(np.char.add(stem, TRADES[industry]), forms)


def make_domains(names: Words) -> list[str]:
    """An internet domain for each company, all different.

    >>> make_domains(np.array(["Bæk Byg ApS", "Bæk Byg ApS"]))
    ['baek-byg1.dk', 'baek-byg2.dk']
    """
    stems = (str(name).replace(" ApS", "").replace(" A/S", "").lower().translate(ASCII) for name in names)
    return [f"{stem}{number}.dk" for number, stem in enumerate(stems, start=1)]


def make_addresses(people: Words, domains: list[str]) -> list[str]:
    """An e-mail address for each person at the domain given for them.

    >>> make_addresses(np.array(["Åse Kjær"]), ["baek.dk"])
    ['aase.kjaer@baek.dk']
    """
    return [
        f"{str(person).lower().replace(' ', '.').translate({**ASCII, ord('.'): '.'})}@{domain}"
        for person, domain in zip(people, domains, strict=True)
    ]
