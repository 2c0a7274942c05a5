"""Companies and people who look as if they were others, and are not."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.party_names import TOWNS, TRADES, draw_first, draw_last, pick, pick_evenly
from benchmarks.recorded_parties import add_other_company

if TYPE_CHECKING:
    from numpy.random import Generator

    from benchmarks.recorded_parties import Parties, Row

NEAR_NAMES = (("Holm", "Holt"), ("Jensen", "Jansen"), ("Hansen", "Hanson"), ("Petersen", "Pedersen"), ("Lund", "Lundh"))
SISTERS = ("Holding", "Ejendomme", "Invest")


def pick_pair(chance: Generator, without: str) -> tuple[str, str]:
    """Two surnames that differ by a letter."""
    among = [pair for pair in NEAR_NAMES if not set(pair) & set(without.replace("-", " ").split())]
    return among[int(chance.integers(len(among)))]


def add_look_alike(parties: Parties, company: Row) -> None:
    """Another company, which looks as if it were this one."""
    chance, kind = parties.chance, parties.chance.random()
    client, region, bare = company["client_id"], company["region"], company["bare"]
    words = bare.split()
    if kind < 0.3:
        sibling = pick_evenly(chance, [trade for trade in TRADES if trade != words[-1]])
        name = " ".join([*(words[:-1] or words), sibling])
        other = add_other_company(parties, client_id=client, region=region, name=name)
    elif kind < 0.5:
        town = pick_evenly(chance, [town for towns in TOWNS.values() for town in towns])
        other = add_other_company(parties, client_id=client, name=f"{words[0]} {pick(chance, TRADES)} {town}")
    elif kind < 0.75:
        sister = f"{bare} {pick_evenly(chance, SISTERS)}"
        other = add_other_company(
            parties, client_id=client, region=region, name=sister, switchboard=company["switchboard"]
        )
    elif kind < 0.85:
        elsewhere = pick_evenly(chance, [one for one in TOWNS if one != region])
        other = add_other_company(parties, client_id=client, region=elsewhere, name=bare)
    else:
        other = add_other_company(parties, client_id="m" if client == "n" else "n", region=region, name=bare)
    parties.add_person(other, f"{draw_first(chance)} {draw_last(chance)}")
