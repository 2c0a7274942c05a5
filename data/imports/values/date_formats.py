"""How a date can be meant: the formats that read a text, and the question to ask where there are several."""

from __future__ import annotations

import re
from time import strptime
from typing import TYPE_CHECKING

from data.imports.mapping import EXCEL

if TYPE_CHECKING:
    from collections.abc import Iterable

DATE_SHAPE = re.compile(
    r"(\d{1,4})([-/.])\d{1,2}\2(\d{1,4})"
    r"(?P<time>(?P<between>T|,? )\d{1,2}(?P<sign>[:.])\d\d(?P<seconds>(?P=sign)\d\d(?P<fraction>\.\d{1,9})?)?"
    r"(?P<half>( ?)[AaPp][Mm])?)?",
    re.ASCII,
)
"""A date in figures, and a time of day as 13:30, as Danes write it (13.30), or with AM and PM."""

YEAR_FIRST = ("%Y{0}%m{0}%d",)
FOUR_DIGITS, TWO_DIGITS = ("%d{0}%m{0}%Y", "%m{0}%d{0}%Y"), ("%d{0}%m{0}%y", "%m{0}%d{0}%y", "%y{0}%m{0}%d")
CENTURY = "years of 69 to 99 are then 1969 to 1999, and those of 00 to 68 are 2000 to 2068"
SERIAL = re.compile(r"\d{1,6}([.,]\d+)?", re.ASCII)
MONTH = re.compile(r"\d{4}[-/]\d{1,2}", re.ASCII)
NO_DATE = ("it is not a date that exists", "correct the date, or say its format in the mapping")
NUMERIC = re.compile(r"[^A-Za-zÆØÅæøå]*([TZ][^A-Za-zÆØÅæøå]*){0,2}")
NOT_TOLD = ("it is not written as a date that can be told", "write it as 2026-02-01, or say its format in the mapping")


def list_formats(text: str) -> list[str]:
    """The strptime formats in which a text is a date, of those that are no ISO 8601; day before month first.

    >>> list_formats("01-02-2026"), list_formats("2/13/2026 9:30 PM"), list_formats("31-02-2026")
    (['%d-%m-%Y', '%m-%d-%Y'], ['%m/%d/%Y %I:%M %p'], [])
    """
    return [style for style in _list_shaped(text) if _reads(style, text)]


def _reads(style: str, text: str) -> bool:
    try:
        strptime(text, style)
    except ValueError:
        return False
    return True


def _list_shaped(text: str) -> list[str]:
    found = DATE_SHAPE.fullmatch(text)
    if found is None:
        return []
    time = _write_time(found) if found["time"] else ""
    if len(found[1]) == 4:
        dates: tuple[str, ...] = YEAR_FIRST if re.search(r"[.,p]", time) else ()  # ISO 8601 has the other times
    else:
        dates = {4: FOUR_DIGITS, 2: TWO_DIGITS}.get(len(found[3]), ())
    return [date.format(found[2]) + time for date in dates]


def _write_time(found: re.Match[str]) -> str:
    hour, half = ("%I", found["half"][:-2] + "%p") if found["half"] else ("%H", "")
    sign, fraction = found["sign"], ".%f" if found["fraction"] else ""
    return found["between"] + hour + sign + "%M" + (f"{sign}%S" if found["seconds"] else "") + fraction + half


def list_common_formats(texts: Iterable[str]) -> list[str]:
    """All formats that the shapes of the texts allow, each once."""
    return list(dict.fromkeys(style for text in texts for style in _list_shaped(text)))


def explain_date(text: str, stated: str | None) -> tuple[str, str]:
    """What is wrong with a text that cannot be read as a date, and the remedy; a question where it has two meanings.

    >>> explain_date("01-02-2026", None)
    ('day and month can be either way round', 'say format = "%d-%m-%Y" or "%m-%d-%Y" in the mapping')
    """
    if stated is not None:
        return "it is not a date that exists", f"correct the date, or the format in the mapping ({stated})"
    styles = list_formats(text)
    if styles:
        choices = " or ".join(f'"{style}"' for style in styles)
        if "%y" in styles[0]:
            return "its year has two digits", f"write four, or say format = {choices} in the mapping ({CENTURY})"
        reason = "day and month can be either way round" if len(styles) > 1 else "its format is not said"
        return reason, f"say format = {choices} in the mapping"
    if SERIAL.fullmatch(text):
        choices = " or ".join(f'"{name}"' for name in EXCEL)
        return "a number is no date", f"say format = {choices} in the mapping if it counts days as Excel does"
    if MONTH.fullmatch(text):
        return "a month is no date", "write its day as well"
    return NO_DATE if NUMERIC.fullmatch(text) else NOT_TOLD
