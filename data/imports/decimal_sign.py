"""The decimal sign of a file's numbers: told from its columns, and said wherever it could be the other one."""

from __future__ import annotations

from typing import TYPE_CHECKING

from data.imports.numerals import normalise_number

if TYPE_CHECKING:
    import pandas as pd

SIGNS = {",": "comma", ".": "point"}


def find_decimal_sign(rows: pd.DataFrame) -> tuple[str, list[str]]:
    """The decimal sign of a file, and sentences on the columns that could be meant otherwise.

    A column tells the sign where its numbers can be read in one way alone ("12,5", "0.125", "1.250.000"); the comma
    wins over the point. Where no column tells, a sign that always has three digits after it parts thousands: an amount
    of 12.500 is far more often twelve thousand than twelve and a half.

    Args:
        rows: of the file, as text.

    >>> import pandas as pd
    >>> find_decimal_sign(pd.DataFrame({"Pris": ["12,50", "1.250"]}))
    (',', [])
    """
    values = {str(name): _list_signed(column) for name, column in rows.items()}
    fits = {name: _list_fitting(texts) for name, texts in values.items() if texts}
    told = {sign for signs in fits.values() if len(signs) == 1 for sign in signs}
    two_fold = {name: values[name][0] for name, signs in fits.items() if len(signs) == 2}
    sign = _choose_sign(told, "".join(two_fold.values()))
    notes = [_explain_reading(name, text, sign) for name, text in two_fold.items() if _is_open(text, sign, told)]
    others = {name: values[name][0] for name, signs in fits.items() if signs and sign not in signs}
    return sign, notes + [
        f"Column '{name}': '{text}' is no number where the decimal sign is the {SIGNS[sign]}, so it is taken as text."
        for name, text in others.items()
    ]


def _list_signed(column: pd.Series) -> list[str]:
    return list(column[column.str.contains("[.,]", regex=True)].unique())


def _list_fitting(texts: list[str]) -> list[str]:
    return [sign for sign in SIGNS if all(normalise_number(text, sign) is not None for text in texts)]


def _choose_sign(told: set[str], two_fold: str) -> str:
    if told:
        return "," if "," in told else "."
    return "," if "." in two_fold else "."


def _is_open(text: str, sign: str, told: set[str]) -> bool:
    """Whether a column can still be meant otherwise; a file that tells its sign settles what parts thousands."""
    return sign not in told or (sign == "." and sign in text)


def _explain_reading(name: str, text: str, sign: str) -> str:
    other = next(each for each in SIGNS if each != sign)
    read, meant = (f"{float(normalise_number(text, each) or 'nan'):.15g}" for each in (sign, other))
    return (
        f"Column '{name}': '{text}' is read as {read}, and could be {meant}, since three digits follow each "
        f'{SIGNS["." if "." in text else ","]}; if so, write decimal = "{other}" under [source].'
    )
