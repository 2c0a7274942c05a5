"""How much a word tells: learned from the names given, as Fellegi and Sunter weigh an agreement by its rarity.

Source: I. P. Fellegi and A. B. Sunter, A Theory for Record Linkage, Journal of the American Statistical Association
64 (1969), 1183–1210: two records that agree on a value of frequency p speak for one another with log2(1 / p) bits.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from dataclasses import dataclass
from itertools import chain, combinations
from math import log2
from typing import TYPE_CHECKING

from rapidfuzz.distance import OSA

if TYPE_CHECKING:
    from collections.abc import Callable, Iterable, Iterator, Mapping

IMAGINED_NAMES = 2_000
"""So many names are imagined besides those given: where these are few, no word is known to be frequent."""
ONCE_MORE = 0.3
"""How often a word is expected again in so many names that it was not seen in."""

SHORTEST_SLIP = 4
FREQUENT = 3
SLIP_SHARE = 0.005
"""A word that several names have is nobody's typing slip, unless another that is close has it 200 times as often."""

TWICE = re.compile(r"(.)\1")
SOUNDS = (("ch", "k"), ("ck", "k"), ("c", "k"), ("ph", "f"), ("th", "t"), ("w", "v"), ("z", "s"))
"""Ways to spell one name: Christian and Kristian, Sophie and Sofie, Thomas and Tomas."""


@dataclass(frozen=True)
class Words:
    """Words of names, with what is known about them.

    Attributes:
        names: that they were learned from.
        counts: in how many of these each word is.
        near: words that may be meant by a word: those within one typing slip, and other spellings of the same sound.
    """

    names: int
    counts: Mapping[str, int]
    near: Mapping[str, frozenset[str]]

    def weigh(self, word: str, having: int = 2) -> float:
        """Bits that two names have for one another because both have this word; more where it is rare.

        Args:
            word: in its normal form.
            having: how many of the two have it themselves; they do not count as others.
        """
        others = max(self.counts.get(word, 0) - having, 0)
        return log2((self.names + IMAGINED_NAMES) / (others + ONCE_MORE))


def learn_words(names: Iterable[tuple[str, ...]]) -> Words:
    """Learn words from names; a word counts once in a name.

    >>> words = learn_words([("nordisk", "byg"), ("nordisk", "bolig"), ("nordisk",), ("nordsik", "vin")])
    >>> words.weigh("byg") > words.weigh("nordisk"), sorted(words.near["nordsik"])
    (True, ['nordisk'])
    """
    read = [set(name) for name in names]
    counts = Counter(word for name in read for word in name)
    return Words(len(read), counts, _find_near(counts))


def _find_near(counts: Mapping[str, int]) -> dict[str, frozenset[str]]:
    letters = [word for word in counts if len(word) >= SHORTEST_SLIP and word.isalpha()]
    slips = (pair for pair in _meet(letters, _leave_out) if _is_slip(*pair, counts))
    near: dict[str, set[str]] = defaultdict(set)
    for first, second in chain(slips, _meet(letters, _sound)):
        near[first].add(second)
        near[second].add(first)
    return {word: frozenset(others) for word, others in near.items()}


def _meet(words: list[str], write: Callable[[str], set[str]]) -> Iterator[tuple[str, str]]:
    """Pairs of words that are written alike, some more than once."""
    places: dict[str, list[str]] = defaultdict(list)
    for word in words:
        for place in write(word):
            places[place].append(word)
    for found in places.values():
        yield from combinations(found, 2)


def _leave_out(word: str) -> set[str]:
    """The word, and it without each of its letters: words within one slip of each other have one of these in common."""
    return {word, *(word[:place] + word[place + 1 :] for place in range(len(word)))}


def _sound(word: str) -> set[str]:
    for written, spoken in SOUNDS:
        word = word.replace(written, spoken)
    return {TWICE.sub(r"\1", word)}


def _is_slip(first: str, second: str, counts: Mapping[str, int]) -> bool:
    rare, frequent = sorted((counts[first], counts[second]))
    return (rare < FREQUENT or rare <= SLIP_SHARE * frequent) and OSA.distance(first, second, score_cutoff=1) == 1
