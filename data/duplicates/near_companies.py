"""Companies that may stand there twice: near by name, and by number, telephone, domain and region."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA

from data.company_keys import write_keys
from data.duplicates.blocks import find_pairs, pair_up, write_name_keys
from data.duplicates.evidence import Evidence, propose_nothing
from data.duplicates.likeness import Costs, weigh_names
from data.duplicates.names import Name, normalise_company
from data.duplicates.words import learn_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from data.duplicates.evidence import Flags
    from data.duplicates.words import Words

LEAST_SCORE = 0.9
"""Chosen on the seeds of ``benchmarks.near_duplicates.CHOSEN_ON``, measured on others."""

COSTS = Costs(slip=2.0, short=1.0, missing=4.0, other=16.0, apart=16.0, form=1.0, related=0.004)
NUMBER_BITS, PHONE_BITS, DOMAIN_BITS, REGION_BITS = 12.0, 10.0, 4.0, 2.0
OTHER_DOMAIN_BITS, OTHER_REGION_BITS, OTHER_COUNTRY_BITS = -4.0, -3.0, -6.0
SLIP_FROM = 6
"""Shorter domains that differ by a letter are different domains."""


def propose_companies(companies: pd.DataFrame, phones: pd.DataFrame, *, least: float = LEAST_SCORE) -> pd.DataFrame:
    """Pairs of companies of one client that are probably one, without those that share a key or have two numbers.

    Args:
        companies: visible rows of the contract; those with ``merged_into`` are left out.
        phones: ``company_id`` and ``phone``, of the people there.
        least: score, 0..1, from which a pair is proposed.

    Returns:
        One row per pair, best first: ``first`` (the id of the older), ``second``, ``score`` and ``reasons``.
    """
    rows = arrange_companies(companies)
    names = [normalise_company(name) if isinstance(name, str) else Name(()) for name in rows["name"]]
    words = learn_words(name.words for name in names if name.words)
    calls = list(_write_phone_keys(rows, phones))
    pairs = pair_up(chain(_write_keys(rows, names, words), calls), list(rows["region"].fillna("")))
    first, second = (rows.take(pairs[side]).reset_index(drop=True) for side in ("left", "right"))
    kept = ~_share_key(first, second, _count_registrations(rows)) & ~_have_two_numbers(first, second)
    pairs, first, second = (frame[kept].reset_index(drop=True) for frame in (pairs, first, second))
    if pairs.empty:
        return propose_nothing()
    among = first["client_id"].map(rows["client_id"].value_counts()).to_numpy("float64")
    evidence = Evidence.begin(len(pairs))
    weigh_names(evidence, pairs, among, names, words, COSTS)
    evidence.add(_have_near_numbers(first, second), NUMBER_BITS, "registration number nearly the same")
    evidence.add(find_pairs(pairs, calls), PHONE_BITS, "same telephone")
    _weigh_places(evidence, first, second)
    return evidence.propose(first["company_id"], second["company_id"], least)


def arrange_companies(companies: pd.DataFrame) -> pd.DataFrame:
    """Companies that were not merged into another, the oldest first, with their keys in one form."""
    kept = companies[companies["merged_into"].isna()] if "merged_into" in companies else companies
    rows = kept.sort_values(["occurred_at", "company_id"], ignore_index=True)
    keys = write_keys(rows)[["registration", "domain", "registration_valid"]]
    return rows.assign(**keys).astype({"name": "str", "region": "str", "country": "str"})


def _write_keys(rows: pd.DataFrame, names: list[Name], words: Words) -> Iterator[tuple[int, str]]:
    told = zip(rows["client_id"], names, rows["domain"], rows["registration"], strict=True)
    for place, (client, name, domain, registration) in enumerate(told):
        keys = set(write_name_keys(name, words)) if name.words else set()
        if isinstance(domain, str):
            keys.add(f"@{_cut_domain(domain)}")
        if isinstance(registration, str):
            number = _cut_number(registration)
            keys.update(f"#{number[:cut]}_{number[cut + 1 :]}" for cut in range(len(number)))
        yield from ((place, f"{client}\t{key}") for key in keys)


def _write_phone_keys(rows: pd.DataFrame, phones: pd.DataFrame) -> Iterator[tuple[int, str]]:
    owners = rows[["company_id", "client_id"]].reset_index(names="place")
    known = phones.dropna(subset=["phone"]).merge(owners, on="company_id")
    told = zip(known["place"], known["client_id"], known["phone"], strict=True)
    yield from ((place, f"{client}\t+{phone}") for place, client, phone in told)


def _count_registrations(rows: pd.DataFrame) -> pd.Series:
    """Numbers in the register by client and domain: where there are several, the domain is that of a group."""
    return rows.groupby([rows["client_id"] + "\t" + rows["domain"]])["registration"].nunique()


def _share_key(first: pd.DataFrame, second: pd.DataFrame, registrations: pd.Series) -> Flags:
    one_owner = (first["client_id"] + "\t" + first["domain"]).map(registrations).le(1)
    same_domain = first["domain"].eq(second["domain"]) & one_owner
    return (first["registration"].eq(second["registration"]) | same_domain).fillna(False).to_numpy(bool)


def _have_two_numbers(first: pd.DataFrame, second: pd.DataFrame) -> Flags:
    """Whether the register has both; a number that cannot exist is a second one too, unless it is a slip of the other."""
    both = (first["registration"].notna() & second["registration"].notna()).to_numpy(bool)
    return both & ~_have_near_numbers(first, second)


def _have_near_numbers(first: pd.DataFrame, second: pd.DataFrame) -> Flags:
    invalid = first["registration_valid"].eq(False) | second["registration_valid"].eq(False)
    told = zip(first["registration"], second["registration"], invalid.fillna(False), strict=True)
    return np.array([_is_near_number(*pair) for pair in told], bool)


def _is_near_number(first: object, second: object, invalid: bool) -> bool:
    if not isinstance(first, str) or not isinstance(second, str):
        return False
    one, other = _cut_number(first), _cut_number(second)
    if one == other:
        return first.startswith(" ") or second.startswith(" ")
    return invalid and OSA.distance(one, other, score_cutoff=1) == 1


def _cut_number(registration: str) -> str:
    return registration.split(" ", 1)[1]


def _weigh_places(evidence: Evidence, first: pd.DataFrame, second: pd.DataFrame) -> None:
    both = (first["domain"].notna() & second["domain"].notna()).to_numpy(bool)
    alike = np.array([_are_alike(*pair) for pair in zip(first["domain"], second["domain"], strict=True)], bool)
    evidence.add(both & alike, DOMAIN_BITS, "domain alike")
    evidence.add(both & ~alike, OTHER_DOMAIN_BITS)
    for field, same_bits, other_bits in (
        ("region", REGION_BITS, OTHER_REGION_BITS),
        ("country", 0.0, OTHER_COUNTRY_BITS),
    ):
        known = (first[field].notna() & second[field].notna()).to_numpy(bool)
        same = first[field].str.casefold().eq(second[field].str.casefold()).fillna(False).to_numpy(bool)
        evidence.add(known & same, same_bits, f"same {field}" if same_bits else None)
        evidence.add(known & ~same, other_bits)


def _are_alike(first: object, second: object) -> bool:
    if not isinstance(first, str) or not isinstance(second, str):
        return False
    one, other = _cut_domain(first), _cut_domain(second)
    return one == other or (min(len(one), len(other)) >= SLIP_FROM and OSA.distance(one, other, score_cutoff=1) == 1)


def _cut_domain(domain: str) -> str:
    """A domain without its last part and without hyphens."""
    return domain.rpartition(".")[0].replace("-", "") or domain
