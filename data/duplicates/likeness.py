"""How much two names speak for being one: the words that they share, less what has to be explained away."""

from __future__ import annotations

from collections import Counter
from dataclasses import dataclass
from typing import TYPE_CHECKING

import numpy as np
from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    import pandas as pd

    from data.duplicates.evidence import Bits, Evidence
    from data.duplicates.names import Name
    from data.duplicates.words import Words

BITS_PER_LETTER = 4.0
"""What a shortened word tells at most: an initial is one of about sixteen."""
LETTERS_PER_SLIP = 6
"""So long must two compounds be for each slip in them."""

APART = frozenset({"holding", "invest", "ejendomme", "group", "gruppen", "leasing", "finan", "fonden", "ejendom"})
"""Words, in their normal form, by which the companies of one owner are told apart."""


@dataclass(frozen=True)
class Costs:
    """What a difference speaks against, in bits.

    Attributes:
        slip: of a word that may be a typing slip or another spelling.
        short: of a word that is shortened in one of the names.
        missing: of each word that only one of the names has.
        other: of each word where the other name has another.
        apart: of each word that only one has and that makes another company of a name: :data:`APART`.
        form: of two legal forms, or junior and senior.
        related: how many others are expected to bear a name on purpose: relatives, sister companies. However rare a
            name is, it does not speak for more than this.
    """

    slip: float
    short: float
    missing: float
    other: float
    apart: float
    form: float
    related: float


@dataclass(frozen=True)
class Likeness:
    """How alike two names are.

    Attributes:
        bits: what the shared words tell.
        price: what the differences speak against.
    """

    bits: float
    price: float


def weigh_names(
    evidence: Evidence, pairs: pd.DataFrame, among: Bits, names: list[Name], words: Words, costs: Costs
) -> None:
    """Add what the names of each pair of places tell, the second being found among so many (n,)."""
    counts = Counter(tuple(sorted(name.words)) for name in names)
    told, namesakes = [], []
    for left, right in pairs.itertuples(index=False):
        told.append(compare_names(names[left], names[right], words, costs))
        one, other = tuple(sorted(names[left].words)), tuple(sorted(names[right].words))
        namesakes.append(max(counts[one], counts[other], 2) - 2)
    bits, price = np.array([[likeness.bits, likeness.price] for likeness in told]).T
    share = among / sum(counts.values())
    # Names tell less than their words where more than two records, which may be the pair itself, bear them all.
    others = np.maximum(among * np.exp2(-bits), np.array(namesakes) * share)
    evidence.add(price == 0, -np.log2(others + costs.related), "same name")
    evidence.add(price > 0, -np.log2(others + costs.related) - price, "name alike")


def compare_names(first: Name, second: Name, words: Words, costs: Costs) -> Likeness:
    """Compare two names; the order of words does not matter."""
    left, right = list(first.words), list(second.words)
    bits, price = _take_shared(left, right, words), 0.0
    if left and right:
        gained, price = _take_alike(left, right, first.shortened | second.shortened, words, costs)
        bits += gained
    if left and right and _is_compound(left, right):
        bits += max(sum(words.weigh(word, 1) for word in side) for side in (left, right))
        price += costs.slip
        left, right = [], []
    if first.form and second.form and first.form != second.form:
        price += costs.form
    return Likeness(bits, price + _price_rest(left, right, costs))


def _price_rest(left: list[str], right: list[str], costs: Costs) -> float:
    apart = sum(word in APART for word in (*left, *right))
    pairs, longest = min(len(left), len(right)), max(len(left), len(right))
    return apart * costs.apart + pairs * costs.other + (longest - pairs) * costs.missing


def _take_shared(left: list[str], right: list[str], words: Words) -> float:
    bits = 0.0
    for word in tuple(left):
        if word in right:
            left.remove(word)
            right.remove(word)
            bits += words.weigh(word)
    return bits


def _take_alike(
    left: list[str], right: list[str], shortened: frozenset[str], words: Words, costs: Costs
) -> tuple[float, float]:
    bits = price = 0.0
    for word in tuple(left):
        for other in right:
            if other in words.near.get(word, ()):
                gain, cost = min(words.weigh(word, 1), words.weigh(other, 1)), costs.slip
            elif _is_short(word, other, shortened) or _is_short(other, word, shortened):
                short, full = sorted((word, other), key=len)
                gain, cost = min(words.weigh(full, 1), BITS_PER_LETTER * len(short)), costs.short
            else:
                continue
            bits, price = bits + gain, price + cost
            left.remove(word)
            right.remove(other)
            break
    return bits, price


def _is_short(short: str, full: str, shortened: frozenset[str]) -> bool:
    return short in shortened and len(short) < len(full) and full.startswith(short)


def _is_compound(left: list[str], right: list[str]) -> bool:
    """Whether the one side writes as one word what the other writes as several."""
    if len(left) == len(right):
        return False
    one, other = "".join(left), "".join(right)
    slips = min(len(one), len(other)) // LETTERS_PER_SLIP
    return OSA.distance(one, other, score_cutoff=slips) <= slips
