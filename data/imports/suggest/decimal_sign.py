"""The decimal signs of a file's numbers: told from all values of its columns, and asked for where they could be two."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.imports.formats import Signs
from data.imports.values import normalise_number

if TYPE_CHECKING:
    import pandas as pd

NAMES = {",": "comma", ".": "point"}


class SignSurvey:
    """Finds, a chunk at a time, the decimal signs in which the numbers of each column can be read."""

    def __init__(self) -> None:
        self._fitting: dict[str, list[str]] = {}
        self._examples: dict[str, str] = {}

    def add(self, rows: pd.DataFrame) -> None:
        """Look at a chunk of text."""
        for name, column in rows.items():
            fitting = self._fitting.get(str(name), list(NAMES))
            texts = list(column[column.str.contains("[.,]", regex=True)].unique()) if fitting else []
            if texts:
                self._examples.setdefault(str(name), texts[0])
                self._fitting[str(name)] = [sign for sign in fitting if _reads(texts, sign)]

    def settle(self) -> tuple[Signs, dict[str, str]]:
        """The signs that the columns tell, and the columns that stay open, each with one of its numbers.

        A column tells the sign where its numbers can be read in one way alone ("12,5", "0.125", "1.250.000"); where
        columns differ, most numbers of the file are read with the comma. A column in which always three digits follow
        can be read in two ways. It is settled only by a file whose decimal sign is the other one: where amounts are
        "62,01", the point of "12.500" parts thousands. Beside "62.01" it can be either, and where columns differ so can
        every one.

        >>> import pandas as pd
        >>> survey = SignSurvey()
        >>> survey.add(pd.DataFrame({"Pris": ["62.01"], "Omsætning": ["12.500"]}))
        >>> survey.settle()
        (Signs(decimal='.', decimals={}), {'Omsætning': '12.500'})
        """
        told = {name: signs[0] for name, signs in self._fitting.items() if len(signs) == 1}
        sign = "," if "," in told.values() else "."
        own = {name: each for name, each in told.items() if each != sign}
        two_fold = {name: self._examples[name] for name, signs in self._fitting.items() if len(signs) == len(NAMES)}
        agreed = len(set(told.values())) == 1
        still_open = {name: text for name, text in two_fold.items() if not agreed or sign in text}
        return Signs(sign, own), still_open


def explain_choice(name: str, text: str) -> str:
    """The question about a column whose numbers can be read in two ways.

    >>> explain_choice("Pris", "12.500")
    "Column 'Pris': '12.500' can be 12.5 (decimals: '.') or 12500 (','), as three digits follow each point; keep one."
    """
    point, comma = (f"{float(normalise_number(text, sign) or 'nan'):.15g}" for sign in (".", ","))
    follows = NAMES["." if "." in text else ","]
    return (
        f"Column '{name}': '{text}' can be {point} (decimals: '.') or {comma} (','), as three digits follow each "
        f"{follows}; keep one."
    )


def _reads(texts: list[str], sign: str) -> bool:
    return all(normalise_number(text, sign) is not None for text in texts)
