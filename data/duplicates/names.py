"""The normal form of names of companies and persons: what is left when spelling, legal form and courtesy are off."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Callable

    import pandas as pd

LETTERS = str.maketrans(
    {"æ": "ae", "ø": "oe", "å": "aa", "ä": "ae", "ö": "oe", "ü": "ue", "ß": "ss", "đ": "d", "ł": "l"}
)
FOLDED = (("aa", "a"), ("ae", "a"), ("oe", "o"))
"""Søren, Soeren and Soren are one name: whoever cannot type a Danish letter writes it in either way."""

APOSTROPHE = re.compile(r"['’`´]")
OWNER = re.compile(r"\s+(?:v/|ved\s).*$")
"""What follows ``v/`` is the owner of a sole proprietorship, who is often left out."""
WORD = re.compile(r"[^\W_]+\.?")
SINGLE_LETTERS = re.compile(r"\b(?:[^\W\d_][./\s]+)+[^\W\d_]\b")
GENITIVE_FROM = 6
AND = frozenset({"og", "and", "und", "och"})

FORMS = {
    "as": "as", "aktieselskab": "as", "aktieselskabet": "as", "asa": "as", "aps": "aps", "anpartsselskab": "aps",
    "anpartsselskabet": "aps", "ivs": "ivs", "ivarksatterselskab": "ivs", "i/s": "is", "interessentskab": "is",
    "interessentskabet": "is", "ks": "ks", "kommanditselskab": "ks", "kommanditselskabet": "ks", "ps": "ps",
    "partnerselskab": "ps", "partnerselskabet": "ps", "amba": "amba", "fmba": "fmba", "smba": "smba",
    "enkeltmandsvirksomhed": "single", "gmbh": "gmbh", "mbh": "gmbh", "ag": "ag", "kg": "kg", "ohg": "ohg", "ug": "ug",
    "ab": "ab", "aktiebolag": "ab", "aktiebolaget": "ab", "publ": "ab", "hb": "hb", "ans": "ans", "oy": "oy",
    "oyj": "oy", "ltd": "ltd", "limited": "ltd", "llc": "llc", "llp": "llp", "plc": "plc", "inc": "inc",
    "incorporated": "inc", "corp": "inc", "bv": "bv", "nv": "nv", "sarl": "sarl", "srl": "srl", "spa": "spa",
}  # fmt: skip
"""Legal forms in the normal spelling, each with one name for what says the same. ``is`` without a stroke is a word."""

COURTESY = frozenset({"hr", "herr", "fru", "frk", "mr", "mrs", "ms", "dr", "prof", "ing", "cand", "dipl", "phd", "mba"})
GENERATIONS = {
    "jr": "junior", "jun": "junior", "junior": "junior", "yngre": "junior", "sr": "senior", "sen": "senior",
    "senior": "senior", "aldre": "senior",
}  # fmt: skip


@dataclass(frozen=True)
class Name:
    """A name in its normal form.

    Attributes:
        words: that tell it from others, in their order.
        joined: the same written as one word, genitives kept.
        form: of a company its legal form, of a person junior or senior; None where nothing is said.
        shortened: those of the words that stand for longer ones: initials and what ended with a full stop.
    """

    words: tuple[str, ...]
    joined: str = ""
    form: str | None = None
    shortened: frozenset[str] = frozenset()


NAMELESS = Name(())


def normalise_company(name: str) -> Name:
    """The normal form of a company's name.

    >>> normalise_company("Søndergårds Entr. & Søn A/S")
    Name(words=('sondergard', 'entr', 'son'), joined='sondergardsentrson', form='as', shortened=frozenset({'entr'}))
    """
    words, shortened = _split(SINGLE_LETTERS.sub(_join_letters, OWNER.sub("", _spell(name)) or _spell(name)))
    form = None
    while len(words) > 1 and words[-1] in FORMS:
        form = FORMS[words.pop()]
    while len(words) > 1 and words[0] in FORMS:
        form = FORMS[words.pop(0)]
    kept = tuple(word.removesuffix("s") if len(word) >= GENITIVE_FROM else word for word in words)
    return Name(kept, "".join(words), form, frozenset(shortened & set(kept)))


def normalise_person(name: str) -> Name:
    """The normal form of a person's name; double names are two.

    >>> normalise_person("Hr. Jens-Peter Å. Møller jr.")
    Name(words=('jens', 'peter', 'a', 'moller'), joined='jenspeteramoller', form='junior', shortened=frozenset({'a'}))
    """
    words, shortened = _split(_spell(name))
    told = [word for word in words if word not in COURTESY] or words
    form = next((GENERATIONS[word] for word in told[1:] if word in GENERATIONS), None)
    kept = tuple(word for place, word in enumerate(told) if not place or word not in GENERATIONS)
    initials = {word for word in kept if len(word) == 1}
    return Name(kept, "".join(kept), form, frozenset((shortened & set(kept)) | initials))


def normalise_all(names: pd.Series, normalise: Callable[[str], Name]) -> list[Name]:
    """The normal forms of names, each different one read once; one that is missing has no words."""
    known = {name: normalise(name) for name in names.dropna().unique()}
    return [known.get(name, NAMELESS) for name in names.tolist()]


def _spell(name: str) -> str:
    plain = unicodedata.normalize("NFKD", unicodedata.normalize("NFC", name).casefold().translate(LETTERS))
    small = APOSTROPHE.sub("", "".join(letter for letter in plain if not unicodedata.combining(letter)))
    for written, folded in FOLDED:
        small = small.replace(written, folded)
    return small


def _split(text: str) -> tuple[list[str], set[str]]:
    found = [word for word in re.findall(r"i/s\b|" + WORD.pattern, text) if word.rstrip(".") not in AND]
    return [word.rstrip(".") for word in found], {word.rstrip(".") for word in found if word.endswith(".")}


def _join_letters(letters: re.Match[str]) -> str:
    """``a/s`` and ``J. P.`` as one word each; ``i/s`` keeps its stroke, as ``is`` is a word."""
    joined = re.sub(r"[./\s]", "", letters[0])
    return "i/s" if joined == "is" else joined
