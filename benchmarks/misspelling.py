"""How one name comes to be written in two ways: slips, Danish letters, abbreviations, legal forms, parts left out."""

from __future__ import annotations

from typing import TYPE_CHECKING

from benchmarks.party_names import FORMS, pick_evenly

if TYPE_CHECKING:
    from collections.abc import Callable

    from numpy.random import Generator

LETTERS: tuple[dict[str, str | int | None], ...] = (
    {"æ": "ae", "ø": "oe", "å": "aa", "Æ": "Ae", "Ø": "Oe", "Å": "Aa"},
    {"æ": "ae", "ø": "o", "å": "a", "Æ": "Ae", "Ø": "O", "Å": "A"},
)
SHORT = {
    "Entreprenør": "Entr.", "International": "Int.", "Rådgivning": "Rådg.", "Christian": "Chr.", "Transport": "Transp.",
    "Maskin": "Mask.", "Konsulenter": "Kons.", "Arkitekter": "Ark.", "Advokater": "Adv.", "Ejendomme": "Ejd.",
    "Ventilation": "Vent.", "Marketing": "Mark.", "Automation": "Autom.", "Nordisk": "Nord.", "Ingeniør": "Ing.",
}  # fmt: skip
LONG_FORMS = {"ApS": "Anpartsselskab", "A/S": "Aktieselskab", "I/S": "Interessentskab"}


def slip(chance: Generator, name: str) -> str:
    """One letter of a word of five or more left out, doubled, exchanged with its neighbour or for another."""
    words = name.split()
    long = [place for place, word in enumerate(words) if len(word) >= 5 and word.isalpha()]
    if not long:
        return name
    place = pick_evenly(chance, [str(one) for one in long])
    word = words[int(place)]
    at = int(chance.integers(1, len(word) - 1))
    before, letter, after = word[:at], word[at], word[at + 1 :]
    words[int(place)] = pick_evenly(
        chance,
        [before + after, before + letter * 2 + after, before + after[0] + letter + after[1:], before + "e" + after],
    )
    return " ".join(words)


def respell(chance: Generator, name: str) -> str:
    """Danish letters as whoever has none on the keyboard writes them."""
    return name.translate(str.maketrans(LETTERS[int(chance.integers(2))]))


def abbreviate(_: Generator, name: str) -> str:
    """Words that have a usual abbreviation."""
    return " ".join(SHORT.get(word, word) for word in name.split())


def change_and(_: Generator, name: str) -> str:
    """``&`` in words, or with a plus."""
    return name.replace("&", "og")


def change_case(_: Generator, name: str) -> str:
    """All in capitals."""
    return name.upper()


def change_form(chance: Generator, name: str) -> str:
    """The legal form in words, or another place for it, or none."""
    found = next((form for form in FORMS if form and name.endswith(form)), None)
    if found is None:
        return f"{name} {pick_evenly(chance, ['ApS', 'A/S'])}"
    bare = name.removesuffix(found).strip()
    return pick_evenly(
        chance, [bare, f"{bare} {LONG_FORMS[found]}", f"{bare}, {found}", f"{bare} {found.lower()}", bare]
    )


def join_words(_: Generator, name: str) -> str:
    """The first two words as one."""
    first, *others = name.split()
    if not others or not others[0].isalpha() or others[0] in LONG_FORMS:
        return name
    return f"{first}{others[0].lower()} {' '.join(others[1:])}".strip()


def leave_one_out(_: Generator, name: str) -> str:
    """Without the last of three words or more."""
    words = name.split()
    return " ".join(words[:-1]) if len(words) >= 4 else name


def put_last_first(_: Generator, name: str) -> str:
    """``Hansen, Jens``."""
    *first, last = name.split()
    return f"{last}, {' '.join(first)}"


def shorten_first(_: Generator, name: str) -> str:
    """``J. Hansen``."""
    first, *others = name.split()
    return name if first.endswith(",") else " ".join([f"{first[0]}.", *others])


def leave_middle_out(_: Generator, name: str) -> str:
    """First and last of a double name; ``Holm-Hansen`` becomes ``Hansen``."""
    words = name.replace("-", " ").split()
    return f"{words[0]} {words[-1]}"


def change_sound(_: Generator, name: str) -> str:
    """Another spelling of the same sound."""
    return (
        name.replace("Kristian", "Christian")
        .replace("Jakob", "Jacob")
        .replace("Thomas", "Tomas")
        .replace("Sofie", "Sophie")
    )


COMPANY_CHANGES = (
    slip,
    slip,
    respell,
    abbreviate,
    change_and,
    change_case,
    change_form,
    change_form,
    join_words,
    leave_one_out,
)
PERSON_CHANGES = (
    slip,
    slip,
    respell,
    put_last_first,
    shorten_first,
    leave_middle_out,
    leave_middle_out,
    change_sound,
    change_case,
)


def change_name(chance: Generator, name: str, changes: tuple[Callable[[Generator, str], str], ...]) -> str:
    """The name changed in one way, or in two."""
    for _ in range(1 + int(chance.random() < 0.3)):
        name = changes[int(chance.integers(len(changes)))](chance, name)
    return name
