"""Simulated names of companies and people: parts put together, so that thousands arise and no real one is meant.

Surnames are of two kinds, as in Denmark: a few dozen that very many have, and the long tail of names of farms and
places, put together of two parts. Companies are named for a person, a town, a word that many use, or a coined one.
"""

from __future__ import annotations

from typing import TYPE_CHECKING

import numpy as np

if TYPE_CHECKING:
    from numpy.random import Generator


def _read(words: str) -> tuple[str, ...]:
    return tuple(words.split())


FIRST = _read(
    "Peter Jens Michael Lars Thomas Henrik Søren Christian Martin Jan Morten Anders Jesper Niels Mads Rasmus Per Hans "
    "Kasper Torben Jørgen Mikkel Ole Bent Erik Kim Claus Steen Flemming Brian Carsten Frank Bo Allan Poul Kurt Rune "
    "Anne Mette Kirsten Hanne Helle Anna Susanne Lene Marianne Maria Inge Lone Camilla Pia Charlotte Louise Karen Tina "
    "Gitte Bente Jette Ulla Birgitte Ida Emma Sofie Line Signe Maja Rikke Trine Dorthe Lisbeth Vibeke Åse Kåre Øjvind "
    "Jakob Kristian Karin Andreas Hanna Tim Johannes Mogens Viggo Aksel Ejnar Villads Storm Bjørk Freja Alma Karla"
)
COMMON_LAST = _read(
    "Nielsen Jensen Hansen Pedersen Andersen Christensen Larsen Sørensen Rasmussen Jørgensen Petersen Madsen "
    "Kristensen Olsen Thomsen Christiansen Poulsen Johansen Møller Mortensen Knudsen Holm Lund Mikkelsen Schmidt Holst "
    "Dahl Bech"
)
LAST_BEGIN = _read(
    "Ager Bak Birke Bjerre Brand Brog Dam Ege Elle Eng Fisker Frø Grøn Hav Hede Hjort Høj Isager Kalle Kirke Klit Krog "
    "Kær Lille Linde Lyng Mose Mølle Nør Ny Od Pile Rav Ros Rugh Råd Sal Sand Skov Slot Stein Sten Svane Sønder Toft "
    "Tran Ulv Vang Vester Vind Ær Øl Øster Åg"
)
LAST_END = _read("gaard bæk dal berg bjerg holt lund mark skov toft vad have kjær lev rup sted sig bo borg ager")
TRADES = _read(
    "Byg Bolig El VVS Tømrer Murer Maler Transport Logistik Bogføring Revision Rådgivning Data Software Marketing "
    "Reklame Rengøring Catering Bageri Vin Møbler Køkken Auto Cykler Skilte Print Energi Ventilation Gulve Tag Vinduer "
    "Smede Maskin Entreprenør Anlæg Gartner Ejendomme Invest Holding Konsulenter Teknik Automation Industri Plast "
    "Stål Træ Emballage Engros Optik Tandlæge Fysioterapi Klinik Frisør Fitness Rejser Event Forlag Arkitekter "
    "Advokater Design"
)
ADJECTIVES = _read("Nordisk Dansk Jysk Fynsk Sjællandsk Skandinavisk Midtjysk Grøn Ny Moderne International Første")
TOWNS = {
    "Hovedstaden": _read("København Hillerød Roskilde Ballerup Glostrup Helsingør Bornholm Lyngby Gentofte Hvidovre"),
    "Sjælland": _read("Næstved Slagelse Køge Holbæk Ringsted Kalundborg Nykøbing Sorø Faxe Vordingborg"),
    "Syddanmark": _read("Odense Esbjerg Kolding Vejle Fredericia Sønderborg Haderslev Svendborg Aabenraa Middelfart"),
    "Midtjylland": _read("Aarhus Randers Silkeborg Horsens Herning Viborg Holstebro Skive Ebeltoft Grenå"),
    "Nordjylland": _read("Aalborg Hjørring Frederikshavn Thisted Brønderslev Skagen Hobro Løgstør Nibe Sæby"),
}
SYLLABLES = _read(
    "za be co nor ti lux ve ro mi dan fi la pro su ka zen or qui ple xa tri mo ne vi ga sol te ra bi ondo ke lo gro "
    "fa ny pe ri sta tor umi wa yo dex fer gil hep jo mar nub"
)
CHAINS = tuple(
    f"{brand} {trade}" for brand in ("Kvarnix", "Solvanta", "Trimexo", "Bylanda", "Farvelo") for trade in TRADES[18:24]
)
FORMS = ("ApS", "A/S", "I/S", "", "")
ZIPF = 0.5
"""So that about one in twenty is called Nielsen, as in Denmark."""


def draw_first(chance: Generator) -> str:
    """A first name; some have two."""
    name = pick(chance, FIRST)
    return f"{name} {pick(chance, FIRST)}" if chance.random() < 0.12 else name


def draw_last(chance: Generator) -> str:
    """A surname: one that many have, one of the long tail, or one of each."""
    common, rare = pick(chance, COMMON_LAST), pick_evenly(chance, LAST_BEGIN) + pick_evenly(chance, LAST_END)
    kind = chance.random()
    if kind < 0.12:
        return f"{rare} {common}" if kind < 0.08 else f"{common}-{rare}"
    return common if kind < 0.6 else rare


def draw_coined(chance: Generator, syllables: int) -> str:
    """A word that is made up."""
    return "".join(pick_evenly(chance, SYLLABLES) for _ in range(syllables)).title()


def draw_company(chance: Generator, region: str) -> str:
    """A company's name without its legal form."""
    trade, town = pick(chance, TRADES), pick_evenly(chance, TOWNS[region])
    last = draw_last(chance)
    coined = draw_coined(chance, int(chance.integers(2, 5)))
    kinds = (
        f"{last} {trade}", f"{last}s {trade}", f"{draw_first(chance)} {last} {trade}", f"{last} & Søn {trade}",
        f"{town} {trade}", f"{pick(chance, ADJECTIVES)} {trade}", f"{coined} {trade}", f"{coined}",
        f"{last} {trade} & {pick(chance, TRADES)}",
        f"{pick_evenly(chance, CHAINS)} {town}", f"{coined} {pick(chance, ADJECTIVES)} {trade}",
    )  # fmt: skip
    return kinds[int(chance.choice(len(kinds), p=SHARES))]


SHARES = (0.16, 0.06, 0.11, 0.05, 0.09, 0.04, 0.2, 0.1, 0.08, 0.06, 0.05)
"""Of the kinds of company names."""


def pick(chance: Generator, among: tuple[str, ...] | list[str]) -> str:
    """One of several, the first ones far more often than the last, as names are."""
    weights = 1 / np.arange(1, len(among) + 1) ** ZIPF
    return among[int(np.searchsorted(np.cumsum(weights / weights.sum()), chance.random()))]


def pick_evenly(chance: Generator, among: tuple[str, ...] | list[str]) -> str:
    """One of several, each as often as the others."""
    return among[int(chance.integers(len(among)))]
