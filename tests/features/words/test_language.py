"""How a language writes numbers and spans, and that none lacks a phrase."""

from __future__ import annotations

import re

import pytest

from data.contract.codes import (
    CONSENTS,
    DECISION_LEVELS,
    DISPOSITIONS,
    LEAD_STAGES,
    MEETING_OUTCOMES,
    OPPORTUNITY_STAGES,
    SIGNALS,
)
from data.errors import BadInput
from features import FEATURES, LANGUAGES, read_language

CODES = {
    *DISPOSITIONS,
    *LEAD_STAGES,
    *OPPORTUNITY_STAGES,
    *DECISION_LEVELS,
    *CONSENTS,
    *MEETING_OUTCOMES,
    *SIGNALS,
}
KEYS = {"some", "zero", "one", "below", "missing"}


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_feature_is_said_in_every_language(code: str) -> None:
    phrases = read_language(code).features
    assert phrases.keys() == FEATURES.keys()
    for name, feature in FEATURES.items():
        assert phrases[name].keys() <= KEYS, name
        needed = {"some", "zero", "one"} if feature.unit.endswith("s") and feature.kind == "count" else {"some"}
        needed |= {"missing"} if feature.kind != "count" else set()
        needed -= {"one"} if feature.unit == "seconds" else set()
        assert needed <= phrases[name].keys(), name


@pytest.mark.parametrize("code", LANGUAGES)
def test_every_code_of_the_contract_is_said_in_every_language(code: str) -> None:
    assert read_language(code).codes.keys() == CODES


def test_a_category_without_a_code_is_not_called_absent() -> None:
    for name, feature in FEATURES.items():
        if feature.kind == "category":
            for code, words in (("en", "rare|does not know"), ("da", "sjæld|ikke kender")):
                assert re.search(words, read_language(code).features[name]["missing"]), name


def test_the_languages_say_the_same_cases() -> None:
    english, danish = (read_language(code) for code in LANGUAGES)
    for name in FEATURES:
        assert english.features[name].keys() == danish.features[name].keys(), name
    assert english.numbers.keys() == danish.numbers.keys()
    assert english.units.keys() == danish.units.keys()
    assert english.unnamed.keys() == danish.unnamed.keys()
    assert len(english.numbers["months"]) == len(danish.numbers["months"]) == 12


@pytest.mark.parametrize(
    ("value", "decimals", "english", "danish"),
    [
        (0, 0, "0", "0"),
        (1250.5, 1, "1,250.5", "1.250,5"),
        (-1_234_567, 0, "-1,234,567", "-1.234.567"),
        (0.25, 2, "0.25", "0,25"),
    ],
)
def test_numbers(value: float, decimals: int, english: str, danish: str) -> None:
    assert read_language("en").write_number(value, decimals) == english
    assert read_language("da").write_number(value, decimals) == danish


@pytest.mark.parametrize(
    ("seconds", "english", "danish"),
    [
        (0, "0 seconds", "0 sekunder"),
        (1, "1 second", "1 sekund"),
        (184, "3 minutes", "3 minutter"),
        (3_600, "1 hour", "1 time"),
        (86_400 + 3_600, "25 hours", "25 timer"),
        (12.9 * 86_400, "12 days", "12 dage"),
        (1_200 * 86_400, "3 years", "3 år"),
        (-3 * 86_400, "3 days", "3 dage"),
    ],
)
def test_spans(seconds: float, english: str, danish: str) -> None:
    assert read_language("en").write_span(seconds) == english
    assert read_language("da").write_span(seconds) == danish


def test_another_language_is_refused() -> None:
    with pytest.raises(BadInput, match=r"the language 'sv' is not known; use one of en, da\."):
        read_language("sv")
