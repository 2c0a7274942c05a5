"""One feature and its value as people say it."""

from __future__ import annotations

import re
from bisect import bisect_left
from typing import TYPE_CHECKING

from data.personal import LIKELY, is_unmistakable
from features.attributes import PREFIX
from features.registry import FEATURES

if TYPE_CHECKING:
    from collections.abc import Callable

    from features.words.language import Language

    Write = Callable[[Language, float], str]

SIZES = (10, 50, 200, 500, 1_000, 5_000)
"""Upper ends of the bands in which numbers of people are told: nobody knows them to the head."""

CODED = frozenset({"disposition", "stage", "level", "consent", "signal", "outcome"})
"""Units of categories whose values are codes of the contract."""

YEARS = (1900, 2100)
LONGEST = 80
_LIKELY = re.compile(LIKELY)


def say_feature(name: str, value: float | str | None, language: Language) -> str:
    """A feature and its value in words.

    Args:
        name: of the registry, or ``attribute_<name>``.
        value: raw; None or NaN where it is missing or has no code.
        language: to say it in.

    Returns:
        A few words, without a value that may say who a person is.

    >>> from features.words.language import read_language
    >>> say_feature("calls_last_7_days", 3.0, read_language("en"))
    '3 calls in the last 7 days'
    >>> say_feature("days_since_last_connect", 12.4, read_language("da"))
    'talte sidst sammen for 12 dage siden'
    """
    feature = FEATURES.get(name)
    phrases = language.features.get(name)
    if feature is None or phrases is None:
        return _say_unnamed(feature.words if feature else name.removeprefix(PREFIX), value, language)
    if value is None or value != value:
        return phrases["missing" if "missing" in phrases else "zero"]  # what is counted is never missing
    if isinstance(value, str):
        shown = language.codes.get(value, value) if feature.unit in CODED else _shorten(value)
        return phrases["some"].format(value=shown)
    return _choose(phrases, value).format(value=WRITE.get(feature.unit, _write_whole)(language, value))


def _choose(phrases: dict[str, str], value: float) -> str:
    word = "below" if value < 0 else "zero" if value == 0 else "one" if value == 1 else "some"
    return phrases.get(word, phrases["some"])


def _say_unnamed(name: str, value: float | str | None, language: Language) -> str:
    said = {"name": _shorten(name)}
    if value is None or value != value:
        return language.unnamed["missing"].format(**said)
    if _may_be_personal(value):
        return language.unnamed["hidden"].format(**said)
    return language.unnamed["some"].format(value=_write_plain(language, value), **said)


def _may_be_personal(value: float | str) -> bool:
    text = value if isinstance(value, str) else f"{value:.0f}"
    return is_unmistakable(text) or _LIKELY.fullmatch(text) is not None


def _write_plain(language: Language, value: float | str) -> str:
    if isinstance(value, str):
        return _shorten(value)
    is_year = value == round(value) and YEARS[0] <= value <= YEARS[1]
    return f"{value:.0f}" if is_year else language.write_figure(value)


def _shorten(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _write_whole(language: Language, value: float) -> str:
    return language.write_number(value)


def _write_seconds(seconds: int) -> Write:
    return lambda language, value: language.write_span(value * seconds)


def _write_people(language: Language, value: float) -> str:
    place = bisect_left(SIZES, value)
    if place == len(SIZES):
        return str(language.numbers["above"]).format(value=language.write_number(SIZES[-1]))
    least = 1 + (SIZES[place - 1] if place else 0)
    return f"{language.write_number(least)}–{language.write_number(SIZES[place])}"


def _write_years(language: Language, value: float) -> str:
    return f"{language.write_number(value)} {language.units['year'][value != 1]}"


def _write_hours(language: Language, value: float) -> str:
    return str(language.numbers["hours"]).format_map({"from": f"{value:.0f}", "to": f"{value + 1:.0f}"})


WRITE: dict[str, Write] = {
    "days": _write_seconds(86_400),
    "days per call": _write_seconds(86_400),
    "hours": _write_seconds(3_600),
    "hour 0-23": _write_hours,
    "minor units": lambda language, value: language.write_number(value / 100),
    "month 1-12": lambda language, value: str(language.numbers["months"][int(value) - 1]),
    "people": _write_people,
    "seconds": _write_seconds(1),
    "seconds per connect": _write_seconds(1),
    "share": lambda language, value: f"{language.write_number(value * 100)} %",
    "years": _write_years,
}
"""How a number is written, by the unit of its feature; others as whole numbers."""
