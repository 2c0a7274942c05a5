"""Companies that may stand there twice: near by name, and by number, telephone, domain and region."""

from __future__ import annotations

from itertools import chain
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA

from data.company_keys import normalise_keys, write_keys
from data.duplicates.blocks import find_pairs, pair_up, write_name_keys
from data.duplicates.evidence import Evidence, propose_nothing
from data.duplicates.facts import cut_domain, weigh_facts
from data.duplicates.keys import find_same_companies
from data.duplicates.likeness import Costs, weigh_names
from data.duplicates.names import Name, normalise_all, normalise_company, normalise_person
from data.duplicates.words import learn_words

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from data.duplicates.evidence import Flags
    from data.duplicates.words import Words

LEAST_SCORE = 0.5
"""Chosen on the seeds of ``benchmarks.near_duplicates.CHOSEN_ON``, measured on others."""

COSTS = Costs(slip=2.0, short=1.0, missing=4.0, other=16.0, apart=16.0, form=1.0, related=0.004)
NUMBER_BITS, PHONE_BITS, PERSON_BITS = 12.0, 10.0, 5.0


def propose_companies(companies: pd.DataFrame, contacts: pd.DataFrame, *, least: float = LEAST_SCORE) -> pd.DataFrame:
    """Pairs of companies of one client that are probably one, without those that share a key or have two numbers.

    Args:
        companies: visible rows of the contract; those with ``merged_into`` are left out.
        contacts: ``company_id``, ``name`` and ``phone`` of the people there.
        least: score, 0..1, from which a pair is proposed.

    Returns:
        One row per pair, best first: ``first`` (the id of the older), ``second``, ``score`` and ``reasons``.
    """
    if len(companies) < 2:
        return propose_nothing()
    rows = arrange_companies(companies)
    names = normalise_all(rows["name"], normalise_company)
    words = learn_words(name.words for name in names if name.words)
    calls, people = _write_people_keys(rows, contacts)
    pairs = pair_up(chain(_write_keys(rows, names, words), calls), list(rows["region"].fillna("")))
    first, second = (rows.take(pairs[side].to_numpy()).reset_index(drop=True) for side in ("left", "right"))
    near = _have_near_numbers(first, second)
    both = (first["registration"].notna() & second["registration"].notna()).to_numpy(bool)
    same = (first["one"] == second["one"]).to_numpy(bool)
    named = np.array([bool(name.words) for name in names], bool)[pairs].all(axis=1)
    kept = named & ~same & (near | ~both)
    pairs, first, second = (frame[kept].reset_index(drop=True) for frame in (pairs, first, second))
    if pairs.empty:
        return propose_nothing()
    among = np.asarray(first["client_id"].map(rows["client_id"].value_counts()), "float64")
    evidence = Evidence.begin(len(pairs))
    weigh_names(evidence, pairs, among, names, words, COSTS)
    evidence.add(near[kept], NUMBER_BITS, "registration number nearly the same")
    evidence.add(find_pairs(pairs, calls), PHONE_BITS, "same telephone")
    evidence.add(find_pairs(pairs, people), PERSON_BITS, "somebody of the same name there")
    weigh_facts(evidence, first, second)
    return evidence.propose(first["company_id"], second["company_id"], least)


def arrange_companies(companies: pd.DataFrame) -> pd.DataFrame:
    """Companies that were not merged into another, the oldest first, with domain and number in one form.

    A number that cannot exist stays, as it may be a slip of another. Those that share a key have the same ``one``: the
    id of the oldest of them.
    """
    kept = companies[companies["merged_into"].isna()] if "merged_into" in companies else companies
    rows = kept.sort_values(["occurred_at", "company_id"], ignore_index=True)
    keys, number = write_keys(rows), normalise_keys(rows)["registration_id"]
    valid = keys["registration_valid"]
    country = rows["country"].mask(valid.notna(), "DK").fillna("")  # of Danish numbers alone it is known
    merged = find_same_companies(rows).set_index("merged")["kept"]
    one = rows["company_id"].map(merged).fillna(rows["company_id"])
    registration = country + " " + number
    return rows.assign(domain=keys["domain"], registration=registration, registration_valid=valid, one=one)


def _write_keys(rows: pd.DataFrame, names: list[Name], words: Words) -> Iterator[tuple[int, str]]:
    fields = (rows[field].tolist() for field in ("domain", "registration"))
    told = zip(rows["client_id"].tolist(), names, *fields, strict=True)
    for place, (client, name, domain, registration) in enumerate(told):
        keys = set(write_name_keys(name, words)) if name.words else set()
        if isinstance(domain, str):
            keys.add(f"@{cut_domain(domain)}")
        if isinstance(registration, str):
            number = _cut_number(registration)
            keys.update(f"#{number[:cut]}_{number[cut + 1 :]}" for cut in range(len(number)))
        yield from ((place, f"{client}\t{key}") for key in keys)


def _write_people_keys(
    rows: pd.DataFrame, contacts: pd.DataFrame
) -> tuple[list[tuple[int, str]], list[tuple[int, str]]]:
    """Keys of companies by the telephones of the people there, and by the names of these."""
    told = contacts.merge(rows[["company_id", "client_id"]].reset_index(names="place"), on="company_id")
    client = told["client_id"] + "\t"
    known = {name: " ".join(sorted(normalise_person(name).words)) for name in told["name"].dropna().unique()}
    keys = (client + "+" + told["phone"], client + told["name"].map(known).astype("str"))
    calls, people = (list(zip(told["place"][key.notna()], key.dropna(), strict=True)) for key in keys)
    return calls, people


def _have_near_numbers(first: pd.DataFrame, second: pd.DataFrame) -> Flags:
    """Whether two numbers are one and yet no key: a slip apart and not both valid, of no country, or impossible.

    Any other two are those of two companies, also where one of them cannot exist.
    """
    valid = (first["registration_valid"] & second["registration_valid"]).fillna(False)
    told = zip(first["registration"].tolist(), second["registration"].tolist(), valid.tolist(), strict=True)
    return np.array([_is_near_number(*pair) for pair in told], bool)


def _is_near_number(first: object, second: object, valid: bool) -> bool:
    if not isinstance(first, str) or not isinstance(second, str):
        return False
    (country, _, one), (other_country, _, other) = first.partition(" "), second.partition(" ")
    if one == other:
        return country == other_country or not country or not other_country
    return country == other_country and not valid and OSA.distance(one, other, score_cutoff=1) == 1


def _cut_number(registration: str) -> str:
    return registration.split(" ", 1)[1]
