"""People who may stand there twice: near by name, and at one company or with one telephone."""

from __future__ import annotations

from itertools import chain
from string import digits
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd
from rapidfuzz.distance import OSA

from data.company_keys import SHARED_DOMAINS
from data.duplicates.blocks import find_pairs, narrow, pair_up
from data.duplicates.evidence import Evidence, propose_nothing
from data.duplicates.keys import find_same_contacts
from data.duplicates.likeness import Costs, weigh_names
from data.duplicates.names import normalise_all, normalise_person
from data.duplicates.near_companies import arrange_companies
from data.duplicates.words import learn_words

if TYPE_CHECKING:
    from data.duplicates.evidence import Bits, Flags

LEAST_SCORE = 0.5
"""Chosen on the seeds of ``benchmarks.near_duplicates.CHOSEN_ON``, measured on others."""

COSTS = Costs(slip=2.0, short=1.0, missing=2.0, other=14.0, apart=0.0, form=20.0, related=0.001)
PHONE_BITS, PHONE_ELSEWHERE_BITS, OTHER_PHONE_BITS = 2.0, 12.0, -1.5
ADDRESS_BITS, OTHER_ADDRESS_BITS, NUMBERED_ADDRESS_BITS = 4.0, -4.0, -12.0


def propose_contacts(
    contacts: pd.DataFrame, companies: pd.DataFrame, near: pd.DataFrame, *, least: float = LEAST_SCORE
) -> pd.DataFrame:
    """Pairs of people of one client that are probably one, without those that have one e-mail.

    Args:
        contacts: visible rows of the contract; those with ``merged_into`` are left out.
        companies: the same, where they work.
        near: what :func:`data.duplicates.near_companies.propose_companies` said of these.
        least: score, 0..1, from which a pair is proposed.

    Returns:
        One row per pair, best first: ``first`` (the id of the older), ``second``, ``score`` and ``reasons``.
    """
    if len(contacts) < 2:
        return propose_nothing()
    rows = _arrange(contacts, companies)
    names = normalise_all(rows["name"], normalise_person)
    words = learn_words(name.words for name in names if name.words)
    places, calls = _write_place_keys(rows, companies, near), _write_phone_keys(rows)
    keys = chain(narrow(places, names, words), narrow(calls, names, words))
    pairs = pair_up(keys, [""] * len(rows))
    first, second = (rows.take(pairs[side].to_numpy()).reset_index(drop=True) for side in ("left", "right"))
    named = np.array([bool(name.words) for name in names], bool)[pairs].all(axis=1)
    kept = named & (first["one"] != second["one"]).to_numpy(bool)
    pairs, first, second = (frame[kept].reset_index(drop=True) for frame in (pairs, first, second))
    if pairs.empty:
        return propose_nothing()
    together = find_pairs(pairs, places)
    evidence = Evidence.begin(len(pairs))
    weigh_names(evidence, pairs, _count_others(rows, first, together), names, words, COSTS)
    evidence.add(together, 0.0, "same company or one alike")
    _weigh_phones(evidence, first, second, together)
    _weigh_addresses(evidence, first, second)
    return evidence.propose(first["contact_id"], second["contact_id"], least)


def _arrange(contacts: pd.DataFrame, companies: pd.DataFrame) -> pd.DataFrame:
    """People who were not merged into another, the oldest first, each with the client and the company they work at."""
    kept = contacts[contacts["merged_into"].isna()] if "merged_into" in contacts else contacts
    owner = companies.set_index("company_id")
    employers = kept["company_id"]
    if "merged_into" in companies:
        employers = employers.map(owner["merged_into"]).fillna(employers)
    rows = kept.assign(company_id=employers.astype("str"), client_id=employers.map(owner["client_id"]).astype("str"))
    rows = rows[rows["client_id"].notna()].sort_values(["occurred_at", "contact_id"], ignore_index=True)
    email = rows["email"].astype("str").str.strip().str.lower()
    merged = find_same_contacts(rows).set_index("merged")["kept"]
    one = rows["contact_id"].map(merged).fillna(rows["contact_id"])
    return rows.assign(email=email.mask(email == ""), phone=rows["phone"].astype("str"), one=one)


def _write_place_keys(rows: pd.DataFrame, companies: pd.DataFrame, near: pd.DataFrame) -> list[tuple[int, str]]:
    """Where people work: at the company, which may have several records, and at what is near to it."""
    pair = near["first"] + "\t" + near["second"]
    alike = [pd.DataFrame({"company_id": near[side], "key": pair}) for side in ("first", "second")]
    itself = arrange_companies(companies)[["company_id", "one"]].rename(columns={"one": "key"})
    where = pd.concat([itself, *alike]).astype("str")
    people = rows[["company_id", "client_id"]].reset_index(names="place").merge(where, on="company_id")
    return list(zip(people["place"], people["client_id"] + "\t" + people["key"], strict=True))


def _write_phone_keys(rows: pd.DataFrame) -> list[tuple[int, str]]:
    known = rows[rows["phone"].notna()]
    return list(zip(known.index, known["client_id"] + "\t+" + known["phone"], strict=True))


def _count_others(rows: pd.DataFrame, first: pd.DataFrame, together: Flags) -> Bits:
    """Among how many a pair was found: those at the company, or all of the client."""
    colleagues, all_people = (first[field].map(rows[field].value_counts()) for field in ("company_id", "client_id"))
    return np.where(together, colleagues + 1, all_people).astype("float64")


def _weigh_phones(evidence: Evidence, first: pd.DataFrame, second: pd.DataFrame, together: Flags) -> None:
    both = (first["phone"].notna() & second["phone"].notna()).to_numpy(bool)
    same = first["phone"].eq(second["phone"]).fillna(False).to_numpy(bool)
    evidence.add(same, np.where(together, PHONE_BITS, PHONE_ELSEWHERE_BITS), "same telephone")
    evidence.add(both & ~same, OTHER_PHONE_BITS)


def _weigh_addresses(evidence: Evidence, first: pd.DataFrame, second: pd.DataFrame) -> None:
    told = zip(first["email"].tolist(), second["email"].tolist(), strict=True)
    bits = np.array([weigh_addresses(one, other) for one, other in told], "float64")
    evidence.add(bits > 0, bits, "e-mail alike")
    evidence.add(bits < 0, bits)


def weigh_addresses(first: object, second: object) -> float:
    """What two e-mails tell: one name at two domains is one person, two names at one domain are rather two people.

    Mail systems number namesakes, so two that differ by a number are two people.

    >>> weigh_addresses("jens.holm@bager.dk", "jens.holm@bager.com")
    4.0
    >>> [weigh_addresses("jens.holm@bager.dk", other) for other in ("jh@bager.dk", "jens.holm2@bager.dk", None)]
    [-4.0, -12.0, 0.0]
    """
    if not isinstance(first, str) or not isinstance(second, str):
        return 0.0
    (name, _, domain), (other, _, other_domain) = first.rpartition("@"), second.rpartition("@")
    if domain != other_domain:
        return ADDRESS_BITS if name == other else 0.0
    if name != other and name.rstrip(digits) == other.rstrip(digits):
        return NUMBERED_ADDRESS_BITS
    slip = OSA.distance(name, other, score_cutoff=1) <= 1 and domain not in SHARED_DOMAINS
    return 0.0 if slip else OTHER_ADDRESS_BITS
