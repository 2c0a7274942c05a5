"""Which records are compared at all: those that have a key in common that not too many have."""

from __future__ import annotations

from collections import Counter, defaultdict
from itertools import combinations
from typing import TYPE_CHECKING

import numpy as np
import pandas as pd

if TYPE_CHECKING:
    from collections.abc import Iterable, Iterator

    from numpy.typing import NDArray

    from data.duplicates.names import Name
    from data.duplicates.words import Words

LARGEST = 40
"""A key that more records have says little about each, and comparing all of them would cost their square."""
RARE, TELLING_WORDS = 12, 5


def pair_up(keys: Iterable[tuple[int, str]], finer: list[str]) -> pd.DataFrame:
    """Pairs of records that are worth comparing, each once.

    Args:
        keys: (place of a record, key), any number per record.
        finer: per record, what divides a key that too many have; those that still are too many are left out.

    Returns:
        ``left`` and ``right``, places of records, the smaller left. At most :data:`LARGEST` / 2 pairs per key given.

    >>> pair_up([(0, "a"), (1, "a"), (2, "b"), (1, "b"), (0, "b")], ["", "", ""]).to_numpy().tolist()
    [[0, 1], [0, 2], [1, 2]]
    """
    told = _lay_out(keys)
    many = told.groupby("key")["place"].transform("size") > LARGEST
    parts = told["place"][many].map(dict(enumerate(finer))).astype("str")
    divided = told[many].assign(key=told["key"][many] + "\t" + parts)
    divided = divided[divided.groupby("key")["place"].transform("size") <= LARGEST]
    blocks = pd.concat([told[~many], divided])
    return _join(blocks)


def narrow(keys: list[tuple[int, str]], names: list[Name], words: Words) -> Iterator[tuple[int, str]]:
    """The keys; where too many records have one, only those of them are compared whose names have a key in common."""
    counts = Counter(key for _, key in keys)
    for place, key in keys:
        if counts[key] <= LARGEST:
            yield place, key
        elif names[place].words:
            yield from ((place, f"{key}\t{part}") for part in write_name_keys(names[place], words))


def write_name_keys(name: Name, words: Words) -> Iterator[str]:
    """Keys of a name: its rare words, its most telling words two by two, and all written as one.

    A word that may be a slip of another, which more names have, stands for that one too.
    """
    likely = {other for word in name.words for other in words.near.get(word, ()) if _is_likelier(other, word, words)}
    yield name.joined
    yield from (f"{word} " for word in {*name.words, *likely} if words.counts[word] <= RARE)
    telling = sorted({*name.words, *likely}, key=lambda word: (-words.weigh(word), word))[:TELLING_WORDS]
    yield from (" ".join(pair) for pair in combinations(sorted(telling), 2))


def find_pairs(pairs: pd.DataFrame, keys: Iterable[tuple[int, str]]) -> NDArray[np.bool_]:
    """Which of the pairs have one of these keys in common, however many have it."""
    known: dict[int, set[str]] = defaultdict(set)
    for place, key in keys:
        known[place].add(key)
    told = pairs[["left", "right"]].itertuples(index=False)
    return np.array([not known[left].isdisjoint(known[right]) for left, right in told], bool)


def _lay_out(keys: Iterable[tuple[int, str]]) -> pd.DataFrame:
    told = pd.DataFrame(keys, columns=["place", "key"]).astype({"place": "int64", "key": "str"})
    return told.drop_duplicates(ignore_index=True)


def _join(blocks: pd.DataFrame) -> pd.DataFrame:
    pairs = blocks.merge(blocks, on="key", suffixes=("_left", "_right"))
    pairs = pairs.rename(columns={"place_left": "left", "place_right": "right"})[["left", "right"]]
    return pairs[pairs["left"] < pairs["right"]].drop_duplicates().sort_values(["left", "right"], ignore_index=True)


def _is_likelier(word: str, than: str, words: Words) -> bool:
    return (words.counts[word], word) > (words.counts[than], than)
