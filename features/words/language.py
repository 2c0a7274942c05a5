"""A language: its phrases, and how it writes numbers and spans of time."""

from __future__ import annotations

import math
import tomllib
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from typing import Any

from data.errors import BadInput

LANGUAGES = ("en", "da")
"""The first is spoken where nobody asked for one."""

SECONDS = {"year": 31_557_600, "day": 86_400, "hour": 3_600, "minute": 60, "second": 1}
LONG = {"year": 2, "day": 2, "hour": 1, "minute": 1, "second": 0}
"""From how many of a unit on a span is said in it: 47 hours, then 2 days; 729 days, then 2 years."""

DIGITS = 3


@dataclass(frozen=True)
class Language:
    """How things are said.

    Attributes:
        code: ISO 639-1.
        numbers: signs of numbers, names of months and weekdays, and how dates, hours of the day and open ends are said.
        units: singular and plural of the units of time.
        unnamed: phrases of what has no phrase of its own.
        codes: the contract's codes in words.
        features: phrases by feature.
    """

    code: str
    numbers: dict[str, Any]
    units: dict[str, tuple[str, str]]
    unnamed: dict[str, str]
    codes: dict[str, str]
    features: dict[str, dict[str, str]]

    def write_number(self, value: float, decimals: int = 0) -> str:
        """A number by the language's habit.

        >>> read_language("da").write_number(1250.5, 1), read_language("en").write_number(1250.5, 1)
        ('1.250,5', '1,250.5')
        """
        signs = {",": self.numbers["thousands"], ".": self.numbers["decimal"]}
        return f"{value:,.{decimals}f}".translate(str.maketrans(signs))

    def write_figure(self, value: float) -> str:
        """A number of unknown kind: whole as it is, else with the digits that tell it apart.

        >>> [read_language("da").write_figure(value) for value in (1250.5, 12.345, 0.01234, 40_000, 2e17)]
        ['1.250,5', '12,3', '0,0123', '40.000', '2e+17']
        """
        size = abs(value)
        if size >= 1e15 or 0 < size < 1e-4:
            return f"{value:.{DIGITS}g}".replace(".", self.numbers["decimal"])
        if value == round(value):
            return self.write_number(value)
        return self.write_number(value, 1 if size >= 1 else DIGITS - 1 - math.floor(math.log10(size)))

    def write_span(self, seconds: float) -> str:
        """A span of time in whole units that have passed, large ones for long spans.

        >>> [read_language("en").write_span(hours * 3600) for hours in (0.5, 1, 47, 49, 24 * 800)]
        ['30 minutes', '1 hour', '47 hours', '2 days', '2 years']
        """
        unit = next(unit for unit, least in LONG.items() if abs(seconds) >= least * SECONDS[unit])
        count = int(abs(seconds) / SECONDS[unit])
        return f"{self.write_number(count)} {self.units[unit][count != 1]}"


@cache
def read_language(code: str) -> Language:
    """A language by its code.

    Raises:
        BadInput: it is not one of :data:`LANGUAGES`.
    """
    if code not in LANGUAGES:
        raise BadInput(f"the language '{code}' is not known; use one of {', '.join(LANGUAGES)}.")
    document = tomllib.loads((Path(__file__).parent / f"{code}.toml").read_text(encoding="utf-8"))
    units = {unit: (one, many) for unit, (one, many) in document.pop("units").items()}
    return Language(code, units=units, **document)
