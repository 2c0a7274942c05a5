"""Files beside the database that hold a person: what somebody exported into the home folder."""

from __future__ import annotations

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from collections.abc import Collection, Sequence
    from pathlib import Path

    from data.erasure.people import Person

BLOCK = 1 << 22
DATABASE = "postgres"
NATIONAL_DIGITS = 8


def find_files(home: Path, people: Sequence[Person]) -> list[str]:
    """Files of the home folder in which an address, number or full name of these people stands, in order.

    The embedded database's own folder is left out; compressed files are not opened.

    Args:
        home: the folder.
        people: whom to look for.
    """
    signs = {text.encode() for person in people for text in _list_signs(person)}
    if not signs:
        return []
    own = home / DATABASE
    files = (path for path in home.rglob("*") if path.is_file() and own not in path.parents)
    return sorted(str(path) for path in files if _holds(path, signs))


def _list_signs(person: Person) -> list[str]:
    names = [name for name in person.names if " " in name]
    numbers = [phone[-NATIONAL_DIGITS:] for phone in person.phones if len(phone) >= NATIONAL_DIGITS]
    return [*person.emails, *names, *numbers]


def _holds(path: Path, signs: Collection[bytes]) -> bool:
    longest = max(map(len, signs))
    before = b""
    with path.open("rb") as file:
        while block := file.read(BLOCK):
            text = before + block.lower()
            if any(sign in text for sign in signs):
                return True
            before = text[-longest:]
    return False
