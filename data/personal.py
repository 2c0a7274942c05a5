"""What looks personal in a column that nobody declared: by what it is called, and by what stands in it."""

from __future__ import annotations

import re
from dataclasses import dataclass

from data.imports.names import NAMES, PERSONAL, find_columns

UNMISTAKABLE = r"[^\s@]+@[^\s@]+\.[^\s@]+|\b(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d\d-\d{4}\b"
"""An e-mail address or a civil registration number (CPR), anywhere in a text. DuckDB and Python read it alike."""

_TELEPHONE = r"(\+|00)[\d ()-]{8,18}|(45)?(2[1-9]|[3-9]\d|20 )( ?\d\d){2} ?(\d[1-9]|[1-9]0)"
_CIVIL_NUMBER = r"(0[1-9]|[12]\d|3[01])(0[1-9]|1[0-2])\d{6}"
LIKELY = rf"({_TELEPHONE}|{_CIVIL_NUMBER})(\.0)?"
"""A whole text that is a telephone number, or a civil registration number without its hyphen; so are some amounts. Of
Danish numbers neither 20260501, which is a date, nor 45000000, which is round."""

WHO = (*NAMES["contact_name"], *NAMES["email"], *NAMES["phone"])
"""Names of columns that say who a person is, unless a coded list stands there: "contact" is also "cellular"."""

FEW, MOST = 0.01, 0.5
CODES, CODES_PER_ROW = 12, 0.2
_UNMISTAKABLE = re.compile(UNMISTAKABLE)


@dataclass(frozen=True)
class Contents:
    """What stands in a column, as counts.

    Attributes:
        filled: rows that have a value.
        distinct: different values.
        unmistakable: rows in which :data:`UNMISTAKABLE` is found.
        likely: rows that are :data:`LIKELY` as a whole.
    """

    filled: int
    distinct: int
    unmistakable: int
    likely: int

    @property
    def is_coded(self) -> bool:
        """Whether it reads like a coded list: few values, each many times."""
        return self.distinct <= CODES and self.distinct < CODES_PER_ROW * self.filled


def looks_personal(name: str, contents: Contents) -> bool:
    """Whether a column says who a person is, or may.

    One e-mail address in a hundred values is enough; of numbers that can be a telephone's or an amount, half.

    >>> looks_personal("cpr", Contents(100, 2, 0, 0)), looks_personal("contact", Contents(100, 3, 0, 0))
    (True, False)
    >>> looks_personal("nummer", Contents(filled=100, distinct=100, unmistakable=0, likely=97))
    True
    """
    if is_unmistakable(name) or find_columns([name], PERSONAL):
        return True
    if contents.unmistakable > FEW * contents.filled or contents.likely > MOST * contents.filled:
        return True
    return bool(find_columns([name], WHO)) and not contents.is_coded


def is_unmistakable(text: str) -> bool:
    """Whether an e-mail address or a civil registration number stands in a text.

    >>> is_unmistakable("ring jens@firma.dk"), is_unmistakable("3 @ 20 kr.")
    (True, False)
    """
    return _UNMISTAKABLE.search(text) is not None
