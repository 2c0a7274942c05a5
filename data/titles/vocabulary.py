"""The words of titles, read from ``titles.toml``."""

from __future__ import annotations

import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from data.contract.codes import DECISION_LEVELS

FILE = Path(__file__).parent / "titles.toml"


@dataclass(frozen=True)
class Vocabulary:
    """What words say.

    Attributes:
        words: whole words and their level.
        endings: ends of composed words and their level, the longest first.
        phrases: words one after the other and their level, the longest first.
        former: words before the title of somebody who no longer has it.
        links: words after which it is said of what or for whom.
        places: words that name no person.
    """

    words: dict[str, str]
    endings: tuple[tuple[str, str], ...]
    phrases: tuple[tuple[tuple[str, ...], str], ...]
    former: frozenset[str]
    links: frozenset[str]
    places: frozenset[str]


@cache
def read_vocabulary() -> Vocabulary:
    """The vocabulary that comes with callworth."""
    document = tomllib.loads(FILE.read_text(encoding="utf-8"))

    def pairs(name: str) -> list[tuple[str, str]]:
        return [(text, level) for level in DECISION_LEVELS for text in document[level][name]]

    endings = sorted(pairs("endings"), key=lambda pair: -len(pair[0]))
    phrases = sorted(((tuple(text.split()), level) for text, level in pairs("phrases")), key=lambda pair: -len(pair[0]))
    return Vocabulary(
        words=dict([*endings, *pairs("words")]),
        endings=tuple(endings),
        phrases=tuple(phrases),
        former=frozenset(document["former"]),
        links=frozenset(document["links"]),
        places=frozenset(document["places"]),
    )
