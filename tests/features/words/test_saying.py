"""Features in words."""

from __future__ import annotations

from math import nan

import pytest

from features import FEATURES, read_language, say_feature
from features.words import saying


@pytest.mark.parametrize(
    ("name", "value", "english", "danish"),
    [
        ("calls_last_7_days", 0.0, "no call in the last 7 days", "intet opkald de seneste 7 dage"),
        ("calls_last_7_days", 1.0, "1 call in the last 7 days", "1 opkald de seneste 7 dage"),
        ("calls_last_7_days", 3.0, "3 calls in the last 7 days", "3 opkald de seneste 7 dage"),
        ("days_since_last_connect", 12.7, "last talked 12 days ago", "talte sidst sammen for 12 dage siden"),
        ("days_since_last_connect", nan, "not talked yet", "ikke talt sammen endnu"),
        ("employees", 51.0, "employees: 51–200", "ansatte: 51–200"),
        ("employees", 1_000.0, "employees: 501–1,000", "ansatte: 501–1.000"),
        ("employees", 7_000.0, "employees: over 5,000", "ansatte: over 5.000"),
        ("employees", 3.0, "employees: 1–10", "ansatte: 1–10"),
        ("contact_rate", 1 / 3, "reached in 33 % of the calls", "truffet i 33 % af opkaldene"),
        ("last_disposition", "no_answer", "last call: no answer", "seneste opkald: intet svar"),
        (
            "last_disposition",
            None,
            "not called yet, or with a rare result",
            "ikke ringet op endnu, eller med et sjældent resultat",
        ),
        ("industry", "Håndværk", "industry: Håndværk", "branche: Håndværk"),
        ("industry", "other", "industry: other", "branche: other"),  # no code of the contract: the client's own
        ("month", 2.0, "time of year: February", "årstid: februar"),
        (
            "last_connect_hour",
            14.0,
            "last reached between 14 and 15 o'clock",
            "sidst truffet mellem kl. 14 og 15",
        ),
        (
            "usual_deal_amount_minor",
            125_000_050.0,
            "usual deal of the campaign: 1,250,000",
            "kampagnens sædvanlige ordre: 1.250.000",
        ),
        ("days_until_next_action", -3.2, "next action overdue by 3 days", "næste aftale er overskredet med 3 dage"),
        ("days_until_next_action", 0.5, "next action in 12 hours", "næste aftale om 12 timer"),
        ("company_age_years", 1.0, "company founded 1 year ago", "virksomheden er grundlagt for 1 år siden"),
        ("talk_seconds", 184.0, "talked 3 minutes in all", "talt sammen i 3 minutter i alt"),
        ("phone_valid", 0.0, "the phone number does not work", "telefonnummeret virker ikke"),
    ],
)
def test_features(name: str, value: object, english: str, danish: str) -> None:
    assert say_feature(name, value, read_language("en")) == english
    assert say_feature(name, value, read_language("da")) == danish


@pytest.mark.parametrize(
    ("name", "value", "english", "danish"),
    [
        ("attribute_Antal senge", 1250.5, "Antal senge: 1,250.5", "Antal senge: 1.250,5"),
        ("attribute_grundlagt", 1987.0, "grundlagt: 1987", "grundlagt: 1987"),
        ("attribute_chain", "no_answer", "chain: no_answer", "chain: no_answer"),
        ("attribute_chain", None, "chain: not known or rare", "chain: ukendt eller sjælden"),
        ("attribute_note", "ring jens@firma.dk", "note: known, and not shown", "note: kendt, men vises ikke"),
        ("attribute_nummer", 33_100_456.0, "nummer: known, and not shown", "nummer: kendt, men vises ikke"),
        ("attribute_cpr", "0101701234", "cpr: known, and not shown", "cpr: kendt, men vises ikke"),
        ("attribute_text", "x" * 81, f"text: {'x' * 79}…", f"text: {'x' * 79}…"),
        ("attribute_{value}", 1.0, "{value}: 1", "{value}: 1"),
    ],
)
def test_attributes_go_by_their_own_name_and_show_no_person(
    name: str, value: object, english: str, danish: str
) -> None:
    assert say_feature(name, value, read_language("en")) == english
    assert say_feature(name, value, read_language("da")) == danish


def test_a_feature_without_phrases_is_said_by_its_name_in_english(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setitem(
        saying.FEATURES,
        "calls_by_hand",
        FEATURES["calls"].__class__(
            "calls_by_hand", FEATURES["calls"].source, "count(*)", "count", "calls", "Calls by hand."
        ),
    )
    assert say_feature("calls_by_hand", 4.0, read_language("da")) == "calls by hand: 4"


@pytest.mark.parametrize("code", ["en", "da"])
@pytest.mark.parametrize("name", FEATURES)
def test_whatever_a_feature_is_worth_it_can_be_said(name: str, code: str) -> None:
    values = ["won", None] if FEATURES[name].kind == "category" else [0.0, 1.0, 2.5, 11.0, nan]
    values = [max(value, 1.0) if name == "month" else value for value in values]
    for value in values:
        text = say_feature(name, value, read_language(code))
        assert text
        assert not {"{", "}"} & set(text)
        assert "nan" not in text.split()
