"""Reading a title: which words count, and what they say."""

from __future__ import annotations

import re
from functools import lru_cache
from typing import TYPE_CHECKING

from data.contract.codes import DECISION_LEVELS
from data.titles.vocabulary import read_vocabulary

if TYPE_CHECKING:
    from collections.abc import Iterator

    import pandas as pd

    from data.titles.vocabulary import Vocabulary

PARTS = re.compile(r"[/,;|()\[\]\n]")
AND = re.compile(r"\b(?:og|and)\b|[&+]")
NOT_A_LETTER = re.compile(r"[^\w&]+")
INITIALS = re.compile(r"\b(?:\w\.){2,}")


def read_levels(titles: pd.Series) -> pd.Series:
    """The decision level of each title; missing where its words do not say."""
    known = {title: read_level(title) for title in titles.dropna().unique()}
    return titles.map(known).astype("str")


@lru_cache(maxsize=65_536)
def read_level(title: str) -> str | None:
    """The decision level that a title's words say, one of :data:`data.contract.codes.DECISION_LEVELS`, or None.

    Where a title names several posts, the one that decides most counts.

    >>> read_level("Indkøbschef"), read_level("Assistant to the CEO"), read_level("Tidl. adm. dir."), read_level("Hr.")
    ('decision_maker', 'other', 'other', None)
    """
    vocabulary = read_vocabulary()
    found = [_read_part(words, vocabulary) for words in _split(title)]
    return next((level for level in DECISION_LEVELS if level in found), None)


def _split(title: str) -> Iterator[list[str]]:
    """The words of each post that a title names."""
    joined = INITIALS.sub(lambda initials: initials[0].replace(".", "") + " ", title.lower())
    for part in PARTS.split(joined):
        yield NOT_A_LETTER.sub(" ", AND.sub(" & ", part)).split()


def _read_part(words: list[str], vocabulary: Vocabulary) -> str | None:
    if words and words[0] in vocabulary.former:
        return "other" if _read_part(words[1:], vocabulary) else None
    head = words[: next((place for place, word in enumerate(words) if word in vocabulary.links), len(words))]
    if phrase := _find_phrase(words, len(head), vocabulary):
        return phrase
    found = [_read_words(post, vocabulary) for post in _split_posts(head)]
    return next((level for level in DECISION_LEVELS if level in found), None)


def _split_posts(words: list[str]) -> Iterator[list[str]]:
    return (post.split() for post in " ".join(words).split("&"))


def _find_phrase(words: list[str], begins: int, vocabulary: Vocabulary) -> str | None:
    """The level of the longest phrase that begins among the first words."""
    for phrase, level in vocabulary.phrases:
        if any(tuple(words[place : place + len(phrase)]) == phrase for place in range(begins)):
            return level
    return None


def _read_words(words: list[str], vocabulary: Vocabulary) -> str | None:
    """The level of the last word that has one: it says what somebody is, those before it of what kind."""
    if words and words[-1] in vocabulary.places:
        return None
    return next((level for word in reversed(words) if (level := _read_word(word, vocabulary))), None)


def _read_word(word: str, vocabulary: Vocabulary) -> str | None:
    if word in vocabulary.words:
        return vocabulary.words[word]
    return next((level for ending, level in vocabulary.endings if word.endswith(ending)), None)
